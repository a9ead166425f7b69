"""Beat networks: their shapes, and how many parameters each has."""

import pytest

from models.beats import BEAT_NETWORKS, build
from models.beats.beat_net import MAPS, beat_net

pytestmark = pytest.mark.tensorflow
# As their authors report, or as follows from their descriptions.
PARAMETERS = {
    ("beat_cnn_64", 6): 879_910,
    ("beat_cnn_wide", 6): 6_213_602,
    ("beat_deep_cnn", 6): 6_517_574,
    ("beat_shallow_cnn", 6): 762_950,
    ("beat_cnn_lstm", 6): 527_942,
    ("beat_cnn_gru_attention", 6): 401_159,
    ("beat_vgg16", 5): 65_075_013,
}


@pytest.mark.parametrize(("name", "classes"), PARAMETERS)
def test_parameter_counts(name, classes):
    assert build(name, classes).count_params() == PARAMETERS[name, classes]


def test_vgg16_has_its_convolutions():
    network = build("beat_vgg16", 5)
    convolutions = [layer for layer in network.layers if layer.name.startswith("conv2d")]
    assert len(convolutions) == 13
    assert sum(layer.count_params() for layer in convolutions) == 14_714_688


@pytest.mark.parametrize("name", [name for name in BEAT_NETWORKS if name != "beat_vgg16"])
def test_a_picture_gives_probabilities(name):
    import numpy as np

    network = build(name, 5)
    assert network.input_shape[1:] == BEAT_NETWORKS[name].shape
    probabilities = np.asarray(
        network.predict_on_batch(np.random.default_rng(0).random((2, *BEAT_NETWORKS[name].shape)))
    )
    assert probabilities.shape == (2, 5)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_beat_net_is_small_and_takes_rhythm_features():
    assert max(beat_net(6).count_params(), beat_net(5, 5).count_params()) < 500_000
    assert {tensor.name for tensor in beat_net(5, 5).inputs} == {"picture", "rhythm"}
    maps = [layer for layer in beat_net(5, 5).layers if layer.name.startswith(MAPS)]
    assert [layer.output.shape[-1] for layer in maps] == [48] * 4


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="beat_vgg16"):
        build("beat_of_a_drum", 6)
