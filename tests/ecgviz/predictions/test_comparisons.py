"""Where networks agree and differ, in words and in tables."""

from dataclasses import replace

import pytest

from ecgviz.charts import probability_charts
from ecgviz.predictions import comparisons, prediction_tables
from models.classes import CLASSES
from models.serving import Prediction, Verdict, VerdictState

SURE = Verdict((0.9, 0.06, 0.03, 0.01), CLASSES[0], VerdictState.PREDICTED, (), "a")
OTHER = Verdict((0.3, 0.4, 0.2, 0.1), CLASSES[1], VerdictState.UNSURE, (), "b")
LEADS = dict.fromkeys(("I", "V6", "rhythm"), (0.1, 0.2, 0.3, 0.4))
V6_NORMAL = {**LEADS, "V6": (0.7, 0.1, 0.1, 0.1)}
PREDICTION = Prediction(
    {"paper_cnn": OTHER, "cnn": SURE, "trace_cnn": SURE, "trace_cnn_lstm": OTHER, "ensemble": SURE},
    {"paper_cnn": LEADS, "cnn": LEADS, "trace_cnn": LEADS, "trace_cnn_lstm": V6_NORMAL},
    (),
)


def test_disagreement_names_the_networks_of_each_class_without_the_articles():
    assert comparisons.agreement(PREDICTION) == (
        "The networks disagree on the most probable class: Normal (CNN, Trace CNN); "
        "Abnormal heartbeat (Trace CNN-LSTM)."
    )


def test_agreement_counts_the_networks():
    three = replace(PREDICTION, verdicts={**PREDICTION.verdicts, "trace_cnn_lstm": SURE})
    assert comparisons.agreement(three) == "All 3 networks find the same class most probable: Normal."
    two = replace(PREDICTION, verdicts={"trace_cnn": SURE, "trace_cnn_lstm": SURE, "ensemble": SURE})
    assert comparisons.agreement(two) == "Both networks find the same class most probable: Normal."


def test_leads_on_which_two_networks_differ_are_named():
    assert comparisons.lead_agreement(PREDICTION, "cnn", "trace_cnn").startswith("From every lead alone, both")
    assert comparisons.lead_agreement(PREDICTION, "trace_cnn", "trace_cnn_lstm") == (
        "Trace CNN and Trace CNN-LSTM disagree on 1 of 3 leads alone: V6 (History of MI, Normal)."
    )
    table = comparisons.difference_table(PREDICTION, "trace_cnn", "trace_cnn_lstm")
    assert len(table) == 12
    v6 = table[table["lead"] == "V6"].set_index("class")["difference"]
    assert v6["Normal"] == pytest.approx(0.6)
    spec = probability_charts.difference_chart(table).to_dict()
    assert spec["layer"][1]["encoding"]["text"]["field"] == "difference"
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == pytest.approx([-60, 0, 60])


def test_votes_count_the_networks_of_each_class_and_name_them():
    table = comparisons.vote_table(PREDICTION).set_index(["lead", "class"])
    assert table.loc[("V6", "Normal"), "networks"] == 1
    assert table.loc[("V6", "Normal"), "names"] == "Trace CNN-LSTM"
    assert table.loc[("V6", "History of MI"), "share"] == pytest.approx(0.75)
    assert table.groupby("lead")["networks"].sum().eq(4).all()
    assert comparisons.divided_leads(PREDICTION) == "The networks are divided on 1 of 3 leads alone: V6."
    spec = probability_charts.vote_chart(comparisons.vote_table(PREDICTION)).to_dict()
    assert spec["layer"][1]["encoding"]["text"]["field"] == "networks"


def test_the_models_chart_has_a_row_for_each_model_with_its_percentages_written_in():
    spec = probability_charts.models_chart(prediction_tables.report_table(PREDICTION)).to_dict()
    assert len(spec["layer"][0]["encoding"]["y"]["sort"]) == 5
    assert spec["layer"][1]["encoding"]["text"]["field"] == "probability"
