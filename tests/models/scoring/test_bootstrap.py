"""Figures of many draws at once are those of `models.scoring.metrics`, draw for draw."""

import numpy as np
import pytest

from models.scoring import bootstrap, metrics

CLASSES = 4


@pytest.fixture(scope="module")
def reports():
    """Sixty reports of forty groups, probabilities with ties, one class rare."""
    rng = np.random.default_rng(1)
    labels = rng.choice(CLASSES, size=60, p=[0.4, 0.4, 0.05, 0.15])
    said = rng.dirichlet(np.ones(CLASSES), size=60).round(1) + 0.01
    said = said + 0.6 * np.eye(CLASSES)[labels] * rng.integers(2, size=(60, 1))
    return labels, said / said.sum(axis=1, keepdims=True), rng.integers(40, size=60)


def test_the_first_row_counts_every_report_once_and_groups_stay_whole(reports):
    weights = bootstrap.weights_of(reports[2], draws=20)
    assert weights.shape == (21, 60)
    assert (weights[0] == 1).all()
    for group in np.unique(reports[2]):
        assert (np.ptp(weights[:, reports[2] == group], axis=1) == 0).all()


def test_the_same_groups_are_drawn_once_whatever_they_are_called(reports):
    weights = bootstrap.weights_of(reports[2], draws=20)
    assert bootstrap.weights_of(10 * reports[2] + 1, draws=20) is weights
    assert bootstrap.weights_of(reports[2], draws=20, seed=1) is not weights
    with pytest.raises(ValueError, match="read-only"):
        weights[0] = 2


@pytest.mark.parametrize("name", ["accuracy", "macro_f1", "balanced_accuracy"])
def test_figures_and_intervals_are_those_of_scores(reports, name):
    labels, said, groups = reports
    weights = bootstrap.weights_of(groups, draws=200)
    score = getattr(metrics, name)
    drawn = bootstrap.report_metrics(bootstrap.confusions(weights, labels, said.argmax(axis=1), CLASSES))[name]
    value, low, high = bootstrap.with_interval(drawn)
    assert value == pytest.approx(score(labels, said))
    assert (low, high) == pytest.approx(metrics.interval(score, labels, said, groups, draws=200))


@pytest.mark.parametrize("label", range(CLASSES))
def test_a_classs_figures_are_those_of_scores(reports, label):
    labels, said, groups = reports
    weights = bootstrap.weights_of(groups, draws=50)
    counts = bootstrap.confusions(weights, labels, said.argmax(axis=1), CLASSES)
    found = bootstrap.class_metrics(counts, label)
    found["auroc"] = bootstrap.auroc(weights, labels == label, said[:, label])
    found["average_precision"] = bootstrap.average_precision(weights, labels == label, said[:, label])
    whole = metrics.by_class(labels, said)[label]
    again = np.repeat(np.arange(60), weights[7].astype(int))
    drawn = metrics.by_class(labels[again], said[again])[label]
    for name, values in found.items():
        assert values[0] == pytest.approx(getattr(whole, name), nan_ok=True), name
        assert values[7] == pytest.approx(getattr(drawn, name), nan_ok=True), name


def test_a_share_of_nothing_has_no_figure():
    weights = bootstrap.weights_of(np.arange(3), draws=10)
    nothing = np.zeros(3, bool)
    assert np.isnan(bootstrap.with_interval(bootstrap.share(weights, nothing, nothing))).all()
    everything = ~nothing
    assert bootstrap.with_interval(bootstrap.share(weights, everything, everything)) == (1.0, 1.0, 1.0)
