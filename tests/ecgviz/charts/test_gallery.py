"""Every chart of the app, drawn from a tiny table: valid, with labels of 14 pixels and values that contrast."""

from __future__ import annotations

import inspect
import json
from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace

import altair as alt
import numpy as np
import pandas as pd
import pytest
from altair.utils import schemapi

from ecgviz.app.unchecked_charts import INKS, LETTERS_PX
from ecgviz.charts import cell_charts, probability_charts
from ecgviz.learn import report_charts
from ecgviz.predictions import NAMES, Sensitivity
from ecgviz.predictions.live import CHOSEN, USUAL
from models.classes import CLASSES
from preprocessing.stages import otsu_curve

GROUNDS = {"light": "#fcfcfb", "dark": "#13181a"}
MODULES = [
    *(f"ecgviz.charts.{name}_charts" for name in ("agreement", "batch", "evaluation", "live", "otsu", "probability")),
    "ecgviz.charts.saliency_charts",
    "ecgviz.charts.st_charts",
    "ecgviz.evaluation.threshold_charts",
    "ecgviz.learn.layer_charts",
    "ecgviz.learn.report_charts",
    "ecgviz.beat_lab.charts",
]
MODEL = NAMES["cnn"]
PICTURE = np.linspace(0, 1, 400).reshape(20, 20)
BY_CLASS = pd.DataFrame({"class": CLASSES, "probability": [0.7, 0.1, 0.1, 0.1]})
BY_MODEL = pd.concat([BY_CLASS.assign(model=NAMES[name]) for name in NAMES])
BY_LEAD = BY_CLASS.assign(lead="V1", model=MODEL, usual=0.25, change=[0.45, -0.15, -0.15, -0.15], difference=0.1)
SCORES = pd.DataFrame({"lead": ["I"], "model": [MODEL], "value": [0.5], "low": [0.4], "high": [0.6], "n": [9]})
COUNTS = pd.DataFrame({"row": ["a", "a"], "part": ["x", "y"], "n": [3, 1]})
CURVE = pd.DataFrame({"model": [MODEL] * 2, "class": CLASSES[0]}).assign(
    **{name: [0.0, 1.0] for name in ("threshold", "false_positive_rate", "recall", "precision", "coverage", "risk")}
)
RELIABILITY = SCORES.assign(bin="0.5 to 0.6", confidence=0.55, accuracy=0.5)
CONFUSION = pd.DataFrame({"truth": CLASSES, "predicted": CLASSES, "reports": 3, "row_share": 1.0})
FOUND = Sensitivity(
    pd.DataFrame({"row": "I", "time_s": [0.0, 0.1], "mv": [0.0, 0.5]}),
    pd.DataFrame(
        {"class": CLASSES[0], "row": ["I"], "start_s": [0.0], "stop_s": [0.1], "grad_cam": [1.0], "occlusion": [0.2]}
    ),
    BY_CLASS.assign(lead="I", change=[0.1, -0.1, 0.0, 0.0]),
)
STAGES = [
    SimpleNamespace(key="smoothed", picture=PICTURE, parameters={}),
    SimpleNamespace(key="otsu", picture=PICTURE, parameters={"threshold": 0.4}),
]
AGREED = pd.DataFrame({"first": [0.2], "second": [0.4], "agreement": ["same class"], "number": [1], "file": ["a.png"],
                       "first_class": [CLASSES[0]], "second_class": [CLASSES[0]]})  # fmt: skip
ST = pd.DataFrame({"wall": ["Septal"], "place": [0], "lead": ["V1"], "mv": [0.1], "mm": [1.0], "level": ["+0.10"]})
WAVE, INTERVALS = report_charts.one_beat("normal-sinus")
# The arguments of each chart, by module and name.
GALLERY: dict[tuple[str, str], tuple[object, ...]] = {
    ("agreement_charts", "matrix_chart"): (CONFUSION.rename(columns={"truth": "reference", "predicted": "compared"}),),
    ("agreement_charts", "months_chart"): (SCORES.assign(month="2026-11", reports=9),),
    ("batch_charts", "confidence_chart"): (pd.DataFrame({"low": [0.5], "high": [0.6], "reports": [2]}), 2),
    ("batch_charts", "pair_chart"): (AGREED, MODEL, "CNN-LSTM", ("same class", "other class")),
    ("batch_charts", "distribution_chart"): (
        pd.DataFrame({"reports": ["these", "those"], "value": [1.0, 2.0], "share": [0.5, 1.0]}), "bpm"),
    ("evaluation_charts", "interval_chart"): (SCORES, "lead", "Macro-F1"),
    ("evaluation_charts", "confusion_chart"): (CONFUSION, True),
    ("evaluation_charts", "stacked_chart"): (COUNTS, "row", "part", "n", "files", ["x", "y"]),
    ("evaluation_charts", "paired_chart"): (COUNTS, "row", "part", "n", "files"),
    ("evaluation_charts", "history_chart"): (
        pd.DataFrame({"model": MODEL, "epoch": [1], "loss": [0.5], "kind": ["training"], "fold": [0], "kept": [True]}),
        ["training"], MODEL),
    ("live_charts", "lead_bars"): (BY_LEAD,),
    ("live_charts", "report_bars"): (pd.concat([BY_CLASS.assign(settings=one) for one in (USUAL, CHOSEN)]),),
    ("otsu_charts", "otsu_chart"): (otsu_curve(PICTURE), 0.4),
    ("otsu_charts", "otsu_chart_of"): (STAGES,),
    ("probability_charts", "report_chart"): (BY_MODEL,),
    ("probability_charts", "models_chart"): (BY_MODEL,),
    ("probability_charts", "vote_chart"): (BY_LEAD.assign(networks=2, share=0.5, names=MODEL),),
    ("probability_charts", "lead_chart"): (BY_LEAD, MODEL),
    ("probability_charts", "difference_chart"): (BY_LEAD,),
    ("probability_charts", "point_cells"): (BY_LEAD, "difference"),
    ("probability_charts", "difference_cells"): (BY_LEAD, "difference", ["V1"], "lead", "+.2f"),
    ("saliency_charts", "along_chart"): (FOUND, CLASSES[0], "grad_cam"),
    ("saliency_charts", "change_chart"): (FOUND,),
    ("st_charts", "map_chart"): (ST,),
    ("threshold_charts", "roc_chart"): (CURVE, CURVE[:1]),
    ("threshold_charts", "precision_recall_chart"): (CURVE, CURVE[:1]),
    ("threshold_charts", "risk_chart"): (CURVE, CURVE[:1], CURVE[:1], 0.1),
    ("threshold_charts", "reliability_chart"): (RELIABILITY,),
    ("layer_charts", "row_chart"): (np.ones((250, 2)), np.arange(125.0)),
    ("layer_charts", "filter_chart"): (np.arange(18.0).reshape(9, 2),),
    ("layer_charts", "depth_chart"): (np.random.default_rng(0).normal(size=(16, 64)),),
    ("layer_charts", "rows_chart"): (np.random.default_rng(0).normal(size=(16, 12)),),
    ("layer_charts", "contributions_chart"): (np.random.default_rng(0).normal(size=(16, 4)),),
    ("layer_charts", "softmax_chart"): (BY_CLASS.assign(logit=[2.0, 0.0, 0.0, 0.0]),),
    ("report_charts", "views_chart"): (report_charts.FRONTAL, "aVF"),
    ("report_charts", "beat_chart"): (WAVE, INTERVALS),
    ("charts", "prediction_chart"): (BY_CLASS.assign(network=MODEL),),
    ("charts", "confusion_chart"): (
        CONFUSION.rename(columns={"predicted": "prediction", "reports": "beats"}), list(CLASSES)),
    ("charts", "spectrum_chart"): (
        pd.DataFrame({"ms": [0.0], "ms_begin": [-1.0], "ms_end": [1.0], "hz": [1.0], "hz_begin": [0.5],
                      "hz_end": [2.0], "db": [-3.0]}), True),
}  # fmt: skip


def charts() -> dict[tuple[str, str], object]:
    """Return every public function of the chart modules that returns a chart, by module and name."""
    found = {}
    for name in MODULES:
        module = import_module(name)
        for title, function in inspect.getmembers(module, inspect.isfunction):
            returned = str(inspect.signature(function).return_annotation)
            if function.__module__ == name and title[0] != "_" and returned.startswith("alt.") and "Chart" in returned:
                found[name.rpartition(".")[2], title] = function
    return found


CHARTS = charts()


def sizes(node: object) -> list[object]:
    """Return every size of letters in a specification."""
    if isinstance(node, dict):
        own = [value for key, value in node.items() if key in ("fontSize", "labelFontSize", "titleFontSize")]
        return own + [size for value in node.values() for size in sizes(value)]
    return [size for value in node for size in sizes(value)] if isinstance(node, list) else []


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_gallery_holds_every_chart():
    assert set(GALLERY) == set(CHARTS)


@pytest.mark.parametrize("chart", sorted(GALLERY), ids=".".join)
def test_a_chart_is_valid_and_its_letters_are_large(chart):
    drawn = CHARTS[chart](*GALLERY[chart])
    spec = json.loads(drawn.to_json())
    assert spec["datasets"]
    for size in sizes({key: value for key, value in spec.items() if key != "datasets"}):
        # An expression gives phones smaller letters.
        if isinstance(size, dict):
            assert size["expr"].endswith(f": {LETTERS_PX}")
        else:
            assert size >= LETTERS_PX


@pytest.mark.parametrize("chart", sorted(GALLERY), ids=".".join)
def test_a_chart_names_the_channel_of_each_encoding(chart, monkeypatch):
    # For a bare "field:Q" or an `alt.condition` Altair hashes its whole schema anew, 2 to 6 ms each.
    looked_up = []
    monkeypatch.setattr(schemapi._FromDict, "__init__", lambda *classes: looked_up.append(classes))
    with suppress(AttributeError):
        CHARTS[chart](*GALLERY[chart])
    assert not looked_up


@pytest.mark.parametrize("theme", list(GROUNDS))
def test_labels_contrast_with_the_background_by_4_5_to_1(theme):
    assert contrast(INKS[theme], GROUNDS[theme]) >= 4.5


def test_networks_and_combined_have_three_hues_that_contrast_with_both_backgrounds():
    colours = probability_charts.COLOURS
    for colour in colours.values():
        assert min(contrast(colour, ground) for ground in GROUNDS.values()) >= 3
    chosen = [colours[NAMES[name]] for name in ("cnn", "cnn_lstm")] + [colours["Combined"]]
    strongest = [max(range(3), key=lambda part, colour=colour: int(colour[1 + 2 * part : 3 + 2 * part], 16))
                 for colour in chosen]  # fmt: skip
    assert sorted(strongest) == [0, 1, 2]


def test_each_bar_of_a_probability_has_its_value():
    bars, words = probability_charts.report_chart(BY_MODEL).to_dict()["layer"]
    assert bars["mark"]["type"] == "bar"
    assert words["encoding"]["text"]["field"] == "probability"
    assert words["mark"]["fontSize"] == cell_charts.LETTERS_PX == LETTERS_PX
    assert isinstance(cell_charts.letters(700), alt.ExprRef)
