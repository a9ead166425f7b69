"""Signals, run as a script: viewers, downloads, and a layout set by hand."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.export import SIGNAL_FORMATS
from sample_images import samples
from tests.app_session import current_of, open_report, state_of
from tests.signal_files import recording, wfdb_zip

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}


def opened(file: str | bytes, page: str = "pages/3_Signals.py") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    data = file if isinstance(file, bytes) else SAMPLES[file].path.read_bytes()
    open_report(app, data)
    return app.switch_page(page).run()


def by_hand(app: AppTest):
    return state_of(app).corrections.get(current_of(app).sha256)


def draft(app: AppTest):
    return state_of(app).draft.corrections


@pytest.fixture(scope="module")
def untouched() -> AppTest:
    return opened("edan_normal")


def button(app: AppTest, label: str):
    return next(button for button in app.button if button.label == label)


def warnings(app: AppTest) -> str:
    return "\n".join(warning.value for warning in app.warning)


def test_opened_first_it_offers_a_sample():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page("pages/3_Signals.py").run()
    assert not app.exception
    assert "No report is open" in app.info[0].value


def test_it_shows_the_signals_and_offers_every_format(untouched):
    assert not untouched.exception
    assert len(untouched.get("bidi_component")) == 3
    assert [element.proto.label for element in untouched.get("download_button")] == [
        one.title for one in SIGNAL_FORMATS.values()
    ]


def test_it_shows_what_measurements_rest_on_and_why_one_is_missing(untouched):
    figures = {metric.label: metric.value for metric in untouched.metric}
    assert figures["Heart rate"].endswith(" bpm")
    assert figures["QRS axis"].endswith("\N{DEGREE SIGN}")
    words = "\n".join(element.value for element in [*untouched.markdown, *untouched.caption])
    assert "intervals between beats" in words
    assert "II \\= I \\+ III" in words or "II = I \\+ III" in words
    absent = opened("edan_af")
    words = "\n".join(element.value for element in absent.markdown)
    assert "Rhythm\\: irregular" in words
    assert "PR and P axis\\: not measured" in words


def test_a_page_without_leads_is_refused_and_can_be_set_by_hand():
    app = opened("document")
    assert not app.exception
    assert len(app.error) == 1
    assert app.selectbox(key="by_hand_layout").options


def test_a_refusal_on_home_holds_the_layout_editor():
    assert opened("document", "streamlit_app.py").selectbox(key="by_hand_layout").options


@pytest.mark.parametrize("page", ["pages/3_Signals.py", "streamlit_app.py"])
def test_an_unknown_layout_can_be_set_by_hand(page, page_of_no_layout):
    app = opened(page_of_no_layout, page)
    assert "layout_unknown" in app.error[0].value
    app.selectbox(key="by_hand_layout").set_value("6x2").run()
    button(app, "Read with this layout").click().run()
    assert not app.exception
    assert not app.error
    assert "layout was set by hand" in warnings(app)
    assert by_hand(app).layout == "6x2"


def test_a_layout_set_by_hand_holds_on_every_page_until_it_is_reset():
    app = opened("edan_normal")
    read_at = draft(app).columns[0]
    app.number_input(key="by_hand_edge_Left").set_value(160.0).run()
    assert draft(app).columns[0] == 160
    assert by_hand(app) is None
    button(app, "Read with this layout").click().run()
    assert "layout was set by hand" in warnings(app)
    app.switch_page("streamlit_app.py").run()
    assert not app.exception
    assert "layout was set by hand" in warnings(app)
    app.switch_page("pages/1_Preprocessing.py").run()
    assert not app.exception
    app.switch_page("pages/3_Signals.py").run()
    button(app, "Back to the automatic reading").click().run()
    assert not app.warning
    assert draft(app).columns[0] == read_at


def test_scale_speed_gain_and_a_single_box_are_kept_in_the_draft():
    app = opened("edan_normal")
    app.selectbox(key="by_hand_speed").set_value(50.0).run()
    app.selectbox(key="by_hand_gain").set_value(5.0).run()
    app.checkbox(key="by_hand_scaled").check().run()
    app.number_input(key="by_hand_x").set_value(8.0).run()
    app.selectbox(key="by_hand_lead").set_value("V3").run()
    app.number_input(key="by_hand_edge_Top").set_value(900.0).run()
    drafted = draft(app)
    assert (drafted.speed_mm_s, drafted.gain_mm_mv, drafted.px_per_mm[0]) == (50, 5, 8)
    assert [(key, edges[1]) for key, edges in drafted.boxes] == [("V3", 900)]
    button(app, "Start over").click().run()
    assert draft(app).boxes == ()
    assert not app.exception


def test_another_report_starts_without_corrections():
    app = opened("edan_normal")
    button(app, "Read with this layout").click().run()
    assert by_hand(app) is not None
    app.switch_page("streamlit_app.py").run()
    app.button(key="sample_pvc_6x2").click().run()
    assert by_hand(app) is None
    app.switch_page("pages/3_Signals.py").run()
    assert not app.exception
    assert not app.warning
    assert draft(app).layout == "6x2+1"


def test_a_file_of_signals_shows_what_the_page_lost(untouched):
    app = opened(wfdb_zip(recording()))
    assert not app.exception
    assert "Loss against the file's own signals" in [element.value for element in app.subheader]
    [table] = [frame.value for frame in app.dataframe if "Read back, dB" in frame.value]
    assert len(table) == 13
    assert table["Read back, dB"].min() > 20
    assert "They were drawn as a page" in warnings(app)
    assert not any("Read back, dB" in frame.value for frame in untouched.dataframe)
