"""Two models on the same reports: the exact test by hand, and intervals that use the pairing."""

import numpy as np
import pytest

from models.scoring import bootstrap, metrics, paired


def as_probabilities(predicted):
    return np.eye(4)[predicted] * 0.6 + 0.1


def test_only_discordant_reports_count_in_mcnemars_test():
    labels = np.zeros(20, int)
    first, second = labels.copy(), labels.copy()
    second[:5], first[5] = 1, 1
    found = paired.mcnemar(labels, first, second)
    assert (found.n, found.first_only, found.second_only) == (20, 5, 1)
    # Two-sided: 2 * (1 + 6) / 2**6.
    assert found.p == pytest.approx(14 / 64)
    assert paired.mcnemar(labels, second, first).p == found.p


def test_models_with_the_same_predictions_do_not_differ():
    labels = np.arange(40) % 4
    same = as_probabilities(labels[::-1])
    assert paired.mcnemar(labels, labels, labels).p == 1
    differences = paired.score_differences(labels, same, same, np.arange(40))
    assert set(differences) == set(paired.SCORES)
    assert all(figure == (0, 0, 0) for figure in differences.values())


def test_a_difference_is_that_of_the_scores_and_its_interval_uses_the_pairing():
    rng = np.random.default_rng(2)
    labels = rng.integers(4, size=200)
    hard = rng.random(200) < 0.5
    first = np.where(hard, (labels + 1) % 4, labels)
    second = np.where(rng.random(200) < 0.05, (first + 1) % 4, first)
    value, low, high = paired.score_differences(
        labels, as_probabilities(first), as_probabilities(second), np.arange(200)
    )["accuracy"]
    assert value == pytest.approx((first == labels).mean() - (second == labels).mean())
    assert low <= value <= high
    alone = metrics.share(first == labels, np.ones(200, bool), bootstrap.weights_of(np.arange(200)))
    _, alone_low, alone_high = bootstrap.with_interval(alone)
    assert high - low < alone_high - alone_low


@pytest.mark.filterwarnings("error")
def test_one_class_alone_has_no_auroc():
    labels = np.zeros(6, int)
    found = paired.score_differences(labels, as_probabilities(labels), as_probabilities(labels + 1), np.arange(6))
    assert np.isnan(found["auroc"]).all()
    assert found["accuracy"][0] == 1
