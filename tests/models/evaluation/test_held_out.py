"""Held-out predictions: parts of the reports, aggregations of leads, and which models predicted what."""

import numpy as np
import pytest

from models.evaluation import held_out
from models.evaluation.out_of_fold import load
from models.networks import OWN_NETWORKS, TRACE_NETWORKS
from models.scoring import AGGREGATIONS, JOINT


@pytest.fixture(scope="module")
def outputs():
    return load()


def test_every_report_is_in_exactly_one_part(outputs):
    parts = np.stack([held_out.reports_of(outputs, part) for part in held_out.PARTS])
    assert (parts.sum(axis=0) == 1).all()


@pytest.mark.parametrize(
    ("part", "aggregation"),
    [(part, JOINT) for part in held_out.PARTS] + [("6x2", name) for name in AGGREGATIONS[1:]],
)
def test_every_part_has_probabilities_by_every_aggregation(outputs, part, aggregation):
    predictions = held_out.predictions(outputs, part, aggregation)
    for name in (*OWN_NETWORKS, "ensemble"):
        labels, probabilities, groups = predictions.of(name)
        assert len(labels) == len(probabilities) == len(groups)
        reports_n = held_out.reports_of(outputs, part).sum()
        # Three pages of two columns were refused when their pictures were computed.
        assert len(labels) == reports_n or (
            part == "6x2" and name not in TRACE_NETWORKS and len(labels) == reports_n - 3
        )
        np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-6)


def test_only_the_headline_has_baselines_and_reports_without_a_prediction_are_dropped(outputs):
    assert set(held_out.predictions(outputs, "6x2").probabilities) == {*OWN_NETWORKS, "ensemble"}
    predictions = held_out.predictions(outputs)
    labels, probabilities, _ = predictions.of("paper_cnn_lstm")
    assert len(labels) < len(predictions.labels)
    assert np.isfinite(probabilities).all()
