"""VGG16's three steps on small networks: convolutions from scratch, a head over them, the distilled form."""

from dataclasses import replace

import numpy as np
import pytest

from models.beats.fitting import BeatFitConfig
from models.beats.networks import FLAT, vgg
from models.beats.vgg import Beats, VggConfig, distil, folded, shifted, train_convolutions, train_head

SMALL = replace(
    VggConfig(),
    blocks=((4, 1), (4, 1), (4, 1), (8, 1)),
    dense=16,
    small_blocks=((4, 1), (4, 1), (4, 1), (4, 1)),
    small_dense=8,
    scratch_dense=8,
    dropout=0.0,
    batch=16,
    epochs=4,
    rate=0.01,
    small_epochs=8,
    small_rate=0.01,
    warmup_steps=2,
    head=BeatFitConfig(epochs=8, batch=16, patience=8),
    head_rates=(1e-2, 1e-6),
)


def stripes(n=64):
    """Upright and level stripes, two classes."""
    pictures = np.full((n, 128, 128), 255, np.uint8)
    label = np.arange(n) % 2
    pictures[label == 0, 40:60] = 0
    pictures[label == 1, :, 40:60] = 0
    return Beats(pictures, label)


def test_a_shift_moves_ink_and_brings_in_white():
    picture = np.full((200, 9, 9), 255, np.uint8)
    picture[:, 4, 4] = 0
    moved = shifted(picture, 2, np.random.default_rng(0))
    places = {tuple(np.argwhere(one == 0)[0]) for one in moved}
    assert places == {(row, column) for row in range(2, 7) for column in range(2, 7)}
    assert (np.sort(moved.reshape(200, -1), axis=1)[:, 1:] == 255).all()


@pytest.mark.tensorflow
def test_folding_keeps_what_the_network_predicts():
    rng = np.random.default_rng(0)
    shape = ((3, 2), (4, 1)), 5, 3, 0.0
    network = vgg("with", *shape, normalised=True)
    # As after training: scales, offsets and statistics that are not 1 and 0.
    network.set_weights([np.abs(rng.normal(0.3, 0.2, one.shape)) for one in network.get_weights()])
    inputs = rng.random((2, 128, 128, 3), np.float32)
    before = np.asarray(network.predict_on_batch(inputs))
    plain = folded(network, vgg("without", *shape))
    np.testing.assert_allclose(plain.predict_on_batch(inputs), before, atol=1e-5)
    assert not any("normal" in layer.name for layer in plain.layers)


@pytest.mark.slow
@pytest.mark.tensorflow
def test_the_head_learns_over_frozen_convolutions_and_the_small_form_follows(tmp_path):
    train, validation = stripes(), stripes(8)
    convolutions, before = train_convolutions(train, validation, 2, SMALL, 0)
    assert before["loss"][-1] < before["loss"][0]
    network, history = train_head(convolutions, train, validation, 2, SMALL, 0, tmp_path)
    # The rate with the lower validation loss.
    assert history["rate"] == 1e-2
    inside = network.get_layer(FLAT).output
    kept = network.layers[1].get_weights()[0]
    np.testing.assert_array_equal(kept, convolutions.layers[1].get_weights()[0])
    assert inside.shape == convolutions.output_shape
    found = network.predict_on_batch(validation.inputs()).argmax(axis=1)
    np.testing.assert_array_equal(found, validation.label)
    small, own = distil(network, train, validation, 2, SMALL, 0)
    assert small.count_params() < network.count_params()
    assert own["loss"][-1] < own["loss"][0]
    np.testing.assert_array_equal(small.predict_on_batch(validation.inputs()).argmax(axis=1), validation.label)
