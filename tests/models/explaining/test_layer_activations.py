"""Activations of the shipped networks agree with the networks' own outputs and weights."""

import numpy as np
import pytest

from ecgviz.learn.about_layers import KINDS
from models.explaining.layer_activations import activations
from models.explaining.layer_tables import member_table, table_of
from models.networks import ROWS_SHAPE
from models.serving import predictor

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    times_s = np.arange(250) / 100
    beats = np.exp(-0.5 * ((times_s % 0.8 - 0.4) / 0.02) ** 2)
    drawn = np.zeros(ROWS_SHAPE, np.float32)
    drawn[..., 0] = np.outer(np.linspace(-1, 1.2, 16), beats)
    drawn[..., 1] = 1
    return drawn


@pytest.fixture(scope="module", params=["trace_cnn", "trace_cnn_lstm"])
def classifier(request):
    return predictor.networks().by_name[request.param]


def first_member(classifier):
    return next(layer for layer in classifier.network.layers if hasattr(layer, "layers"))


def test_logits_are_those_of_the_member(classifier, rows):
    found = activations(classifier, rows)
    own = first_member(classifier)(rows[None], training=False)
    assert found.members == 5
    assert np.allclose(found.logits, own["report"].numpy()[0], atol=1e-4)
    assert found.temperature == classifier.card.temperature


def test_shapes_are_those_documented(classifier, rows):
    found = activations(classifier, rows)
    assert found.patterns.shape == (9, 2, 32)
    assert found.first.shape == (16, 125, 32)
    assert [block.shape for block in found.blocks] == [(16, 63, 32), (16, 32, 64), (16, 16, 64)]
    assert found.maps.shape == (16, 16, 64)
    assert found.by_row.shape == (16, 32)
    assert found.contributions.shape == (16, 4)
    if classifier.card.name == "trace_cnn":
        assert found.along_time is None
        assert found.across_rows is None
    else:
        assert found.along_time.shape == (16, 16, 64)
        assert found.across_rows.shape == (96,)
    assert min(found.first.min(), found.maps.min(), found.by_row.min()) >= 0


def test_the_first_activations_are_the_kernels_convolved_with_the_row(classifier, rows):
    found = activations(classifier, rows)
    member = first_member(classifier)
    norm = next(layer for layer in member.layers if "BatchNormalization" in type(layer).__name__)
    gamma, beta, mean, variance = (weight.numpy() for weight in norm.weights)
    # Far from both ends no padding takes part: step i covers samples 2 i - 3 to 2 i + 5.
    step = 60
    window = rows[4, 2 * step - 3 : 2 * step + 6]
    raw = np.einsum("sc,scf->f", window, found.patterns)
    expected = np.maximum(gamma * (raw - mean) / np.sqrt(variance + norm.epsilon) + beta, 0)
    assert np.allclose(found.first[4, step], expected, atol=1e-3)


def test_contributions_follow_the_rows(classifier, rows):
    one, other = activations(classifier, rows), activations(classifier, rows[::-1].copy())
    assert not np.allclose(one.contributions, other.contributions)
    assert np.abs(one.contributions).max() > 0


def test_every_kind_of_layer_is_explained(classifier):
    table = member_table(classifier.network)
    assert {row.kind for row in table} <= set(KINDS)
    assert sum(row.parameters for row in table) == first_member(classifier).count_params()


@pytest.mark.parametrize(("name", "parameters"), [("paper_cnn", 19_035_716), ("paper_cnn_lstm", 1_473_092)])
def test_the_papers_networks_have_the_papers_sizes(name, parameters):
    table = table_of(name)
    assert sum(row.parameters for row in table) == parameters
    assert table[0].shape == (150, 150, 3)
    assert table[-1].shape == (4,)
    assert {row.kind for row in table} <= set(KINDS)
