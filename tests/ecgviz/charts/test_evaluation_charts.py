"""Charts of scores: what they encode, and that no model is marked by colour alone."""

import pandas as pd
import pytest

from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import threshold_charts
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES

TWO = [EVERY_NAME["trace_cnn"], EVERY_NAME["majority"]]


def layers(spec: dict) -> list[dict]:
    """All marks, those of layers within layers as well."""
    return [one for part in spec["layer"] for one in (layers(part) if "layer" in part else [part])]


def rows(spec: dict, *columns: str) -> list[dict]:
    return next(data for data in spec["datasets"].values() if set(columns) <= set(data[0]))


def test_intervals_are_drawn_from_low_to_high_and_written_out():
    table = pd.DataFrame(
        {"lead": ["I", "I"], "model": TWO, "value": [0.5, 0.25], "low": [0.4, 0.2], "high": [0.6, 0.3]}
    )
    spec = evaluation_charts.interval_chart(table.assign(n=9), "lead", "Macro-F1").to_dict()
    spans, points, words = spec["layer"]
    assert (spans["encoding"]["x"]["field"], spans["encoding"]["x2"]["field"]) == ("low", "high")
    assert points["encoding"]["shape"]["field"] == points["encoding"]["color"]["field"] == "model"
    assert words["encoding"]["text"]["field"] == "text"
    assert [row["text"] for row in rows(spec, "text")] == ["0.500", "0.250"]


def test_a_model_keeps_its_colour_shape_and_dash_beside_any_other():
    alone = evaluation_charts.colour_of([EVERY_NAME["majority"]], evaluation_charts.MODELS).to_dict()
    among = evaluation_charts.colour_of(TWO, evaluation_charts.MODELS).to_dict()
    assert alone["scale"]["range"][0] == among["scale"]["range"][among["scale"]["domain"].index(EVERY_NAME["majority"])]
    for values in (evaluation_charts.COLOURS, evaluation_charts.SHAPES, list(map(str, evaluation_charts.DASHES))):
        assert len(set(values)) == len(values) >= len(EVERY_NAME)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", evaluation_charts.COLOURS)
def test_every_colour_contrasts_with_both_backgrounds(colour):
    for ground in ("#fcfcfb", "#13181a"):
        light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize(("shares", "field"), [(False, "reports"), (True, "share")])
def test_a_confusion_matrix_writes_counts_or_shares(shares, field):
    table = pd.DataFrame({"truth": CLASSES, "predicted": CLASSES, "reports": 3, "row_share": 1.0})
    cells, words = evaluation_charts.confusion_chart(table, shares).to_dict()["layer"]
    assert cells["encoding"]["color"]["field"] == "shade"
    assert words["encoding"]["text"]["field"] == field


def test_a_class_without_reports_is_pale_and_has_no_share():
    table = pd.DataFrame({"truth": CLASSES, "predicted": CLASSES, "reports": 0, "row_share": float("nan")})
    spec = evaluation_charts.confusion_chart(table, True).to_dict()
    assert {(row["shade"], row["share"]) for row in rows(spec, "shade")} == {(0, "none")}


def test_differences_reach_as_far_below_zero_as_above_and_carry_their_sign():
    table = pd.DataFrame({"score": ["F1"], "model": TWO[:1], "value": [0.1], "low": [-0.02], "high": [0.3], "n": 9})
    spec = evaluation_charts.interval_chart(table, "score", "difference", signed=True).to_dict()
    zero, spans, *_ = spec["layer"]
    assert zero["encoding"]["x"]["field"] == "zero"
    low, high = spans["encoding"]["x"]["scale"]["domain"]
    assert low == -high
    assert high > 0.3
    assert rows(spec, "text")[0]["text"] == "+0.100"


def test_a_part_too_small_for_its_count_has_none_written_in():
    table = pd.DataFrame({"layout": ["6x2", "6x2"], "class": CLASSES[:2], "reports": [99, 1]})
    spec = evaluation_charts.stacked_chart(table, "layout", "class", "reports", "share", CLASSES).to_dict()
    assert [row["written"] for row in rows(spec, "written")] == ["99", ""]
    assert rows(spec, "line")[0]["line"] == "6x2 (n 100)"


CURVES = pd.DataFrame(
    {"model": [TWO[0]] * 2, "threshold": [None, 0.3], "false_positive_rate": [0.0, 0.5], "recall": [0.0, 1.0],
     "precision": [None, 0.5]}
)  # fmt: skip
POINT = pd.DataFrame(
    {"model": [TWO[0]], "threshold": [0.3], "false_positive_rate": [0.5], "recall": [1.0], "precision": [0.5]}
)


@pytest.mark.parametrize(
    ("chart", "x", "y"),
    [(threshold_charts.roc_chart, "false_positive_rate", "recall"),
     (threshold_charts.precision_recall_chart, "recall", "precision")],
)  # fmt: skip
def test_the_chosen_threshold_is_a_point_on_the_curve(chart, x, y):
    spec = chart(CURVES, POINT).to_dict()
    line, point = layers(spec)[-2:]
    assert (line["mark"]["type"], point["mark"]["type"]) == ("line", "point")
    for layer in (line, point):
        assert (layer["encoding"]["x"]["field"], layer["encoding"]["y"]["field"]) == (x, y)


def test_shipped_thresholds_are_hollow_and_the_selected_one_is_filled():
    curve = pd.DataFrame({"model": [TWO[0]] * 2, "coverage": [0.5, 1.0], "risk": [0.0, 0.2], "threshold": [0.9, 0.3]})
    spec = threshold_charts.risk_chart(curve, curve[:1], curve[1:], 0.05).to_dict()
    filled = [layer["mark"].get("filled") for layer in layers(spec) if layer["mark"]["type"] == "point"]
    assert filled == [True, False]
    assert layers(spec)[0]["mark"]["type"] == "rule"


def test_reliability_writes_the_number_of_reports_at_each_point():
    table = pd.DataFrame({"model": TWO[:1], "bin": "0.9 to 1.0", "n": 9, "confidence": 0.95, "accuracy": 0.9})
    spec = threshold_charts.reliability_chart(table.assign(low=0.8, high=1.0)).to_dict()
    assert spec["layer"][-1]["encoding"]["text"]["field"] == "n"


def test_the_kept_epoch_is_a_point_on_its_line():
    history = {"model": TWO[0], "fold": 1, "epoch": [1, 2], "kind": "validation", "loss": [2.0, 1.0]}
    table = pd.DataFrame(history | {"kept": [False, True]})
    lines, kept = evaluation_charts.history_chart(table, ["validation"], TWO[0]).to_dict()["layer"]
    assert lines["encoding"]["detail"]["field"] == "fold"
    assert kept["transform"][0]["filter"] == "datum.kept"
