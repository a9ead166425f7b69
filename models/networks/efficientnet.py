"""EfficientNet-Lite0, pre-trained on ImageNet: the layers that both networks over pictures share, frozen.

Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019; the Lite variant has
ReLU6 and no squeeze-and-excitation. Batch normalisation is folded into the convolutions, which changes no output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

# By group: kernel, stride, expansion, filters, repeats.
GROUPS = (
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
)
STEM_FILTERS, HEAD_FILTERS = 32, 1280
# After this group a step is 16 pixels: its maps are what explanations show.
MAPS_GROUP = 4
MAPS_CHANNELS = GROUPS[MAPS_GROUP][3]
_EPSILON = 1e-3
# The network was trained on values around 0: (grey - 127) / 128.
_MIDDLE, _SPREAD = 127.0, 128.0


def backbone(shape: tuple[int, int], channels: int = 1) -> keras.Model:
    """Build the backbone, untrained.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of a picture, from 0 to 255.
    channels : int
        1 for grey pictures, 3 for colour.

    Returns
    -------
    keras.Model
        Outputs by name: ``maps``, the feature maps at 16 px a step, (n, rows, columns, 112); ``pooled``, (n, 1280).
    """
    import keras
    from keras import layers

    picture = keras.Input((*shape, channels), name="picture")
    x = layers.Rescaling(1 / _SPREAD, -_MIDDLE / _SPREAD)(picture)
    x = _relu6(layers.Conv2D(STEM_FILTERS, 3, strides=2, padding="same", name="stem")(x))
    maps = x
    for number, (group, kernel, stride, expansion, filters) in enumerate(_blocks()):
        before = x
        if expansion != 1:
            x = _relu6(layers.Conv2D(expansion * x.shape[-1], 1, name=f"block{number}_expand")(x))
        x = _relu6(layers.DepthwiseConv2D(kernel, strides=stride, padding="same", name=f"block{number}_depthwise")(x))
        x = layers.Conv2D(filters, 1, name=f"block{number}_project")(x)
        if x.shape == before.shape:
            x = layers.Add()([x, before])
        if group == MAPS_GROUP:
            maps = x
    x = _relu6(layers.Conv2D(HEAD_FILTERS, 1, name="head")(x))
    pooled = layers.GlobalAveragePooling2D(name="pooled")(x)
    return keras.Model(picture, {"maps": maps, "pooled": pooled}, name="backbone")


def set_weights(network: keras.Model, weights: Mapping[str, np.ndarray]) -> None:
    """Give a backbone its weights: by layer, ``name/kernel`` and ``name/bias``."""
    for layer in network.layers:
        if layer.weights:
            layer.set_weights([weights[f"{layer.name}/{part}"].astype(np.float32) for part in ("kernel", "bias")])


def folded(torch: Mapping[str, np.ndarray], channels: int = 1) -> dict[str, np.ndarray]:
    """Return the backbone's weights from those of the PyTorch file, as `set_weights` takes them.

    A grey picture is a colour picture of equal channels, so for one channel the stem's kernel is summed over colours.
    """
    found: dict[str, np.ndarray] = {}

    def fold(name: str, convolution: str, normalisation: str) -> None:
        kernel = torch[f"{convolution}.weight"]
        scale, bias, mean, variance = (
            torch[f"{normalisation}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = scale / np.sqrt(variance + _EPSILON)
        found[f"{name}/kernel"] = (kernel * factor[:, None, None, None]).transpose(2, 3, 1, 0)
        found[f"{name}/bias"] = bias - mean * factor

    fold("stem", "_conv_stem", "_bn0")
    if channels == 1:
        found["stem/kernel"] = found["stem/kernel"].sum(axis=2, keepdims=True)
    for number, (_, _, _, expansion, _) in enumerate(_blocks()):
        block = f"_blocks.{number}"
        if expansion != 1:
            fold(f"block{number}_expand", f"{block}._expand_conv", f"{block}._bn0")
        fold(f"block{number}_depthwise", f"{block}._depthwise_conv", f"{block}._bn1")
        # Keras has the filters of a depthwise convolution where others have its input channels.
        found[f"block{number}_depthwise/kernel"] = found[f"block{number}_depthwise/kernel"].swapaxes(2, 3)
        fold(f"block{number}_project", f"{block}._project_conv", f"{block}._bn2")
    fold("head", "_conv_head", "_bn1")
    return found


def _blocks() -> Iterator[tuple[int, int, int, int, int]]:
    """Yield group, kernel, stride, expansion and filters of each block."""
    for group, (kernel, stride, expansion, filters, repeats) in enumerate(GROUPS):
        for repeat in range(repeats):
            yield group, kernel, stride if repeat == 0 else 1, expansion, filters


def _relu6(x: keras.KerasTensor) -> keras.KerasTensor:
    from keras import layers

    return layers.ReLU(6.0)(x)
