"""Figures agree with hand-counted examples and with what must hold for all probabilities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.scoring import metrics

LABELS = np.array([0, 0, 0, 1, 1, 2])
SAID = np.array(
    [[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.05, 0.05, 0.9]]
)


def test_counts_and_shares_by_hand():
    assert metrics.confusion(LABELS, SAID.argmax(axis=1), 3).tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
    first, second, third = metrics.by_class(LABELS, SAID)
    assert (first.n, first.precision, first.recall, first.specificity) == (3, 1, pytest.approx(2 / 3), 1)
    assert (second.precision, second.recall, second.f1) == (0.5, 0.5, 0.5)
    assert third.f1 == pytest.approx(2 / 3)
    assert metrics.accuracy(LABELS, SAID) == pytest.approx(4 / 6)
    assert metrics.macro_f1(LABELS, SAID) == pytest.approx(np.mean([0.8, 0.5, 2 / 3]))
    assert metrics.balanced_accuracy(LABELS, SAID) == pytest.approx(np.mean([2 / 3, 0.5, 1]))


def test_average_precision_by_hand():
    positive = np.array([True, False, True, False])
    assert metrics.average_precision(positive, np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(0.5 + 0.5 * 2 / 3)
    assert np.isnan(metrics.average_precision(np.zeros(3, bool), np.ones(3)))


@settings(max_examples=40)
@given(arrays(np.int64, 25, elements=st.integers(0, 6)), arrays(bool, 25))
def test_average_precision_takes_ties_together(scored, positive):
    positive[0] = True
    # By the definition: at each threshold that occurs, what is above it counted anew.
    found, reached = 0.0, 0.0
    for threshold in sorted(set(scored), reverse=True):
        above = scored >= threshold
        hits = (positive & above).sum()
        found += (hits / positive.sum() - reached) * hits / above.sum()
        reached = hits / positive.sum()
    assert metrics.average_precision(positive, scored / 6) == pytest.approx(found)


def test_ties_are_counted_half():
    assert metrics.auroc(np.array([True, False]), np.array([0.5, 0.5])) == 0.5
    assert np.isnan(metrics.auroc(np.ones(3, bool), np.ones(3)))


def test_calibration_error_by_hand():
    said = np.array([[0.95, 0.05]] * 10)
    labels = np.array([0] * 8 + [1] * 2)
    assert metrics.expected_calibration_error(labels, said) == pytest.approx(0.15)
    table = metrics.reliability(labels, said)
    assert table[9].tolist() == [10, pytest.approx(0.95), 0.8]
    assert table[:9, 0].sum() == 0


def test_answering_less_is_answering_the_surest():
    table = metrics.risk_coverage(LABELS, SAID)
    assert table[0].tolist() == [pytest.approx(1 / 6), 0, 0.9]
    assert table[-1, 1] == pytest.approx(2 / 6)
    assert (np.diff(table[:, 2]) <= 0).all()


def test_brier_is_zero_for_the_truth_and_two_for_its_contrary():
    assert metrics.brier(np.array([0, 1]), np.eye(2)) == 0
    assert metrics.brier(np.array([1, 0]), np.eye(2)) == 2


def test_an_interval_holds_the_figure_and_narrows_with_more_groups():
    rng = np.random.default_rng(0)
    labels = rng.integers(4, size=400)
    said = rng.dirichlet(np.ones(4), 400) + 0.5 * np.eye(4)[labels]
    value = metrics.accuracy(labels, said)
    low, high = metrics.interval(metrics.accuracy, labels, said, np.arange(400), draws=200)
    wide = metrics.interval(metrics.accuracy, labels, said, np.arange(400) // 40, draws=200)
    assert low < value < high
    assert wide[1] - wide[0] > 0.5 * (high - low)


@given(arrays(np.float64, (20, 4), elements=st.floats(0.001, 1)), arrays(np.int64, 20, elements=st.integers(0, 3)))
def test_every_share_is_one(said, labels):
    said = said / said.sum(axis=1, keepdims=True)
    shares = [score(labels, said) for score in (metrics.accuracy, metrics.macro_f1, metrics.balanced_accuracy)]
    shares.append(metrics.expected_calibration_error(labels, said))
    shares += [one.auroc for one in metrics.by_class(labels, said) if 0 < one.n < 20]
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
