"""Networks of beats: their forms, and how many parameters each has."""

import pytest

from models.beats import NETWORKS, build
from models.beats.beat_net import MAPS, beat_net

pytestmark = pytest.mark.tensorflow
# Those that their authors give, and those that follow from the others' descriptions.
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


@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "beat_vgg16"])
def test_a_picture_gives_probabilities(name):
    import numpy as np

    network = build(name, 5)
    assert network.input_shape[1:] == NETWORKS[name].shape
    said = np.asarray(network.predict_on_batch(np.random.default_rng(0).random((2, *NETWORKS[name].shape))))
    assert said.shape == (2, 5)
    np.testing.assert_allclose(said.sum(axis=1), 1, atol=1e-5)


def test_ours_is_small_and_takes_the_rhythm_where_it_is_known():
    assert max(beat_net(6).count_params(), beat_net(5, 5).count_params()) < 500_000
    assert {tensor.name for tensor in beat_net(5, 5).inputs} == {"picture", "rhythm"}
    maps = [layer for layer in beat_net(5, 5).layers if layer.name.startswith(MAPS)]
    assert [layer.output.shape[-1] for layer in maps] == [48] * 4


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(KeyError, match="beat_vgg16"):
        build("beat_of_a_drum", 6)
