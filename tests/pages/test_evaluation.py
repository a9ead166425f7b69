"""Evaluation, as a script: it opens, says its headline, and every control changes what is shown."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import chart_downloads
from ecgviz.evaluation.page import TABS
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from tests.unfolding import unfolded

ROOT = Path(__file__).resolve().parents[2]
# A part, a control in it, and another value for it.
CONTROLS = [
    ("Right and wrong", "evaluation_models", ["cnn", "heart_rate"]),
    ("Right and wrong", "evaluation_reports", "6x2+1"),
    ("Right and wrong", "evaluation_way", "mean"),
    ("Right and wrong", "evaluation_cells", "Shares of the row"),
    ("Right and wrong", "evaluation_score", "brier"),
    ("Thresholds", "evaluation_class", CLASSES[0]),
    ("Thresholds", "evaluation_threshold", 0.2),
    ("Certainty", "evaluation_bar", 0.9),
    ("Leads", "evaluation_lead_models", ["paper_cnn"]),
    ("Leads", "evaluation_lead_score", f"Recall of {CLASSES[2]}"),
    ("Layouts", "evaluation_layout_score", "accuracy"),
    ("The leak", "evaluation_parted", True),
    ("Teaching", "evaluation_loss", "leads_loss"),
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


def test_it_opens_with_the_headline_every_baseline_and_a_word_of_care():
    app = opened("Right and wrong")
    assert not app.exception
    assert "reports that they had not seen" in app.markdown[1].value
    headline = app.dataframe[0].value
    assert list(headline["Model"]) == list(EVERY_NAME.values())
    assert "Infarctions are few" in app.warning[0].value
    labels = [element.proto.label for element in app.get("download_button")]
    assert {"out_of_fold.npz", "figures.json", "CSV"} <= set(labels)


@pytest.mark.parametrize("part", TABS)
def test_every_part_opens_its_charts_have_words_and_tables_and_its_controls_are_tried(part):
    app = opened(part)
    assert not app.exception
    charts = app.get("vega_lite_chart")
    assert len(charts) >= 2
    assert all(chart.proto.alt for chart in charts)
    assert sum(expander.label == chart_downloads.LABEL for expander in app.expander) >= 2
    widgets = {widget.key for widget in [*app.selectbox, *app.slider, *app.toggle, *app.button_group]}
    assert widgets <= {key for _, key, _ in CONTROLS}, "a control that no test moves"


@pytest.mark.parametrize(("part", "key", "value"), CONTROLS)
def test_every_control_changes_what_is_shown(part, key, value):
    app = opened(part)
    before = shown(app)
    control(app, key).set_value(value).run()
    assert not app.exception
    assert shown(app) != before


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [("Right and wrong", "evaluation_score", "brier"), ("Layouts", "evaluation_layout_score", "accuracy")],
)
def test_what_was_opened_under_a_chart_stays_open_while_a_control_moves(part, key, value):
    app = opened(part)
    before = len(app.dataframe)
    control(app, key).set_value(value).run()
    assert len(app.dataframe) == before


def test_a_choice_holds_in_every_part():
    app = opened("Right and wrong")
    control(app, "evaluation_reports").set_value("6x2").run()
    app.session_state["evaluation_part"] = "Certainty"
    app.run()
    assert control(app, "evaluation_reports").value == "6x2"


def test_where_a_class_has_no_report_that_is_said():
    app = opened("Thresholds")
    control(app, "evaluation_reports").set_value("6x2").run()
    control(app, "evaluation_class").set_value(CLASSES[0]).run()
    assert f"None of these reports is {CLASSES[0]}" in words(app)


def test_baselines_are_named_where_they_have_nothing_to_say():
    app = opened("Right and wrong")
    control(app, "evaluation_models").set_value(["majority"]).run()
    control(app, "evaluation_reports").set_value("6x2").run()
    assert not app.exception
    assert EVERY_NAME["majority"] in words(app)


def test_with_no_model_chosen_both_together_stay():
    app = opened("Thresholds")
    control(app, "evaluation_models").set_value([]).run()
    assert not app.exception
    assert [EVERY_NAME["ensemble"]] in [list(table.value.get("Model", [])) for table in app.dataframe]


def test_the_leak_tells_its_four_steps_and_why():
    said = words(opened("The leak"))
    for step in ("The collection repeats itself", "Deal the files at random", "Deal reports instead", "Why."):
        assert step in said
    assert "gwbz3fsgp8" in said
