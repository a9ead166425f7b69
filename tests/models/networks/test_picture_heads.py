"""The networks over pictures: their shapes, their start from the networks over traces, and golden predictions."""

import numpy as np
import pytest

from models.networks import OUTLINE_SHAPE, PAPER_NETWORKS, PICTURE_NETWORKS, build, members_of, start_from
from models.networks.picture_features import COLUMNS_SHAPE, POOLED_SHAPE
from models.serving import load, shipped
from tests.golden_predictions import GOLDEN, golden_input, golden_rows, loaded

pytestmark = pytest.mark.tensorflow
PAIRS = dict(zip(PICTURE_NETWORKS, ("trace_cnn", "trace_cnn_lstm"), strict=True))


def features(outline):
    return {
        "outline": outline,
        "columns": np.zeros((len(outline), *COLUMNS_SHAPE), np.float32),
        "pooled": np.zeros((len(outline), *POOLED_SHAPE), np.float32),
    }


@pytest.mark.parametrize("name", PICTURE_NETWORKS)
def test_a_network_over_pictures_starts_as_the_one_over_traces(name):
    traces = members_of(load(PAIRS[name]).network)[0]
    network = build(name)
    start_from(network, traces)
    rows = golden_rows()
    outline = np.zeros((len(rows), *OUTLINE_SHAPE), np.float32)
    outline[..., :2] = rows
    outputs = network(features(outline), training=False)
    # Without upper and lower edge, and without what the backbone sees, nothing else is left.
    expected = traces(rows, training=False)
    np.testing.assert_allclose(outputs["report"], expected["report"], atol=0.02)
    np.testing.assert_allclose(outputs["leads"], expected["leads"], atol=0.02)
    assert network.count_params() < 600_000


@pytest.mark.parametrize("name", [name for name in (*PAPER_NETWORKS, *PICTURE_NETWORKS) if name in shipped()])
def test_the_shipped_networks_give_the_golden_predictions(name):
    found = loaded(name)(golden_input(name))
    with np.load(GOLDEN) as golden:
        np.testing.assert_allclose(found.report, golden[f"{name}_report"], atol=1e-3)
        np.testing.assert_allclose(found.leads, golden[f"{name}_leads"], atol=1e-3)
        np.testing.assert_allclose(found.distance, golden[f"{name}_distance"], rtol=1e-2)


def test_the_networks_over_pictures_ship_in_25_megabytes_and_the_articles_in_40():
    from models.serving import WEIGHTS_FOLDER

    def megabytes(*names):
        return sum(file.stat().st_size for name in names for file in WEIGHTS_FOLDER.glob(f"{name}.*")) / 1e6

    assert megabytes("backbone", *PICTURE_NETWORKS) < 25
    assert megabytes(*PAPER_NETWORKS) < 40
