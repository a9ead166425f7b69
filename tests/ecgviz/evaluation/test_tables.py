"""Scores as tables, on a handful of reports whose scores can be counted by hand."""

import numpy as np
import pandas as pd
import pytest

from ecgviz.evaluation import EvaluationFiles, background_tables, score_tables, tables, threshold_tables
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import HeldOutPredictions

NAN = float("nan")


@pytest.fixture
def held_out() -> HeldOutPredictions:
    """Six reports in six groups: the ensemble misses one infarction; the CNN was evaluated on four."""
    labels = np.array([0, 0, 1, 2, 2, 3])
    probabilities = np.eye(4)[[0, 0, 1, 2, 0, 3]] * 0.6 + 0.1
    probabilities[4] = [0.45, 0.05, 0.4, 0.1]
    some = probabilities.copy()
    some[[1, 5]] = NAN
    return HeldOutPredictions(labels, np.arange(6), {"ensemble": probabilities, "trace_cnn": some})


def row(table: pd.DataFrame, **where) -> pd.Series:
    for column, value in where.items():
        table = table[table[column] == value]
    assert len(table) == 1, where
    return table.iloc[0]


def test_confusions_count_only_reports_that_a_model_was_evaluated_on(held_out):
    table = tables.confusion_table(held_out, ["ensemble", "trace_cnn"])
    ensemble, cnn = (table[table["model"] == EVERY_NAME[name]] for name in ("ensemble", "trace_cnn"))
    assert ensemble["reports"].sum() == 6
    assert cnn["reports"].sum() == 4
    missed = row(ensemble, truth=CLASSES[2], predicted=CLASSES[0])
    assert (missed["reports"], missed["row_share"]) == (1, 0.5)
    assert cnn.loc[cnn["truth"] == CLASSES[3], "row_share"].isna().all()


def test_each_class_has_its_figures_with_intervals(held_out):
    table = score_tables.class_table(held_out, ["ensemble"])
    recall = row(table, score="Recall", **{"class": CLASSES[2]})
    assert (recall["n"], recall["value"]) == (2, 0.5)
    assert recall["low"] < 0.5 < recall["high"]
    # All reports of the class were found; an interval of zero width would be wrong.
    whole = row(table, score="Recall", **{"class": CLASSES[1]})
    assert whole["value"] == 1
    assert whole["low"] < 0.5
    assert row(table, score="Precision", **{"class": CLASSES[0]})["value"] == pytest.approx(2 / 3)
    wide = score_tables.wide_class_table(table)
    assert list(wide["Class"]) == list(CLASSES)
    assert wide.loc[2, "Recall"].startswith("0.500 (")


def test_predictions_are_scored_by_row_and_model(held_out):
    probabilities = {
        ("I", "trace_cnn"): held_out.probabilities["trace_cnn"],
        ("II", "trace_cnn"): held_out.probabilities["ensemble"],
    }
    table = tables.predictions_table(held_out.labels, held_out.groups, probabilities, "lead")
    assert set(table["score"]) == set(tables.prediction_scores())
    assert row(table, lead="I", score="Accuracy")["value"] == 0.75
    assert row(table, lead="I", score="Accuracy")["n"] == 4
    assert row(table, lead="II", score=f"Recall of {CLASSES[2]}")["n"] == 2


def test_a_threshold_trades_true_positives_for_false_positives(held_out):
    low = threshold_tables.threshold_table(held_out, ["ensemble"], 2, 0.3).iloc[0]
    assert (low["true_positives"], low["false_negatives"], low["false_positives"], low["true_negatives"]) == (
        2,
        0,
        0,
        4,
    )
    high = threshold_tables.threshold_table(held_out, ["ensemble"], 2, 0.5).iloc[0]
    assert (high["true_positives"], high["false_negatives"], high["recall"]) == (1, 1, 0.5)
    none = threshold_tables.threshold_table(held_out, ["ensemble"], 2, 1.0)
    assert np.isnan(none["precision"].iloc[0])
    assert threshold_tables.wide_threshold_table(none)["Precision"].iloc[0] == "none"


def test_curves_begin_at_nothing_and_end_at_everything(held_out):
    curve = threshold_tables.curve_table(held_out, ["ensemble"], 2)
    first, last = curve.iloc[0], curve.iloc[-1]
    assert (first["recall"], first["false_positive_rate"]) == (0, 0)
    assert (last["recall"], last["false_positive_rate"]) == (1, 1)
    assert np.isnan(first["precision"])
    assert last["precision"] == pytest.approx(2 / 6)
    assert curve["recall"].is_monotonic_increasing


def test_a_class_without_reports_has_no_recall(held_out):
    normal = HeldOutPredictions(np.zeros(6, int), held_out.groups, held_out.probabilities)
    assert threshold_tables.curve_table(normal, ["ensemble"], 2)["recall"].isna().all()
    assert np.isnan(threshold_tables.threshold_table(normal, ["ensemble"], 2, 0.3)["recall"].iloc[0])


def test_an_abstention_threshold_trades_coverage_for_risk(held_out):
    without, with_ = (threshold_tables.abstention_table(held_out, {"ensemble": at}).iloc[0] for at in (0.25, 0.5))
    assert (without["predicted"], without["wrong"], without["n"]) == (6, 1, 6)
    assert (with_["predicted"], with_["wrong"]) == (5, 0)
    assert with_["coverage"] == pytest.approx(5 / 6)
    assert (with_["risk"], with_["risk_low"]) == (0, 0)
    assert with_["risk_high"] > 0.2
    curve = threshold_tables.risk_table(held_out, ["ensemble"])
    assert curve.iloc[-1][["coverage", "risk"]].tolist() == pytest.approx([1, 1 / 6])


def test_reliability_counts_every_report_in_one_bin(held_out):
    table = threshold_tables.reliability_table(held_out, ["ensemble"])
    assert table["n"].sum() == 6
    assert row(table, bin="0.4 to 0.5")["accuracy"] == 0


def test_histories_mark_the_epoch_that_was_kept():
    history = {"loss": [3, 2, 1], "val_loss": [3, 1, 2], "report_loss": [2, 1, 1], "val_report_loss": [2, 2, 0]}
    table = background_tables.history_table({"trace_cnn": [history]}, "report_loss")
    assert set(table.loc[table["kept"], "epoch"]) == {2}
    assert len(table) == 6


def test_the_outcomes_of_unusual_pages_add_up():
    pages = {"leads replaced: flat": {"n": 4, "out_of_distribution": 3, "predicted": 1}}
    table = background_tables.outcome_table(pages)
    assert table["n"].sum() == 4
    assert table["share"].sum() == 1
    assert background_tables.wide_outcome_table(pages).iloc[0]["Out of distribution"] == 3


def test_the_leakage_table_has_every_part_and_the_split_by_report(held_out):
    copied = np.array([True, False, True, True, True, False])[:, None]
    probabilities = held_out.probabilities["ensemble"]
    parts = {
        "all": probabilities,
        "with_copy": np.where(copied, probabilities, NAN),
        "without_copy": np.where(copied, NAN, probabilities),
    }
    leaking = HeldOutPredictions(held_out.labels, held_out.groups, parts)
    honest = HeldOutPredictions(held_out.labels, held_out.groups, {"paper_cnn": held_out.probabilities["trace_cnn"]})
    table = background_tables.leakage_table(leaking, honest)
    assert set(table["split"]) == set(background_tables.SPLITS.values())
    assert row(table, split=background_tables.SPLITS["honest"], score="Accuracy")["value"] == 0.75
    assert background_tables.correct_of(leaking, "all") == (1, 2)
    assert not table["value"].isna().any()


def test_one_more_report_found_raises_macro_f1_and_without_misses_there_is_none():
    assert tables.gain_from_one_more([[2, 0], [1, 1]], 1) > 0
    assert tables.gain_from_one_more([[2, 0], [0, 2]], 1) is None


def intervals_in(values):
    """Every figure with an interval within nested figures."""
    if isinstance(values, dict):
        if {"value", "low", "high"} <= values.keys():
            yield values
        else:
            for one in values.values():
                yield from intervals_in(one)


def test_every_shipped_interval_holds_its_figure():
    found = list(intervals_in(EvaluationFiles.read().figures))
    assert len(found) > 40
    assert [one for one in found if not one["low"] <= one["value"] <= one["high"]] == []
