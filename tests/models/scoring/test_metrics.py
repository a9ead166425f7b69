"""Metrics agree with hand-counted examples, with scikit-learn, and with what holds for all probabilities."""

import numpy as np
import pytest
import sklearn.metrics
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.scoring import metrics

LABELS = np.array([0, 0, 0, 1, 1, 2])
PROBABILITIES = np.array(
    [[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.05, 0.05, 0.9]]
)


def test_counts_and_shares_agree_with_hand_counts():
    assert metrics.confusion(LABELS, PROBABILITIES.argmax(axis=1), 3).tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
    first, second, third = metrics.by_class(LABELS, PROBABILITIES)
    assert (first.n, first.precision, first.recall, first.specificity) == (3, 1, pytest.approx(2 / 3), 1)
    assert (second.precision, second.recall, second.f1) == (0.5, 0.5, 0.5)
    assert third.f1 == pytest.approx(2 / 3)
    assert metrics.accuracy(LABELS, PROBABILITIES) == pytest.approx(4 / 6)
    assert metrics.macro_f1(LABELS, PROBABILITIES) == pytest.approx(np.mean([0.8, 0.5, 2 / 3]))
    assert metrics.balanced_accuracy(LABELS, PROBABILITIES) == pytest.approx(np.mean([2 / 3, 0.5, 1]))


@settings(max_examples=60)
@given(arrays(np.int64, (30, 3), elements=st.integers(1, 6)), arrays(np.int64, 30, elements=st.integers(0, 2)))
def test_metrics_agree_with_scikit_learn(counts, labels):
    # Every class occurs; few distinct values give many ties.
    labels[:3] = 0, 1, 2
    probabilities = counts / counts.sum(axis=1, keepdims=True)
    predicted, found = probabilities.argmax(axis=1), metrics.by_class(labels, probabilities)
    precision, recall, f1, n = sklearn.metrics.precision_recall_fscore_support(labels, predicted, zero_division=np.nan)
    for at, one in enumerate(found):
        assert one.n == n[at]
        assert (one.precision, one.recall) == pytest.approx((precision[at], recall[at]), nan_ok=True)
        assert one.f1 == pytest.approx(f1[at], nan_ok=True)
        own = labels == at
        assert one.auroc == pytest.approx(sklearn.metrics.roc_auc_score(own, probabilities[:, at]))
        expected = sklearn.metrics.average_precision_score(own, probabilities[:, at])
        assert one.average_precision == pytest.approx(expected)
    assert metrics.accuracy(labels, probabilities) == pytest.approx(sklearn.metrics.accuracy_score(labels, predicted))
    expected = sklearn.metrics.balanced_accuracy_score(labels, predicted)
    assert metrics.balanced_accuracy(labels, probabilities) == pytest.approx(expected)
    expected = sklearn.metrics.f1_score(labels, predicted, average="macro", zero_division=0)
    assert metrics.macro_f1(labels, probabilities) == pytest.approx(expected)
    expected = sklearn.metrics.brier_score_loss(labels, probabilities, labels=[0, 1, 2], scale_by_half=False)
    assert metrics.brier(labels, probabilities) == pytest.approx(expected)


def test_macro_f1_averages_over_the_classes_named():
    counts = metrics.confusion(LABELS, PROBABILITIES.argmax(axis=1), 3)
    assert metrics.report_metrics(counts, [0, 1])["macro_f1"] == pytest.approx(np.mean([0.8, 0.5]))


def test_equal_scores_share_one_threshold():
    assert metrics.auroc(np.array([True, False]), np.array([0.5, 0.5])).tolist() == [0.5]
    assert metrics.average_precision(np.array([True, False]), np.array([0.5, 0.5])).tolist() == [0.5]


def test_curves_without_a_positive_or_a_negative_are_nan():
    assert np.isnan(metrics.auroc(np.ones(3, bool), np.ones(3))).all()
    assert np.isnan(metrics.average_precision(np.zeros(3, bool), np.ones(3))).all()


def test_calibration_error_agrees_with_hand_counts():
    probabilities = np.array([[0.95, 0.05]] * 10)
    labels = np.array([0] * 8 + [1] * 2)
    assert metrics.expected_calibration_error(labels, probabilities) == pytest.approx(0.15)
    table = metrics.reliability(labels, probabilities)
    assert table[9].tolist() == [10, pytest.approx(0.95), 0.8]
    assert table[:9, 0].sum() == 0


def test_less_coverage_keeps_the_most_confident_reports():
    table = metrics.risk_coverage(LABELS, PROBABILITIES)
    assert table[0].tolist() == [pytest.approx(1 / 6), 0, 0.9]
    assert table[-1, 1] == pytest.approx(2 / 6)
    assert (np.diff(table[:, 2]) <= 0).all()


def test_brier_is_zero_for_the_truth_and_two_for_its_contrary():
    assert metrics.brier(np.array([0, 1]), np.eye(2)) == 0
    assert metrics.brier(np.array([1, 0]), np.eye(2)) == 2


@given(arrays(np.float64, (20, 4), elements=st.floats(0.001, 1)), arrays(np.int64, 20, elements=st.integers(0, 3)))
def test_every_metric_lies_between_zero_and_one(scores, labels):
    probabilities = scores / scores.sum(axis=1, keepdims=True)
    named = (metrics.accuracy, metrics.macro_f1, metrics.balanced_accuracy, metrics.expected_calibration_error)
    shares = [score(labels, probabilities) for score in named]
    shares += [one.auroc for one in metrics.by_class(labels, probabilities) if 0 < one.n < 20]
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
