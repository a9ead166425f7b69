"""Two models on the reports that both predicted."""

import numpy as np
import pytest

from ecgviz.evaluation import comparison_tables, score_tables
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HeldOutPredictions

LABELS = np.arange(40) % 4


def as_probabilities(predicted):
    return np.eye(4)[predicted] * 0.6 + 0.1


@pytest.fixture
def predictions():
    wrong = LABELS.copy()
    wrong[:10] = (wrong[:10] + 1) % 4
    some = as_probabilities(wrong)
    some[30:] = np.nan
    found = {"trace_cnn": as_probabilities(wrong), "ensemble": as_probabilities(LABELS), "paper_cnn": some}
    return HeldOutPredictions(LABELS, np.arange(40), found)


def test_every_pair_is_tested_on_the_reports_that_both_predicted(predictions):
    table = comparison_tables.mcnemar_table(predictions, ["trace_cnn", "ensemble", "paper_cnn"])
    assert table["n"].tolist() == [40, 30, 30]
    assert table["second_only"].tolist() == [10, 0, 0]
    assert table["first_only"].tolist() == [0, 0, 10]
    assert table["p"].tolist() == pytest.approx([2 / 2**10, 1, 2 / 2**10])
    wide = comparison_tables.wide_mcnemar_table(table)
    assert wide["p"].tolist() == ["0.002", "1.000", "0.002"]
    assert wide["First"].tolist()[0] == EVERY_NAME["trace_cnn"]


def test_differences_have_intervals_and_the_sign_of_the_better_model(predictions):
    table = comparison_tables.difference_table(predictions, "ensemble", "trace_cnn").set_index("score")
    assert table.loc["Accuracy", "value"] == pytest.approx(0.25)
    assert (table["low"] > 0).all()
    assert (table["n"] == 40).all()
    back = comparison_tables.difference_table(predictions, "trace_cnn", "ensemble").set_index("score")
    assert back.loc["Accuracy", "value"] == pytest.approx(-0.25)


def test_models_that_share_no_report_have_no_difference(predictions):
    nothing = {**predictions.probabilities, "paper_cnn": np.full((40, 4), np.nan)}
    own = HeldOutPredictions(LABELS, np.arange(40), nothing)
    assert comparison_tables.difference_table(own, "ensemble", "paper_cnn").empty


def test_scores_over_all_classes_have_intervals_that_hold_them(predictions):
    table = score_tables.score_table(predictions, ["ensemble", "trace_cnn", "paper_cnn"])
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
    accuracy = table[table["score"] == "Accuracy"].set_index("model")
    assert accuracy["n"].tolist() == [40, 40, 30]
    assert accuracy["value"].tolist() == pytest.approx([1, 0.75, 2 / 3])
    # All correct: Wilson's interval, not one of zero width.
    assert accuracy["low"].iloc[0] < 0.95
    wide = score_tables.wide_score_table(table)
    assert wide["Model"].tolist() == [EVERY_NAME[name] for name in ("ensemble", "trace_cnn", "paper_cnn")]
    assert wide["Accuracy"].iloc[1].startswith("0.750 (")
