"""Evaluation, run as a script: it opens with its headline, and every control changes the view."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import chart_downloads
from ecgviz.evaluation import EvaluationFiles
from ecgviz.evaluation.page import TABS
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from tests.unfolding import unfolded

ROOT = Path(__file__).resolve().parents[2]
# A part, a control in it, and another value for it.
CONTROLS = [
    ("Confusion matrix", "evaluation_models", ["trace_cnn", "heart_rate"]),
    ("Confusion matrix", "evaluation_reports", "6x2+1"),
    ("Confusion matrix", "evaluation_aggregation", "mean"),
    ("Confusion matrix", "evaluation_cells", "Share of the true class"),
    ("Confusion matrix", "evaluation_score", "brier"),
    ("Thresholds", "evaluation_class", CLASSES[0]),
    ("Thresholds", "evaluation_threshold", 0.2),
    ("Calibration", "evaluation_abstention", 0.9),
    ("Compare models", "evaluation_first", "paper_cnn"),
    ("Compare models", "evaluation_second", "cnn_lstm"),
    ("Leads", "evaluation_lead_models", ["paper_cnn"]),
    ("Leads", "evaluation_lead_score", f"Recall of {CLASSES[2]}"),
    ("Layouts", "evaluation_layout_score", "accuracy"),
    ("Leakage", "evaluation_copies", True),
    ("Training history", "evaluation_loss", "leads_loss"),
]


def opened(part: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.session_state["evaluation_part"] = part
    return unfolded(app.switch_page("pages/5_Evaluation.py").run())


def words(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def shown(app: AppTest) -> tuple:
    charts = tuple(chart.proto.SerializeToString() for chart in app.get("vega_lite_chart"))
    return charts, tuple(table.value.to_csv() for table in app.dataframe), words(app)


def control(app: AppTest, key: str):
    everything = [*app.selectbox, *app.slider, *app.toggle, *app.button_group]
    return next(widget for widget in everything if widget.key == key)


def test_it_opens_with_the_headline_every_baseline_and_the_caveats():
    app = opened("Confusion matrix")
    assert not app.exception
    assert "held-out reports" in app.markdown[1].value
    headline = app.dataframe[0].value
    figures = EvaluationFiles.read().figures["headline"]
    assert list(headline["Model"]) == [name for key, name in EVERY_NAME.items() if figures.get(key, {"n": 0})["n"]]
    assert {"Combined", "Majority class"} < set(headline["Model"])
    assert "Infarctions are few" in app.warning[0].value
    labels = [element.proto.label for element in app.get("download_button")]
    assert {"out_of_fold.npz", "figures.json", "CSV"} <= set(labels)


@pytest.mark.parametrize("part", TABS)
def test_every_part_opens_its_charts_have_texts_and_tables_and_its_controls_are_tested(part):
    app = opened(part)
    assert not app.exception
    charts = app.get("vega_lite_chart")
    # The headline's comparison, and at least one of the part.
    assert len(charts) >= 2
    assert all(chart.proto.alt for chart in charts)
    assert sum(expander.label == chart_downloads.LABEL for expander in app.expander) >= 2
    widgets = {widget.key for widget in [*app.selectbox, *app.slider, *app.toggle, *app.button_group]}
    assert widgets <= {key for _, key, _ in CONTROLS}, "a control without a test"


@pytest.mark.parametrize(("part", "key", "value"), CONTROLS)
def test_every_control_changes_what_is_shown(part, key, value):
    app = opened(part)
    before = shown(app)
    control(app, key).set_value(value).run()
    assert not app.exception
    assert shown(app) != before


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [("Confusion matrix", "evaluation_score", "brier"), ("Layouts", "evaluation_layout_score", "accuracy")],
)
def test_what_was_opened_under_a_chart_stays_open_while_a_control_moves(part, key, value):
    app = opened(part)
    before = len(app.dataframe)
    control(app, key).set_value(value).run()
    assert len(app.dataframe) == before


def test_a_choice_holds_in_every_part():
    app = opened("Confusion matrix")
    control(app, "evaluation_reports").set_value("6x2").run()
    app.session_state["evaluation_part"] = "Calibration"
    app.run()
    assert control(app, "evaluation_reports").value == "6x2"


def test_a_class_without_reports_is_reported_as_such():
    app = opened("Thresholds")
    control(app, "evaluation_reports").set_value("6x2").run()
    control(app, "evaluation_class").set_value(CLASSES[0]).run()
    assert f"None of these reports is {CLASSES[0]}" in words(app)


def test_models_without_predictions_for_a_part_are_named():
    app = opened("Confusion matrix")
    control(app, "evaluation_models").set_value(["majority"]).run()
    control(app, "evaluation_reports").set_value("6x2").run()
    assert not app.exception
    assert EVERY_NAME["majority"] in words(app)


def test_without_a_selected_model_the_ensemble_is_shown():
    app = opened("Thresholds")
    control(app, "evaluation_models").set_value([]).run()
    assert not app.exception
    assert [EVERY_NAME["ensemble"]] in [list(table.value.get("Model", [])) for table in app.dataframe]


def test_the_lesson_on_leakage_has_four_steps_and_a_reason():
    text = words(opened("Leakage"))
    for step in ("The dataset contains copies", "Split the files at random", "Split by report instead", "Why."):
        assert step in text
    assert "gwbz3fsgp8" in text


@pytest.mark.parametrize(
    ("key", "title", "text"),
    [("evaluation_card", "Model card", "By class, Combined"), ("evaluation_log", "Log of experiments", "PTB-XL")],
)
def test_model_card_and_log_are_read_on_the_page(key, title, text):
    app = opened("Data")
    assert text not in words(app)
    assert title in [expander.label for expander in app.expander]
    app.session_state[key] = True
    app.run()
    assert not app.exception
    assert text in words(app)


def test_predicted_classes_are_said_to_stand_where_they_stand():
    app = opened("Confusion matrix")
    assert "predicted classes above the matrix" in words(app)
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    chart = next(spec for spec in specs if spec["layer"][0]["encoding"]["x"].get("field") == "predicted")
    assert chart["layer"][0]["encoding"]["x"]["axis"]["orient"] == "top"


def test_two_models_are_compared_by_name():
    app = opened("Compare models")
    control(app, "evaluation_first").set_value("cnn").run()
    control(app, "evaluation_second").set_value("paper_cnn").run()
    assert not app.exception
    assert f"{EVERY_NAME['cnn']} less {EVERY_NAME['paper_cnn']}" in words(app)
    pairs = app.dataframe[-1].value
    assert {"First", "Second", "Only first correct", "Only second correct", "p"} <= set(pairs.columns)
