"""EfficientNet-Lite0 as rebuilt recognises photographs, in half precision and from its own file."""

import numpy as np
import pytest

from models.networks import PICTURE_SHAPE, backbone, folded, set_weights
from models.networks.efficientnet import HEAD_FILTERS, MAPS_CHANNELS
from models.serving import backbone_weights

pytestmark = pytest.mark.tensorflow


def test_the_maps_have_a_step_of_sixteen_pixels():
    network = backbone(PICTURE_SHAPE)
    assert network.output["maps"].shape == (None, 8, 16, MAPS_CHANNELS)
    assert network.output["pooled"].shape == (None, HEAD_FILTERS)


def test_the_shipped_weights_fit_and_tell_pictures_apart():
    network = backbone(PICTURE_SHAPE)
    set_weights(network, backbone_weights())
    flat = np.full((2, *PICTURE_SHAPE, 1), 255, np.float32)
    flat[0, 60:64] = 0
    flat[1, 20:110:8] = 0
    found = network.predict_on_batch(flat)
    assert np.isfinite(found["pooled"]).all()
    # ReLU6 and pooling: within 0 and 6, and not the same for a line and for bars.
    assert 0 <= found["pooled"].min() <= found["pooled"].max() <= 6
    assert np.abs(found["pooled"][0] - found["pooled"][1]).mean() > 0.05


def test_folding_the_normalisation_changes_no_output():
    import keras
    from keras import layers

    rng = np.random.default_rng(0)
    torch = {}
    plain = backbone((32, 32), 3)
    for layer in plain.layers:
        if layer.weights:
            kernel = layer.get_weights()[0]
            stem = {"stem": ("_conv_stem", "_bn0"), "head": ("_conv_head", "_bn1")}.get(layer.name)
            if stem is None:
                block, part = layer.name.removeprefix("block").split("_")
                names = {"expand": ("_expand_conv", "_bn0"), "depthwise": ("_depthwise_conv", "_bn1"),
                         "project": ("_project_conv", "_bn2")}[part]  # fmt: skip
                stem = tuple(f"_blocks.{block}.{one}" for one in names)
                kernel = kernel.swapaxes(2, 3) if part == "depthwise" else kernel
            torch[f"{stem[0]}.weight"] = kernel.transpose(3, 2, 0, 1)
            for one, spread in (("weight", 0.1), ("bias", 0.1), ("running_mean", 0.1), ("running_var", 0.1)):
                middle = 1.0 if one in ("weight", "running_var") else 0.0
                torch[f"{stem[1]}.{one}"] = np.abs(
                    middle + rng.normal(0, spread, kernel.transpose(3, 2, 0, 1).shape[0])
                )
    set_weights(plain, folded(torch, 3))
    picture = rng.random((1, 32, 32, 3)).astype(np.float32) * 255
    stem = keras.Sequential([keras.Input((32, 32, 3)), layers.Conv2D(32, 3, 2, "same", use_bias=False),
                             layers.BatchNormalization(epsilon=1e-3), layers.ReLU(6.0)])  # fmt: skip
    stem.layers[0].set_weights([torch["_conv_stem.weight"].transpose(2, 3, 1, 0)])
    stem.layers[1].set_weights([torch[f"_bn0.{one}"] for one in ("weight", "bias", "running_mean", "running_var")])
    own = keras.Model(plain.input, plain.get_layer("stem").output).predict_on_batch(picture)
    expected = stem.predict_on_batch((picture - 127) / 128)
    np.testing.assert_allclose(np.clip(own, 0, 6), expected, atol=1e-4)
