"""Learn, run as a script: each part opens, each control changes the view, examples open, the quiz counts."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.learn import questions, section_layers
from ecgviz.learn.questions import Score
from ecgviz.words import glossary
from models.classes import CLASSES
from models.explaining import Activations, layer_tables
from models.explaining.layer_tables import LayerRow
from sample_images import RHYTHMS, samples
from tests.app_session import current_of, open_report, state_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}
PARTS = ("The report", "Classes and rhythms", "Preprocessing", "Network layers", "Quiz", "Limits", "Glossary")


def learn(part: str, name: str | None = None, timeout_s: float = 40) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=timeout_s)
    if name is not None:
        open_report(app, SAMPLES[name].path.read_bytes(), name)
    app.session_state["learn_part"] = part
    return app.switch_page("pages/7_Learn.py").run()


def shown(app: AppTest) -> list[bytes]:
    """Return all pictures, charts and tables that are shown."""
    pictures = [image.url.encode() for element in app.get("image") for image in element.proto.imgs]
    charts = [chart.proto.SerializeToString() for chart in app.get("vega_lite_chart")]
    return pictures + charts


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def button(app: AppTest, key: str):
    return app.button(key=key)


def fake_activations(*_) -> Activations:
    rng = np.random.default_rng(0)
    blocks = (rng.normal(size=(16, 63, 32)), rng.normal(size=(16, 32, 64)), rng.normal(size=(16, 16, 64)))
    return Activations(
        5, rng.normal(size=(9, 2, 32)), rng.random((16, 125, 32)), blocks, rng.random((16, 16, 64)),
        rng.normal(size=(16, 16, 64)), rng.normal(size=96), rng.random((16, 32)), rng.random(96), 0.6,
        np.array([0.1, 2.0, -1.0, 0.3]), rng.normal(size=(16, 4)),
    )  # fmt: skip


@pytest.fixture
def no_network(monkeypatch):
    monkeypatch.setattr(section_layers, "activations", fake_activations)
    monkeypatch.setattr(layer_tables, "table_of", lambda name: (LayerRow("rows", "InputLayer", (16, 250, 2), 0),))


def test_it_opens_with_the_report():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page("pages/7_Learn.py").run()
    assert not app.exception
    assert "Electrodes and leads" in words(app)
    assert len(shown(app)) == 2 + 1 + 1 + 1


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_without_a_report(part, no_network):
    app = learn(part)
    assert not app.exception
    assert not app.error
    assert words(app)


def test_every_part_of_the_page_is_tested():
    chooser = learn("Limits").segmented_control(key="learn_part")
    assert list(chooser.options) == list(PARTS)


def changes(app: AppTest, controls: list[tuple]) -> None:
    for kind, key, value in controls:
        before = shown(app)
        getattr(app, kind)(key=key).set_value(value).run()
        assert not app.exception, key
        assert shown(app) != before, key


def test_each_control_of_the_report_changes_what_is_shown():
    changes(
        learn("The report"),
        [
            ("segmented_control", "learn_lead", "V1"),
            ("segmented_control", "learn_speed", 50.0),
            ("segmented_control", "learn_gain", 20.0),
            ("selectbox", "learn_beat", "first-degree-block"),
        ],
    )


def test_each_control_of_the_simulator_changes_the_report():
    changes(
        learn("Classes and rhythms"),
        [
            ("selectbox", "learn_rhythm", "atrial-fibrillation"),
            ("slider", "learn_rate_atrial-fibrillation", 120),
            ("select_slider", "learn_noise", "heavy"),
            ("selectbox", "learn_layout", "6x2"),
            ("selectbox", "learn_grid", "blue"),
            ("number_input", "learn_seed", 7),
            ("toggle", "learn_outlined", True),
            ("selectbox", "learn_camera", "scan"),
        ],
    )


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_every_rhythm_is_simulated_with_its_truth(rhythm):
    app = learn("Classes and rhythms")
    app.selectbox(key="learn_rhythm").set_value(rhythm).run()
    assert not app.exception
    known = {metric.label: metric.value for metric in app.metric}
    assert known["Rhythm"] == RHYTHMS[rhythm].title
    assert known["Class"] == RHYTHMS[rhythm].label
    assert ("QRS" in known) == (RHYTHMS[rhythm].beat is not None)


def test_a_class_selects_its_example():
    app = learn("Classes and rhythms")
    button(app, "draw_old-anterior-infarction").click().run()
    assert app.selectbox(key="learn_rhythm").value == "old-anterior-infarction"


def test_an_example_opens_as_the_report_of_the_other_pages():
    app = learn("Classes and rhythms")
    app.selectbox(key="learn_rhythm").set_value("first-degree-block").run()
    button(app, "open_example").click().run()
    assert not app.exception
    assert "Open as the current report" in words(app)
    assert current_of(app).title == "First-degree AV block, simulated"
    app.switch_page("pages/3_Signals.py").run()
    assert not app.exception
    assert not app.error
    figures = {metric.label: metric.value for metric in app.metric}
    assert 240 <= int(figures["PR"].split()[0]) <= 310


@pytest.mark.parametrize("name", [None, "edan_af", "blank_grid"])
def test_stages_are_shown_for_the_open_report_or_a_sample(name):
    app = learn("Preprocessing", name)
    assert not app.exception
    assert {None: "No report is open", "edan_af": "Open report:",
            "blank_grid": "could not be read"}[name] in words(app)  # fmt: skip


def test_the_rhythm_strip_goes_through_the_stages_too():
    app = learn("Preprocessing", "edan_normal")
    next(box for box in app.selectbox if box.label == "Lead").set_value("II_rhythm").run()
    assert not app.exception
    assert "as four rows" in words(app)


def test_each_fault_and_its_slider_change_the_view():
    controls = [("segmented_control", "learn_fault", name) for name in ("threshold", "blur", "resolution", "light")]
    app = learn("Preprocessing", "edan_normal")
    changes(app, [*controls, ("slider", "learn_fault_amount_light", 0.9)])
    lead = next(box for box in app.selectbox if box.label == "Lead")
    changes(app, [("selectbox", lead.key, "V3")])


def test_each_control_of_the_layers_changes_what_is_shown(no_network):
    app = learn("Network layers", "edan_normal")
    row = next(box for box in app.selectbox if box.label == "Row")
    changes(
        app,
        [
            ("select_slider", "learn_depth", "After block 1"),
            ("slider", "learn_temperature_trace_cnn", 3.0),
            ("selectbox", row.key, 7),
        ],
    )
    filter_ = next(slider for slider in app.slider if slider.label == "Filter")
    changes(app, [("slider", filter_.key, 1 + filter_.value % 32)])
    assert "Shown: member 1" in words(app)
    app.segmented_control(key="learn_network").set_value("paper_cnn").run()
    assert not app.exception
    assert "parameters in total" in words(app)


@pytest.mark.tensorflow
def test_the_real_activations_are_shown():
    app = learn("Network layers", "edan_acute_anterior", 120)
    assert not app.exception
    cnn = len(shown(app))
    app.segmented_control(key="learn_network").set_value("trace_cnn_lstm").run()
    assert not app.exception
    assert len(shown(app)) == cnn + 1
    app.segmented_control(key="learn_network").set_value("paper_cnn_lstm").run()
    assert "1,473,092 parameters in total" in words(app)


def answer(app: AppTest, choice: str) -> None:
    app.radio[0].set_value(choice).run()
    button(app, "quiz_reveal").click().run()
    assert not app.exception


def test_the_quiz_counts_correct_answers_and_goes_on():
    app = learn("Quiz")
    first = questions.question(1, 1)
    assert button(app, "quiz_reveal").disabled
    hidden = shown(app)
    answer(app, first.answer)
    assert f"Correct: {first.answer}." in words(app)
    assert first.explanation in words(app)
    assert shown(app) != hidden
    assert app.metric[0].value == "1 of 1"
    assert app.radio[0].disabled
    button(app, "quiz_next").click().run()
    second = questions.question(1, 2)
    assert second.text in words(app)
    answer(app, next(choice for choice in second.choices if choice != second.answer))
    assert f"Correct: {second.answer}." in words(app)
    assert app.metric[0].value == "1 of 2"


def test_another_series_starts_again():
    app = learn("Quiz")
    answer(app, questions.question(1, 1).answer)
    app.number_input(key="quiz_series").set_value(5).run()
    assert state_of(app).slots["quiz"] == Score(series=5)
    assert app.metric[0].value == "0 of 0"


def test_the_score_outlives_another_part():
    app = learn("Quiz")
    answer(app, questions.question(1, 1).answer)
    app.segmented_control(key="learn_part").set_value("Glossary").run()
    app.segmented_control(key="learn_part").set_value("Quiz").run()
    assert not app.exception
    assert app.metric[0].value == "1 of 1"


def test_after_the_answer_measurements_and_predictions_are_shown_and_the_page_opens():
    app = learn("Quiz")
    current = questions.question(1, 1)
    answer(app, current.answer)
    (shown,) = (toggle for toggle in app.toggle if toggle.label == "Show measurements and predictions")
    shown.set_value(True).run()
    assert not app.exception
    assert "The networks were trained on" in words(app)
    assert "Simulated as " in words(app)
    assert "**Findings.**" in words(app)
    button(app, "open_question").click().run()
    assert current_of(app).title == f"{current.example.title}, simulated"


def test_limits_name_every_class_figure_they_need():
    text = words(learn("Limits"))
    assert "Leakage" in text
    assert "Not a medical device" in text
    assert "nan" not in text


def test_the_glossary_finds_a_word():
    app = learn("Glossary")
    assert len(app.markdown) > len(glossary.TERMS)
    app.text_input(key="learn_search").set_value("troponin").run()
    assert "**Troponin.**" in words(app)
    assert "**Pooling.**" not in words(app)
    app.text_input(key="learn_search").set_value("zzz").run()
    assert "No term found" in words(app)


def test_every_class_has_its_lesson():
    text = words(learn("Classes and rhythms"))
    for label in CLASSES:
        assert f"**{label}**" in text
