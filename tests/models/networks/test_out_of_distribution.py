"""Features like those of the training set are near, others are far."""

import numpy as np

from models.networks.out_of_distribution import limit_of, whitening_of


def test_samples_of_the_same_distribution_are_near_and_others_far():
    rng = np.random.default_rng(0)
    mixing = rng.normal(size=(8, 96))
    own, fresh = (rng.normal(size=(400, 8)) @ mixing + 3 for _ in range(2))
    whitening = whitening_of(own)
    assert 0.2 < np.median(whitening.distance(fresh)) < 1.5
    limit = limit_of(whitening.distance(fresh))
    assert (whitening.distance(fresh) > limit).mean() <= 0.011
    assert (whitening.distance(fresh + 8 * rng.normal(size=96)) > limit).mean() > 0.9


def test_constant_features_give_finite_distances():
    features = np.zeros((50, 30))
    features[:, 0] = np.arange(50)
    assert np.isfinite(whitening_of(features).distance(features + 0.1)).all()
