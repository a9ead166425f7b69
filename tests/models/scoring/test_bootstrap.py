"""Weighted metrics equal those of the resampled reports, and intervals behave as intervals do."""

import numpy as np
import pytest

from models.scoring import bootstrap, metrics

CLASSES = 4


@pytest.fixture(scope="module")
def reports():
    """Sixty reports of forty groups, probabilities with ties, one class rare."""
    rng = np.random.default_rng(1)
    labels = rng.choice(CLASSES, size=60, p=[0.4, 0.4, 0.05, 0.15])
    scores = rng.dirichlet(np.ones(CLASSES), size=60).round(1) + 0.01
    scores = scores + 0.6 * np.eye(CLASSES)[labels] * rng.integers(2, size=(60, 1))
    return labels, scores / scores.sum(axis=1, keepdims=True), rng.integers(40, size=60)


def test_the_first_row_counts_every_report_once_and_groups_stay_whole(reports):
    weights = bootstrap.weights_of(reports[2], draws=20)
    assert weights.shape == (21, 60)
    assert (weights[0] == 1).all()
    for group in np.unique(reports[2]):
        assert (np.ptp(weights[:, reports[2] == group], axis=1) == 0).all()


def test_the_same_groups_share_their_weights_whatever_they_are_called(reports):
    weights = bootstrap.weights_of(reports[2], draws=20)
    assert bootstrap.weights_of(10 * reports[2] + 1, draws=20) is weights
    assert bootstrap.weights_of(reports[2], draws=20, seed=1) is not weights
    with pytest.raises(ValueError, match="read-only"):
        weights[0] = 2


@pytest.mark.parametrize("name", ["accuracy", "macro_f1", "balanced_accuracy"])
def test_weights_give_the_interval_of_resampled_reports(reports, name):
    labels, probabilities, groups = reports
    weights = bootstrap.weights_of(groups, draws=200)
    score = getattr(metrics, name)
    drawn = metrics.report_metrics(metrics.confusion(labels, probabilities.argmax(axis=1), CLASSES, weights))[name]
    value, low, high = bootstrap.with_interval(drawn)
    assert value == pytest.approx(score(labels, probabilities))
    slow = bootstrap.interval(lambda at: score(labels[at], probabilities[at]), groups, draws=200)
    assert (low, high) == pytest.approx(slow)


@pytest.mark.parametrize("label", range(CLASSES))
def test_weights_give_the_class_metrics_of_resampled_reports(reports, label):
    labels, probabilities, groups = reports
    weights = bootstrap.weights_of(groups, draws=50)
    counts = metrics.confusion(labels, probabilities.argmax(axis=1), CLASSES, weights)
    found = metrics.class_metrics(counts, label)
    found["auroc"] = metrics.auroc(labels == label, probabilities[:, label], weights)
    found["average_precision"] = metrics.average_precision(labels == label, probabilities[:, label], weights)
    whole = metrics.by_class(labels, probabilities)[label]
    again = np.repeat(np.arange(60), weights[7].astype(int))
    drawn = metrics.by_class(labels[again], probabilities[again])[label]
    for name, values in found.items():
        assert values[0] == pytest.approx(getattr(whole, name), nan_ok=True), name
        assert values[7] == pytest.approx(getattr(drawn, name), nan_ok=True), name


def test_an_interval_holds_the_figure_and_narrows_with_more_groups():
    rng = np.random.default_rng(0)
    labels = rng.integers(4, size=400)
    probabilities = rng.dirichlet(np.ones(4), 400) + 0.5 * np.eye(4)[labels]

    def accuracy(at):
        return metrics.accuracy(labels[at], probabilities[at])

    low, high = bootstrap.interval(accuracy, np.arange(400), draws=200)
    wide = bootstrap.interval(accuracy, np.arange(400) // 40, draws=200)
    assert low < accuracy(np.arange(400)) < high
    assert wide[1] - wide[0] > 0.5 * (high - low)


@pytest.mark.parametrize("grouped", [False, True])
def test_confusions_drawn_from_counts_spread_as_those_of_weights(reports, grouped):
    labels, probabilities, groups = reports
    predicted = probabilities.argmax(axis=1)
    drawn = bootstrap.resampled_confusions(labels, predicted, CLASSES, groups if grouped else None, draws=4000)
    weights = bootstrap.weights_of(groups if grouped else np.arange(60), draws=4000)
    fast, slow = (
        metrics.report_metrics(counts)["accuracy"]
        for counts in (drawn, metrics.confusion(labels, predicted, CLASSES, weights)[1:])
    )
    if not grouped:
        assert (drawn.sum(axis=(1, 2)) == 60).all()
    assert np.quantile(fast, bootstrap.ENDS) == pytest.approx(np.quantile(slow, bootstrap.ENDS), abs=0.02)


def test_a_share_of_nothing_has_no_figure_and_a_share_of_all_has_wilsons_interval():
    weights = bootstrap.weights_of(np.arange(3), draws=10)
    nothing = np.zeros(3, bool)
    assert np.isnan(bootstrap.with_interval(metrics.share(nothing, nothing, weights))).all()
    drawn = metrics.share(~nothing, ~nothing, weights)
    assert bootstrap.with_interval(drawn) == (1.0, 1.0, 1.0)
    assert bootstrap.share_with_interval(drawn, np.arange(3)) == (1.0, *bootstrap.wilson(3, 3))


def test_wilsons_interval_stays_within_zero_and_one_and_narrows():
    for n in (1, 7, 300):
        assert bootstrap.wilson(0, n)[0] == 0
        assert bootstrap.wilson(n, n)[1] == 1
    assert np.diff(bootstrap.wilson(50, 100)) > np.diff(bootstrap.wilson(500, 1000))


def test_an_interval_holds_a_calibration_error_that_grows_in_nearly_every_draw():
    # Always 60 % sure and correct in exactly 60 %: the error is 0, and any resampling raises it.
    labels = np.repeat([0, 1], [60, 40])
    probabilities = np.tile([0.6, 0.4], (100, 1))
    drawn = metrics.calibration_errors(labels, probabilities, bootstrap.weights_of(np.arange(100)))
    assert np.quantile(drawn[1:], 0.025) > 0
    value, low, high = bootstrap.with_interval(drawn)
    assert low <= value < high
    low, _ = bootstrap.interval(
        lambda at: metrics.expected_calibration_error(labels[at], probabilities[at]), np.arange(100), draws=50
    )
    assert low == pytest.approx(0)


@pytest.mark.parametrize("draw", [0, 7])
def test_weights_give_brier_score_and_calibration_error_of_resampled_reports(reports, draw):
    labels, probabilities, groups = reports
    weights = bootstrap.weights_of(groups, draws=20)
    again = np.repeat(np.arange(60), weights[draw].astype(int))
    own, found = labels[again], probabilities[again]
    assert metrics.brier_scores(labels, probabilities, weights)[draw] == pytest.approx(metrics.brier(own, found))
    errors = metrics.calibration_errors(labels, probabilities, weights)
    assert errors[draw] == pytest.approx(metrics.expected_calibration_error(own, found))
