"""What was said of unseen reports: parts, ways, and what each fold may learn from."""

import numpy as np
import pytest

from models.evaluation import held_out
from models.evaluation.out_of_fold import load
from models.networks import NETWORKS
from models.scoring import AGGREGATIONS, JOINT


@pytest.fixture(scope="module")
def kept():
    return load()


def test_parts_do_not_share_a_report_and_leave_none_out(kept):
    parts = np.stack([held_out.reports_of(kept, part) for part in held_out.PARTS])
    assert (parts.sum(axis=0) == 1).all()


@pytest.mark.parametrize(
    ("part", "way"), [(part, JOINT) for part in held_out.PARTS] + [("6x2", way) for way in AGGREGATIONS[1:]]
)
def test_every_part_has_probabilities_by_every_way(kept, part, way):
    predictions = held_out.predictions(kept, part, way)
    for name in (*NETWORKS, "ensemble"):
        labels, said, groups = predictions.of(name)
        assert len(labels) == len(said) == len(groups) == held_out.reports_of(kept, part).sum()
        np.testing.assert_allclose(said.sum(axis=1), 1, atol=1e-6)


def test_only_the_headline_has_baselines_and_those_not_asked_are_left_out(kept):
    assert set(held_out.predictions(kept, "6x2").probabilities) == {*NETWORKS, "ensemble"}
    predictions = held_out.predictions(kept)
    labels, said, _ = predictions.of("paper_cnn_lstm")
    assert len(labels) < len(predictions.labels)
    assert np.isfinite(said).all()
