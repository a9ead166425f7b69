"""The boosted trees of the ensemble see the signal and the rhythm, and the published mean is that of its members."""

import numpy as np
import pytest

from models.beats import six_ensemble
from models.beats.published import ensemble_results
from models.beats.six_ensemble import boosted
from models.beats.tasks import six_published


def test_boosted_trees_separate_the_classes_by_what_is_drawn(data, monkeypatch):
    monkeypatch.setattr(six_ensemble, "BOOSTING", {"max_iter": 20, "min_samples_leaf": 2})
    monkeypatch.setattr(six_ensemble, "SEEDS", (0,))
    task = six_published(data, "trace", data)
    split = task.splits[0]
    found = boosted(task, split.train, split.test)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    # The stroke of each class's pictures lies elsewhere, but for the blank picture.
    assert (found.argmax(axis=1) == task.label[split.test]).mean() > 0.8


@pytest.mark.parametrize("protocol", ["published split", "deduplicated"])
def test_the_mean_is_better_than_each_member(protocol):
    *members, mean = ensemble_results().values()
    assert len(members) == 5
    assert mean[protocol]["accuracy"]["value"] > max(one[protocol]["accuracy"]["value"] for one in members)
