"""Trees as plain arrays predict as the library that fitted them."""

import numpy as np
import pytest

from models.findings import fitted, mean_of
from models.findings.fitting import TreeConfig


@pytest.fixture(scope="module")
def examples():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(400, 6)).astype(np.float32)
    targets = np.stack([features[:, 0] * features[:, 1] > 0, features[:, 2] > 1], axis=1).astype(np.int8)
    targets[:50, 1] = -1
    return features, targets


def test_logits_are_those_of_the_library(examples):
    ensemble = pytest.importorskip("sklearn.ensemble")
    features, targets = examples
    config = TreeConfig(trees=20)
    library = ensemble.HistGradientBoostingClassifier(
        learning_rate=config.rate,
        max_iter=20,
        max_leaf_nodes=config.leaves,
        min_samples_leaf=config.least_in_leaf,
        l2_regularization=config.shrinkage,
        early_stopping=False,
        random_state=0,
    ).fit(features[50:], targets[50:, 1])
    found = fitted(features, targets, config).logits(features)
    assert np.allclose(found[:, 1], library.decision_function(features), atol=1e-4)


def test_members_are_averaged(examples):
    features, targets = examples
    members = [fitted(features[part], targets[part], TreeConfig(trees=5)) for part in (slice(200), slice(200, 400))]
    expected = np.mean([one.logits(features) for one in members], axis=0)
    assert np.allclose(mean_of(members).logits(features), expected, atol=1e-5)
