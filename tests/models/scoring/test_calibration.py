"""A temperature mends confidence and changes no answer; the bar keeps what it promises."""

import numpy as np
import pytest

from models.scoring.calibration import abstention_threshold, combined, cross_fitted, probabilities, temperature_of
from models.scoring.metrics import accuracy, expected_calibration_error


@pytest.fixture
def overconfident():
    """Scores four times too large for how often they are right."""
    rng = np.random.default_rng(1)
    honest = rng.normal(0, 1.5, (3000, 4))
    labels = np.array([rng.choice(4, p=row) for row in probabilities(honest, 1.0)])
    return 4 * honest, labels


def test_it_finds_by_how_much_scores_are_too_sure(overconfident):
    scores, labels = overconfident
    assert temperature_of(scores, labels) == pytest.approx(4, rel=0.08)
    mended = cross_fitted(scores, labels, np.arange(len(labels)) % 5)
    assert expected_calibration_error(labels, mended) < 0.03
    assert expected_calibration_error(labels, probabilities(scores, 1.0)) > 0.1
    assert accuracy(labels, mended) == accuracy(labels, probabilities(scores, 1.0))


def test_no_fold_has_a_say_in_its_own_temperature(overconfident):
    scores, labels = overconfident
    folds = np.arange(len(labels)) % 5
    before = cross_fitted(scores, labels, folds)
    changed = labels.copy()
    changed[folds == 3] = (changed[folds == 3] + 1) % 4
    after = cross_fitted(scores, changed, folds)
    np.testing.assert_array_equal(before[folds == 3], after[folds == 3])
    assert np.abs(before[folds != 3] - after[folds != 3]).max() > 1e-3


def test_the_bar_keeps_the_risk(overconfident):
    scores, labels = overconfident
    said = probabilities(scores, 4.0)
    bar = abstention_threshold(labels, said, 0.1)
    answered = said.max(axis=1) >= bar
    assert 1 - accuracy(labels[answered], said[answered]) <= 0.1
    assert 0.05 < answered.mean() < 0.95


def test_where_nothing_is_safe_nothing_is_answered():
    said = np.array([[0.9, 0.1], [0.8, 0.2]])
    assert abstention_threshold(np.array([1, 1]), said) == 1.0


def test_joined_answers_lie_between():
    both = np.exp(combined(np.array([[0.9, 0.1]]), np.array([[0.5, 0.5]])))
    np.testing.assert_allclose(both, [[0.7, 0.3]])
