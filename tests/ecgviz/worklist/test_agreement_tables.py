"""Agreement as tables: every pair once, matrices that sum to their reports, cases with both classes."""

import pytest

from ecgviz.store import KeptPrediction, agreement, keep_predictions
from ecgviz.worklist import agreement_tables
from ecgviz.worklist.example import READERS, example_store
from ecgviz.worklist.items import labelled_samples
from models.classes import CLASSES


@pytest.fixture(scope="module")
def ratings():
    store = example_store()
    for report in agreement.ratings_of(store).reports:
        keep_predictions(store, report, [KeptPrediction("ensemble", "v", "Normal", "predicted", (1.0, 0.0, 0.0, 0.0))])
    return agreement.ratings_of(store)


def test_the_example_is_the_same_each_time_and_follows_its_readers(ratings):
    again = agreement.ratings_of(example_store())
    assert all((ratings.labels[reader] == again.labels[reader]).all() for reader in READERS)
    truth = [CLASSES.index(label) for _, label in labelled_samples()]
    right = [int((ratings.labels[reader] == truth).sum()) for reader in READERS]
    assert right == sorted(right, reverse=True)
    assert right[0] > right[-1]


def test_each_reader_is_compared_with_each_other_and_each_network_once(ratings):
    table = agreement_tables.pairs(ratings, lambda rater: {"ensemble": "Combined"}.get(rater, rater))
    pairs = list(zip(table["Reference"], table["Compared with"], strict=True))
    # Three readers and the decision: six pairs, and four with the network.
    assert len(set(pairs)) == len(pairs) == 10
    assert [pair for pair in pairs if pair[1] == "Combined"] == [
        (reader, "Combined") for reader in (*READERS, agreement.DECIDED)
    ]


def test_a_matrix_holds_every_report_once_and_its_shares_are_of_the_row(ratings):
    found = agreement.compared(ratings, "Reader A", "Reader B")
    table = agreement_tables.matrix(found)
    assert table["reports"].sum() == found.n == len(labelled_samples())
    shares = table.groupby("reference")["row_share"].sum()
    assert all(share in (0.0, pytest.approx(1.0)) for share in shares)


def test_cases_name_both_classes_and_they_differ(ratings):
    found = agreement.compared(ratings, "Reader A", "ensemble")
    names = [f"report {number}" for number in range(len(found.apart))]
    table = agreement_tables.cases(ratings, found.apart, names, {"Reader A": "Reader A", "ensemble": "Combined"})
    assert list(table["Report"]) == names
    assert (table["Combined"] == "Normal").all()
    assert (table["Reader A"] != "Normal").all()


def test_months_are_in_order_and_their_reports_sum_to_all(ratings):
    table = agreement_tables.months(agreement.over_time(ratings, "Reader A", "Reader B"))
    assert list(table["month"]) == sorted(table["month"])
    assert len(table) > 2
    assert table["reports"].sum() == len(labelled_samples())
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
