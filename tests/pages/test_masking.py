"""Hiding header and margins: one click, on every page, for every report of the session."""

import base64
import io
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from ecgviz.app import Controls
from ecgviz.drawing.viewer_data import page_drawing
from ecgviz.study import name_of
from ecgviz.study.masking import GREY
from sample_images import samples
from tests.app_session import open_report
from tests.studies import study_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}
DATA = SAMPLES["edan_normal"].path.read_bytes()
EXPORTED = name_of(sha256(DATA).hexdigest())


def opened(data: bytes, file: str = "Jane_Doe.jpg", hidden: bool = True, page: str = "streamlit_app.py") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    open_report(app, data, file)
    app.session_state[Controls.hide_margins.key] = hidden
    return app.switch_page(page).run()


def everything(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.warning, app.title, app.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def header_of(app: AppTest, number: int = 0) -> np.ndarray:
    """The upper twelfth of a picture of the page, above its header's rule."""
    address = app.get("image")[number].proto.imgs[0].url
    with Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))) as shown:
        page = np.asarray(shown.convert("RGB"))
    return page[: len(page) // 12]


def test_one_click_hides_the_header_in_both_views_and_the_files_name():
    app = opened(DATA, hidden=False)
    assert np.ptp(header_of(app)) > 100
    assert "Jane" in everything(app)
    app.toggle(key="hide_margins").set_value(True).run()
    assert not app.exception
    assert np.abs(header_of(app).astype(int) - GREY).max() <= 2
    assert "Jane" not in everything(app)
    assert EXPORTED in everything(app).replace("\\", "")
    alt = app.get("image")[0].proto.imgs[0].alt
    assert "margins hidden" in alt
    assert "Jane" not in alt
    app.toggle(key="hide_margins").set_value(False).run()
    assert np.ptp(header_of(app)) > 100


def test_it_holds_for_the_next_report_while_other_controls_are_reset():
    app = opened(DATA, hidden=False)
    app.toggle(key="hide_margins").set_value(True).run()
    app.toggle(key="overlay").set_value(False).run()
    app.button(key="sample_pvc_6x2").click().run()
    assert app.toggle(key="overlay").value
    assert app.toggle(key="hide_margins").value
    app.switch_page("pages/3_Signals.py").run()
    app.switch_page("streamlit_app.py").run()
    assert app.toggle(key="hide_margins").value
    assert np.abs(header_of(app).astype(int) - GREY).max() <= 2


def test_a_flattened_page_is_masked_as_read_too():
    app = opened(SAMPLES["photo_inferior"].path.read_bytes())
    app.segmented_control(key="as_read").set_value(True).run()
    assert not app.exception
    assert np.abs(header_of(app).astype(int) - GREY).max() <= 2


def test_the_stages_of_the_whole_page_on_learn_are_masked():
    app = opened(DATA, page="pages/7_Learn.py")
    app.segmented_control(key="learn_part").set_value("Preprocessing").run()
    assert not app.exception
    # The page with its boxes, the upload, and its grey levels.
    for number in range(3):
        assert np.abs(header_of(app, number).astype(int) - GREY).max() <= 3, number


def test_the_editor_notes_hidden_margins():
    app = opened(DATA, page="pages/3_Signals.py")
    assert not app.exception
    assert "the switch is on Home" in everything(app)
    assert "Jane" not in everything(app)
    assert "the switch is on Home" not in everything(opened(DATA, hidden=False, page="pages/3_Signals.py"))


def test_the_editor_warns_where_no_leads_were_found(page_of_no_layout):
    app = opened(page_of_no_layout, page="pages/3_Signals.py")
    assert not app.exception
    assert "cannot be hidden before" in everything(app)


def test_the_viewers_page_is_masked():
    study = study_of("edan_normal")
    bare, hidden = (page_drawing(study, study.traces, hide) for hide in (False, True))
    assert bare["image"] != hidden["image"]
    assert {key: bare[key] for key in bare if key not in ("image", "version")} == {
        key: hidden[key] for key in hidden if key not in ("image", "version")
    }


@pytest.mark.parametrize("page", ["streamlit_app.py", "pages/6_Batch.py"])
def test_an_uploader_hides_its_file_name(page):
    def named(app: AppTest) -> bool:
        return not any("stFileChipName" in str(element.proto) for element in app.get("html"))

    assert named(opened(DATA, hidden=False, page=page))
    assert not named(opened(DATA, hidden=True, page=page))
