"""Preprocessing, run as a script: each control changes the stages, and the reset undoes it."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from ecgviz.app import ARTICLE
from ecgviz.drawing.pictures import as_bytes
from preprocessing.stages import LEAD_STAGES, STAGE_KEYS
from sample_images import samples
from tests.app_session import open_report
from tests.conftest import STAND_IN
from tests.studies import study_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}


def opened(name: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20)
    open_report(app, SAMPLES[name].path.read_bytes(), name)
    return app.switch_page("pages/1_Preprocessing.py").run()


@pytest.fixture(scope="module")
def untouched() -> AppTest:
    return opened("edan_normal")


@pytest.fixture
def bench() -> AppTest:
    return opened("edan_normal")


def pictures(app: AppTest) -> list[str]:
    """Return the address of every picture, which holds the picture itself."""
    return [image.url for element in app.get("image") for image in element.proto.imgs]


def of_stages(app: AppTest) -> list:
    """Return the expanders of the stages, which begin with the stage's number."""
    return [expander for expander in app.expander if expander.label[0].isdigit()]


def charts(app: AppTest) -> list[bytes]:
    return [chart.proto.SerializeToString() for chart in app.get("vega_lite_chart")]


def shown(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def captions(app: AppTest) -> str:
    return "\n".join(element.value for element in app.caption).replace("\\", "")


def test_opened_first_it_offers_a_sample():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20)
    app.switch_page("pages/1_Preprocessing.py").run()
    assert not app.exception
    assert "No report is open" in app.info[0].value
    app.button(key="sample_edan_normal").click().run()
    assert not app.exception
    assert len(of_stages(app)) == len(STAGE_KEYS) + len(LEAD_STAGES)


def test_every_stage_has_a_picture_parameters_and_an_explanation(untouched):
    assert not untouched.exception
    of_lead = of_stages(untouched)[: len(STAGE_KEYS)]
    numbers = [expander.label[0] for expander in of_lead]
    assert numbers == [str(number) for number in range(1, len(STAGE_KEYS) + 1)]
    for expander in of_lead:
        assert len(expander.get("image")) == 1
        assert expander.markdown[0].value
        assert expander.caption[0].value


def test_a_stage_is_shown_without_loss(untouched):
    study = study_of("edan_normal")
    for stage, address in zip(study.stages["I"], pictures(untouched)[-len(LEAD_STAGES) :], strict=True):
        shown = np.asarray(Image.open(BytesIO(b64decode(address.removeprefix("data:image/png;base64,")))))
        assert np.array_equal(shown, as_bytes(stage.picture)), stage.key


def test_the_network_input_has_150_pixels(untouched):
    assert "width 150 px · height 150 px" in of_stages(untouched)[len(STAGE_KEYS) - 1].caption[0].value


def test_a_stage_of_all_leads_is_computed_when_opened_and_follows_the_controls(bench):
    before = pictures(bench)
    bench.session_state["all_binary"] = True
    bench.run()
    assert not bench.exception
    sheet = pictures(bench)[-1]
    assert len(pictures(bench)) == len(before) + 1
    assert bench.get("image")[-1].proto.imgs[0].alt == "Binary of all 13 leads, laid out as on the page"
    bench.slider(key="sigma").set_value(4.0).run()
    assert pictures(bench)[-1] != sheet


def test_each_control_changes_what_is_shown(bench):
    controls = [
        ("selectbox", "lead", "V3"),
        ("selectbox", "lead", "II_rhythm"),
        ("slider", "sigma", 4.0),
        ("slider", "shift", 0.2),
        ("segmented_control", "preset", "paper"),
        ("pills", "stage", "grayscale"),
        ("selectbox", "first", "smoothed"),
        ("selectbox", "second", "resized"),
        ("segmented_control", "comparison", "Blended"),
    ]
    for kind, key, value in controls:
        before = pictures(bench)
        getattr(bench, kind)(key=key).set_value(value).run()
        assert not bench.exception, key
        assert not bench.warning, key
        assert pictures(bench) != before, key


def test_blend_follows_its_slider(bench):
    bench.segmented_control(key="comparison").set_value("Blended").run()
    before = pictures(bench)
    bench.slider(key="share").set_value(90).run()
    assert "10% Segmentation into leads, 90% Binary" in captions(bench)
    assert pictures(bench) != before


def test_sigma_changes_no_stage_before_smoothing(bench):
    before = pictures(bench)[-len(STAGE_KEYS) :]
    bench.slider(key="sigma").set_value(4.0).run()
    after = pictures(bench)[-len(STAGE_KEYS) :]
    assert after[:3] == before[:3]
    assert after[3] != before[3]
    assert after[-1] != before[-1]


def test_reset_restores_the_articles_values(bench):
    before = pictures(bench)
    bench.slider(key="sigma").set_value(3.0).run()
    bench.slider(key="shift").set_value(-0.1).run()
    assert "Changed: sigma 3 px, offset -0.10" in "\n".join(element.value for element in bench.markdown)
    reset = next(button for button in bench.button if button.label.startswith("Reset"))
    reset.click().run()
    assert bench.slider(key="sigma").value == ARTICLE.sigma
    assert bench.slider(key="shift").value == ARTICLE.threshold_shift
    assert pictures(bench) == before


def test_the_uploaded_image_stands_beside_the_stage(untouched):
    assert untouched.get("image")[0].proto.imgs[0].alt.startswith("The report edan_normal with 13 lead boxes")


def test_predictions_follow_the_sliders_and_say_which_settings_they_use(bench):
    assert "Settings of these predictions: the article's, sigma 1 px and no offset" in captions(bench)
    before = charts(bench)
    bench.slider(key="sigma").set_value(4.0).run()
    after = charts(bench)
    assert not bench.exception
    assert before[:2] != after[:2]
    assert "Settings of these predictions: sigma 4 px" in captions(bench)
    assert "before" in shown(bench)


def test_another_network_predicts_from_the_same_pictures(bench):
    assert "The article's CNN: predicted Normal" in shown(bench)
    bench.selectbox(key="live_network").set_value("cnn_lstm").run()
    assert not bench.exception
    assert "CNN-LSTM: predicted Normal" in shown(bench)


def test_without_networks_over_pictures_the_page_says_so(monkeypatch):
    monkeypatch.setattr(STAND_IN, "by_name", {"trace_cnn": None})
    bench = opened("edan_normal")
    assert not bench.exception
    assert any("No network over pictures ships" in info.value for info in bench.info)


def test_the_segmentation_is_drawn_and_its_checks_are_listed(bench):
    bench.pills(key="stage").set_value("segmentation").run()
    assert not bench.exception
    assert "4 rows of trace; 4 columns" in shown(bench)
    assert "Limb-lead laws" in set(bench.dataframe[0].value["Check"])
    before = pictures(bench)
    bench.segmented_control(key="segmentation_view").set_value("Labels of the pixels").run()
    assert pictures(bench) != before


def test_other_pages_say_that_they_use_the_articles_settings(bench):
    bench.slider(key="sigma").set_value(3.0).run()
    bench.switch_page("pages/4_Models.py").run()
    assert "this page uses the article's settings" in captions(bench)
    assert "sigma 3 px" in captions(bench)


def test_article_crops_on_another_page_warn():
    bench = opened("pvc_6x2")
    before = pictures(bench)
    bench.segmented_control(key="preset").set_value("paper").run()
    assert not bench.exception
    assert "The standard crops are shown" in bench.warning[0].value
    assert pictures(bench) == before


def test_a_refusal_is_shown_here_too():
    bench = opened("blank_grid")
    assert not bench.exception
    assert len(bench.error) == 1
    assert not bench.expander


def test_controls_keep_their_values_on_other_pages(bench):
    bench.slider(key="sigma").set_value(2.5).run()
    bench.selectbox(key="lead").set_value("aVF").run()
    bench.switch_page("streamlit_app.py").run()
    bench.switch_page("pages/1_Preprocessing.py").run()
    assert bench.slider(key="sigma").value == 2.5
    assert bench.selectbox(key="lead").value == "aVF"


def test_another_report_starts_from_the_articles_values(bench):
    bench.slider(key="sigma").set_value(2.5).run()
    bench.switch_page("streamlit_app.py").run()
    bench.button(key="sample_edan_af").click().run()
    bench.switch_page("pages/1_Preprocessing.py").run()
    assert bench.slider(key="sigma").value == ARTICLE.sigma


@pytest.mark.parametrize("lead", ["V3", "II_rhythm"])
def test_beside_the_last_stage_stands_what_our_networks_receive(bench, lead):
    bench.selectbox(key="lead").set_value(lead).run()
    bench.pills(key="stage").set_value("resized").run()
    assert not bench.exception
    shown = next(
        one
        for element in bench.get("image")
        for one in element.proto.imgs
        if "as CNN and CNN-LSTM receive it" in one.alt
    )
    picture = np.asarray(Image.open(BytesIO(b64decode(shown.url.removeprefix("data:image/png;base64,")))))
    scaled = study_of("edan_normal").pictures.scaled
    assert np.array_equal(picture, scaled[8] if lead == "V3" else np.hstack(list(scaled[12:])))
