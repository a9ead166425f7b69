"""A temperature corrects confidence and changes no prediction; the abstention threshold keeps the risk it promises."""

import numpy as np
import pytest

from models.scoring.calibration import (
    Combination,
    abstention_threshold,
    best_weights,
    combined,
    cross_fitted,
    offset_of,
    probabilities,
    temperature_of,
)
from models.scoring.metrics import accuracy, expected_calibration_error, macro_f1


@pytest.fixture
def overconfident():
    """Logits four times too large for their accuracy, and the labels."""
    rng = np.random.default_rng(1)
    calibrated = rng.normal(0, 1.5, (3000, 4))
    labels = np.array([rng.choice(4, p=row) for row in probabilities(calibrated, 1.0)])
    return 4 * calibrated, labels


def test_the_temperature_undoes_overconfidence(overconfident):
    logits, labels = overconfident
    assert temperature_of(logits, labels) == pytest.approx(4, rel=0.08)
    calibrated = cross_fitted(logits, labels, np.arange(len(labels)) % 5)
    assert expected_calibration_error(labels, calibrated) < 0.03
    assert expected_calibration_error(labels, probabilities(logits, 1.0)) > 0.1
    assert accuracy(labels, calibrated) == accuracy(labels, probabilities(logits, 1.0))


def test_no_fold_affects_its_own_temperature(overconfident):
    logits, labels = overconfident
    folds = np.arange(len(labels)) % 5
    before = cross_fitted(logits, labels, folds)
    changed = labels.copy()
    changed[folds == 3] = (changed[folds == 3] + 1) % 4
    after = cross_fitted(logits, changed, folds)
    np.testing.assert_array_equal(before[folds == 3], after[folds == 3])
    assert np.abs(before[folds != 3] - after[folds != 3]).max() > 1e-3


def test_the_threshold_keeps_the_accepted_risk(overconfident):
    logits, labels = overconfident
    found = probabilities(logits, 4.0)
    covered = found.max(axis=1) >= abstention_threshold(labels, found, 0.1)
    assert 1 - accuracy(labels[covered], found[covered]) <= 0.1
    assert 0.05 < covered.mean() < 0.95


def test_the_threshold_is_one_where_no_confidence_is_safe():
    found = np.array([[0.9, 0.1], [0.8, 0.2]])
    assert abstention_threshold(np.array([1, 1]), found) == 1.0


def test_combined_logits_are_the_mean_of_log_probabilities():
    both = combined([np.array([[0.9, 0.1]]), np.array([[0.4, 0.6]])])
    np.testing.assert_allclose(np.exp(both), [[0.6, np.sqrt(0.06)]])
    weighted = combined([np.array([[0.9, 0.1]]), np.array([[0.4, 0.6]])], [1.0, 0.0])
    np.testing.assert_allclose(np.exp(weighted), [[0.9, 0.1]])


def test_a_combination_divides_by_its_temperature_and_adds_its_offsets():
    found = {"one": np.array([[0.8, 0.2]]), "other": np.array([[0.2, 0.8]])}
    np.testing.assert_allclose(Combination({"one": 0.5, "other": 0.5}, 1.0, (0.0, 0.0))(found), [[0.5, 0.5]])
    np.testing.assert_allclose(Combination({"one": 1.0}, 0.5, (0.0, 0.0))(found), [[16 / 17, 1 / 17]])
    np.testing.assert_allclose(Combination({"one": 1.0}, 1.0, (0.0, np.log(4)))(found), [[0.5, 0.5]])


def test_the_better_model_has_the_larger_weight(overconfident):
    logits, labels = overconfident
    noise = np.random.default_rng(2).normal(0, 1, logits.shape)
    assert best_weights([logits / 4, noise], labels) == (1.0, 0.0)
    first, second, third = best_weights([noise, logits / 4, noise], labels)
    assert (first + second + third, second) == (pytest.approx(1), 1.0)


def test_the_offset_of_a_class_is_the_least_that_raises_macro_f1():
    labels = np.array([0, 0, 0, 0, 1, 1])
    logits = np.array([[3.0, 0], [3, 0], [3, 0], [3, 0], [1, 0.45], [0, 2]])
    assert offset_of(logits, labels, 1) == 0.6
    assert macro_f1(labels, logits + np.array([0, 0.6])) == 1
    assert offset_of(logits[[0, 1, 5]], labels[[0, 1, 5]], 1) == 0
