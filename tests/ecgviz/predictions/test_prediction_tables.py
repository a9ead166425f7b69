"""Predictions in sentences, and tables that hold every probability."""

from dataclasses import replace

import pytest

from ecgviz.charts import probability_charts
from ecgviz.predictions import prediction_tables
from models.classes import CLASSES
from models.serving import Prediction, Verdict, VerdictState
from tests.studies import study_of

SURE = Verdict((0.9, 0.06, 0.03, 0.01), CLASSES[0], VerdictState.PREDICTED, (), "a")
UNSURE = Verdict((0.3, 0.4, 0.2, 0.1), CLASSES[1], VerdictState.UNSURE, (), "b")
LEADS = dict.fromkeys(("I", "V6", "rhythm"), (0.1, 0.2, 0.3, 0.4))
PREDICTION = Prediction(
    {"trace_cnn": SURE, "trace_cnn_lstm": UNSURE, "ensemble": UNSURE}, {"trace_cnn": LEADS, "trace_cnn_lstm": LEADS}, ()
)


def test_a_prediction_has_one_class_and_its_confidence():
    assert prediction_tables.sentence("ensemble", SURE) == "Combined: predicted Normal (90%)."
    all_but_certain = replace(SURE, probabilities=(0.9991, 0.0005, 0.0003, 0.0001))
    assert prediction_tables.sentence("trace_cnn", all_but_certain) == "Trace CNN: predicted Normal (over 99%)."


def test_an_abstention_gives_its_reason_and_no_class():
    outside = replace(UNSURE, state=VerdictState.NOT_APPLICABLE, reasons=("unlike_training",))
    assert (
        prediction_tables.sentence("trace_cnn", UNSURE) == "Trace CNN: no prediction, confidence below the threshold."
    )
    assert prediction_tables.sentence("trace_cnn", outside) == (
        "Trace CNN: no prediction, this report is unlike the training reports."
    )


def test_tables_hold_every_probability():
    report, leads = prediction_tables.report_table(PREDICTION), prediction_tables.lead_table(PREDICTION)
    assert len(report) == 3 * 4
    assert report.groupby("model")["probability"].sum().round(6).eq(1).all()
    assert len(leads) == 2 * 3 * 4
    assert list(dict.fromkeys(leads["lead"])) == ["I", "V6", "strip"]


def test_the_reports_chart_has_a_bar_for_each_model_and_class():
    spec = probability_charts.report_chart(prediction_tables.report_table(PREDICTION)).to_dict()
    (data,) = spec["datasets"].values()
    assert len(data) == 12
    bars = spec["layer"][0]["encoding"]
    assert bars["x"]["axis"]["values"][-1] == 1 < bars["x"]["scale"]["domain"][1]
    assert bars["y"]["sort"] == list(CLASSES)


@pytest.mark.parametrize("model", ["Trace CNN", "Trace CNN-LSTM"])
def test_the_leads_chart_shows_one_model_in_the_order_of_the_leads(model):
    spec = probability_charts.lead_chart(prediction_tables.lead_table(PREDICTION), model).to_dict()
    (data,) = spec["datasets"].values()
    assert {row["model"] for row in data} == {model}
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["I", "V6", "strip"]
    # Written in as well: colour is never the only carrier.
    assert spec["layer"][1]["encoding"]["text"]["field"] == "probability"


def test_the_trace_used_as_the_strip_is_named():
    def strip_words(sample: str) -> str:
        return prediction_tables.lead_caption(study_of(sample)).removeprefix(prediction_tables.ALONE)

    assert strip_words("edan_normal") == ""
    assert "the whole of lead II" in strip_words("rbbb_cabrera")
    assert "Of the printed strips" in strip_words("normal_50mm")
