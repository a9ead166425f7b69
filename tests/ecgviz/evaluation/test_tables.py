"""Figures as tables, over a handful of reports whose figures can be counted by hand."""

import numpy as np
import pandas as pd
import pytest

from ecgviz.evaluation import background_tables, tables, threshold_tables
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import Answers

NAN = float("nan")


@pytest.fixture
def answers() -> Answers:
    """Six reports in six groups: both together misses one infarction; the CNN was asked about four."""
    labels = np.array([0, 0, 1, 2, 2, 3])
    said = np.eye(4)[[0, 0, 1, 2, 0, 3]] * 0.6 + 0.1
    said[4] = [0.45, 0.05, 0.4, 0.1]
    some = said.copy()
    some[[1, 5]] = NAN
    return Answers(labels, np.arange(6), {"ensemble": said, "cnn": some})


def row(table: pd.DataFrame, **where) -> pd.Series:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1, where
    return table.iloc[0]


def test_confusions_count_only_reports_that_a_model_was_asked_about(answers):
    table = tables.confusion_table(answers, ["ensemble", "cnn"])
    both, cnn = (table[table["model"] == EVERY_NAME[name]] for name in ("ensemble", "cnn"))
    assert both["reports"].sum() == 6
    assert cnn["reports"].sum() == 4
    missed = row(both, truth=CLASSES[2], answer=CLASSES[0])
    assert (missed["reports"], missed["row_share"]) == (1, 0.5)
    assert cnn.loc[cnn["truth"] == CLASSES[3], "row_share"].isna().all()


def test_each_class_has_its_figures_with_intervals(answers):
    table = tables.class_table(answers, ["ensemble"])
    recall = row(table, score="Recall", **{"class": CLASSES[2]})
    assert (recall["n"], recall["value"]) == (2, 0.5)
    assert recall["low"] < 0.5 < recall["high"]
    # All of one were found; an interval of nothing would be a promise.
    whole = row(table, score="Recall", **{"class": CLASSES[1]})
    assert whole["value"] == 1
    assert whole["low"] < 0.5
    assert row(table, score="Precision", **{"class": CLASSES[0]})["value"] == pytest.approx(2 / 3)
    wide = tables.wide_class_table(table)
    assert list(wide["Class"]) == list(CLASSES)
    assert wide.loc[2, "Recall"].startswith("0.500 (")


def test_predictions_are_scored_by_row_and_model(answers):
    said = {("I", "cnn"): answers.said["cnn"], ("II", "cnn"): answers.said["ensemble"]}
    table = tables.predictions_table(answers.labels, answers.groups, said, "lead")
    assert set(table["score"]) == set(tables.prediction_scores())
    assert row(table, lead="I", score="Accuracy")["value"] == 0.75
    assert row(table, lead="I", score="Accuracy")["n"] == 4
    assert row(table, lead="II", score=f"Recall of {CLASSES[2]}")["n"] == 2


def test_a_threshold_settles_what_is_found_missed_and_raised_in_error(answers):
    low = threshold_tables.threshold_table(answers, ["ensemble"], 2, 0.3).iloc[0]
    assert (low["found"], low["missed"], low["false_alarms"], low["rightly_not"]) == (2, 0, 0, 4)
    high = threshold_tables.threshold_table(answers, ["ensemble"], 2, 0.5).iloc[0]
    assert (high["found"], high["missed"], high["recall"]) == (1, 1, 0.5)
    none = threshold_tables.threshold_table(answers, ["ensemble"], 2, 1.0)
    assert np.isnan(none["precision"].iloc[0])
    assert threshold_tables.told_threshold_table(none)["Precision"].iloc[0] == "none"


def test_curves_begin_at_nothing_and_end_at_everything(answers):
    curve = threshold_tables.curve_table(answers, ["ensemble"], 2)
    first, last = curve.iloc[0], curve.iloc[-1]
    assert (first["recall"], first["false_positive_rate"]) == (0, 0)
    assert (last["recall"], last["false_positive_rate"]) == (1, 1)
    assert np.isnan(first["precision"])
    assert last["precision"] == pytest.approx(2 / 6)
    assert curve["recall"].is_monotonic_increasing


def test_a_class_without_reports_has_no_recall(answers):
    nobody = Answers(np.zeros(6, int), answers.groups, answers.said)
    assert threshold_tables.curve_table(nobody, ["ensemble"], 2)["recall"].isna().all()
    assert np.isnan(threshold_tables.threshold_table(nobody, ["ensemble"], 2, 0.3)["recall"].iloc[0])


def test_a_bar_trades_answers_for_errors(answers):
    without, with_ = (threshold_tables.bar_table(answers, {"ensemble": bar}).iloc[0] for bar in (0.25, 0.5))
    assert (without["answered"], without["wrong"], without["n"]) == (6, 1, 6)
    assert (with_["answered"], with_["wrong"]) == (5, 0)
    assert with_["coverage"] == pytest.approx(5 / 6)
    assert (with_["risk"], with_["risk_low"]) == (0, 0)
    assert with_["risk_high"] > 0.2
    curve = threshold_tables.risk_table(answers, ["ensemble"])
    assert curve.iloc[-1][["coverage", "risk"]].tolist() == pytest.approx([1, 1 / 6])


def test_reliability_counts_every_report_in_one_bin(answers):
    table = threshold_tables.reliability_table(answers, ["ensemble"])
    assert table["n"].sum() == 6
    assert row(table, bin="0.4 to 0.5")["right"] == 0


def test_histories_mark_the_epoch_that_was_kept():
    told = {"loss": [3, 2, 1], "val_loss": [3, 1, 2], "report_loss": [2, 1, 1], "val_report_loss": [2, 2, 0]}
    table = background_tables.history_table({"cnn": [told]}, "report_loss")
    assert set(table.loc[table["kept"], "epoch"]) == {2}
    assert len(table) == 6


def test_what_becomes_of_strange_pages_adds_up():
    strange = {"flat": {"n": 4, "unlike": 3, "answered": 1}}
    table = background_tables.strange_table(strange)
    assert table["n"].sum() == 4
    assert table["share"].sum() == 1
    assert background_tables.wide_strange_table(strange).iloc[0]["Called unlike"] == 3


def test_the_leak_is_told_for_every_part_and_for_the_honest_split(answers):
    seen = np.array([True, False, True, True, True, False])[:, None]
    said = answers.said["ensemble"]
    parts = {"all": said, "copies": np.where(seen, said, NAN), "never_seen": np.where(seen, NAN, said)}
    leaking = Answers(answers.labels, answers.groups, parts)
    honest = Answers(answers.labels, answers.groups, {"paper_cnn": answers.said["cnn"]})
    table = background_tables.leak_table(leaking, honest)
    assert set(table["split"]) == set(background_tables.SPLITS.values())
    assert row(table, split=background_tables.SPLITS["honest"], score="Accuracy")["value"] == 0.75
    assert background_tables.found(leaking, "all") == (1, 2)
    assert not table["value"].isna().any()


def test_one_more_found_raises_macro_f1_and_none_missed_gives_none():
    assert tables.one_report_more([[2, 0], [1, 1]], 1) > 0
    assert tables.one_report_more([[2, 0], [0, 2]], 1) is None
