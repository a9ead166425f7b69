"""Aggregation of leads: leads that agree, one lead that disagrees, and weights fitted by lead."""

import numpy as np
import pytest

from models.scoring.aggregation import attention_weights, cross_fitted_attention, logit_mean, mean, trimmed


@pytest.mark.parametrize("aggregate", [mean, logit_mean, trimmed])
def test_leads_that_agree_give_the_probabilities_of_one(aggregate):
    one = np.array([0.7, 0.2, 0.05, 0.05])
    leads = np.tile(np.log(one), (3, 13, 1))
    np.testing.assert_allclose(np.exp(aggregate(leads)), np.tile(one, (3, 1)), atol=1e-6)


def test_the_trimmed_mean_ignores_one_extreme_lead():
    leads = np.zeros((1, 13, 4))
    leads[0, 5, 2] = 50.0
    assert np.ptp(trimmed(leads)) < 0.01
    assert np.ptp(logit_mean(leads)) > 1


def test_attention_weighs_the_informative_lead_most():
    rng = np.random.default_rng(0)
    labels = rng.integers(4, size=200)
    leads = rng.normal(0, 1, (200, 13, 4))
    leads[:, 7] += 4 * np.eye(4)[labels]
    weights = attention_weights(leads, labels)
    np.testing.assert_allclose(weights.sum(axis=0), 1)
    assert (weights.argmax(axis=0) == 7).all()
    correct = cross_fitted_attention(leads, labels, np.arange(200) % 5).argmax(axis=1) == labels
    assert correct.mean() > (logit_mean(leads).argmax(axis=1) == labels).mean()


def test_attention_is_fitted_on_other_folds_and_only_on_the_rows_given():
    rng = np.random.default_rng(0)
    leads, labels, folds = rng.normal(size=(60, 13, 4)), rng.integers(4, size=60), np.arange(60) % 3
    among = np.arange(60) < 40
    before = cross_fitted_attention(leads, labels, folds, among)
    for hidden in (folds == 0, ~among):
        after = cross_fitted_attention(leads, np.where(hidden, (labels + 1) % 4, labels), folds, among)
        np.testing.assert_allclose(after[folds == 0], before[folds == 0])
