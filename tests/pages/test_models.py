"""Models, run as a script: nothing open, and a report with the real networks."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.classes import CLASSES
from models.serving import predictor
from sample_images import samples
from tests.app_session import open_report
from tests.conftest import fixed_prediction
from tests.unfolding import unfolded

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_acute_anterior")


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.fixture
def models_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    open_report(app, SAMPLE.path.read_bytes())
    return unfolded(app.switch_page("pages/4_Models.py").run())


def test_opened_first_it_offers_a_sample():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page("pages/4_Models.py").run()
    assert not app.exception
    assert "No report is open" in words(app)


@pytest.mark.tensorflow
def test_every_model_predicts_and_shows_its_sensitivity(models_page):
    assert not models_page.exception
    shown = words(models_page)
    assert re.search("% confidence|No prediction", shown)
    assert "sensitive" in shown
    assert "because" not in shown
    own = {"aggregation", "first_network", "second_network", "map_network", "map_class", "map_kind"}
    assert {box.key for box in models_page.selectbox} == own
    networks = len(models_page.selectbox(key="first_network").options)
    assert len(models_page.get("vega_lite_chart")) == 8 + networks
    assert "doi 10.22214/ijraset.2024.59181" in shown


def charted(app: AppTest) -> list[bytes]:
    return [chart.proto.SerializeToString() for chart in app.get("vega_lite_chart")]


@pytest.mark.tensorflow
def test_another_combination_of_leads_changes_only_its_own_chart(models_page):
    before = charted(models_page)
    models_page.selectbox(key="aggregation").set_value("trimmed").run()
    assert not models_page.exception
    trimmed = charted(models_page)
    assert [one == other for one, other in zip(before, trimmed, strict=True)].count(False) == 1
    models_page.get("button_group")[0].set_value(["V1", "rhythm"]).run()
    assert not models_page.exception
    assert [one == other for one, other in zip(trimmed, charted(models_page), strict=True)].count(False) == 1
    assert "probable" in words(models_page)


@pytest.mark.tensorflow
def test_another_class_has_other_maps(models_page):
    before = charted(models_page)
    other = next(label for label in CLASSES if label != models_page.selectbox(key="map_class").value)
    models_page.selectbox(key="map_class").set_value(other).run()
    assert not models_page.exception
    after = charted(models_page)
    assert [one == other for one, other in zip(before, after, strict=True)].count(False) == 1
    assert before[-2] != after[-2]


def test_closing_a_report_clears_its_prediction(monkeypatch):
    predicted = []

    def counted(traces, beats, doubts=(), pictures=None, baselines=True):
        predicted.append(baselines)
        return fixed_prediction(traces, beats)

    def opened_and_drawn_again():
        app.button(key=f"sample_{SAMPLE.name}").click().run()
        app.run()

    def closed():
        next(button for button in app.button if button.label == "Close report").click().run()

    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40).run()
    monkeypatch.setattr(predictor, "networks", lambda: counted)
    opened_and_drawn_again()
    closed()
    predicted.clear()
    opened_and_drawn_again()
    # The verdict first, then all networks, each once.
    assert predicted == [False, True]
    closed()
    opened_and_drawn_again()
    assert predicted == [False, True] * 2
