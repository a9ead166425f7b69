"""What people are told of an answer, and that its tables hold every number."""

from dataclasses import replace

import pytest

from ecgviz.charts import probability_charts
from ecgviz.predictions import prediction_tables
from ecgviz.study import open_study
from models.classes import CLASSES
from models.serving import Prediction, Verdict
from sample_images import samples

SURE = Verdict((0.9, 0.06, 0.03, 0.01), CLASSES[0], False, False, "a")
UNSURE = Verdict((0.3, 0.4, 0.2, 0.1), CLASSES[1], True, False, "b")
LEADS = dict.fromkeys(("I", "V6", "rhythm"), (0.1, 0.2, 0.3, 0.4))
PREDICTION = Prediction({"cnn": SURE, "cnn_lstm": UNSURE, "ensemble": UNSURE}, {"cnn": LEADS, "cnn_lstm": LEADS}, ())


def test_an_answer_says_how_sure_it_is():
    assert prediction_tables.sentence(SURE) == "Normal, 90% sure."
    all_but_certain = replace(SURE, probabilities=(0.9991, 0.0005, 0.0003, 0.0001))
    assert prediction_tables.sentence(all_but_certain) == "Normal, over 99% sure."


def test_no_answer_says_why_and_what_is_likeliest():
    assert "not sure enough" in prediction_tables.sentence(UNSURE)
    assert "Abnormal heartbeat (40%) and Normal (30%)" in prediction_tables.sentence(UNSURE)
    assert "unlike the reports" in prediction_tables.sentence(replace(SURE, abstains=True, unlike=True))


def test_disagreement_names_both():
    said = prediction_tables.agreement(PREDICTION)
    assert "disagree" in said
    assert "CNN finds Normal" in said
    assert "CNN-LSTM finds Abnormal heartbeat" in said
    alike = replace(PREDICTION, verdicts={"cnn": SURE, "cnn_lstm": SURE, "ensemble": SURE})
    assert prediction_tables.agreement(alike) == "Both networks find Normal likeliest."


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
    assert spec["encoding"]["x"]["scale"]["domain"] == [0, 1]
    assert spec["encoding"]["y"]["sort"] == list(CLASSES)


@pytest.mark.parametrize("model", ["CNN", "CNN-LSTM"])
def test_the_leads_chart_shows_one_model_in_the_order_of_the_leads(model):
    spec = probability_charts.lead_chart(prediction_tables.lead_table(PREDICTION), model).to_dict()
    (data,) = spec["datasets"].values()
    assert {row["model"] for row in data} == {model}
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["I", "V6", "strip"]
    # Shares are written in: colour alone says nothing.
    assert spec["layer"][1]["encoding"]["text"]["field"] == "probability"


def test_leads_by_which_the_networks_part_are_named():
    assert prediction_tables.lead_agreement(PREDICTION).startswith("By each lead alone, both")
    other = {**LEADS, "V6": (0.7, 0.1, 0.1, 0.1)}
    apart = replace(PREDICTION, leads={"cnn": LEADS, "cnn_lstm": other})
    assert prediction_tables.lead_agreement(apart) == (
        "By 1 of 3 leads alone, CNN and CNN-LSTM find different classes likeliest: V6 (History of MI, Normal)."
    )
    table = prediction_tables.difference_table(apart)
    assert len(table) == 12
    v6 = table[table["lead"] == "V6"].set_index("class")["difference"]
    assert v6["Normal"] == pytest.approx(0.6)
    spec = probability_charts.difference_chart(table).to_dict()
    assert spec["layer"][1]["encoding"]["text"]["field"] == "difference"
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == [-0.6, 0, 0.6]


def test_it_is_told_which_trace_counts_as_the_strip():
    def strip_told(sample: str) -> str:
        path = next(one.path for one in samples() if one.name == sample)
        return prediction_tables.alone(open_study(path.read_bytes(), "page")).removeprefix(prediction_tables.ALONE)

    assert strip_told("edan_normal") == ""
    assert "lead II in its full length" in strip_told("rbbb_cabrera")
    assert "Of the strips" in strip_told("normal_50mm")
