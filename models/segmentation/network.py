"""The page segmentation network: a U-Net that works at half the picture's resolution and writes at the full one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from preprocessing.page import NAMES, NAMES_STRIDE, PIXEL_LABELS

if TYPE_CHECKING:
    import keras

# Channels at a half, a quarter, ... a thirty-second of the resolution.
WIDTHS = (24, 40, 64, 80, 88)


def build_network(widths: tuple[int, ...] = WIDTHS) -> keras.Model:
    """Build the network.

    Parameters
    ----------
    widths : tuple of int
        Channels of each level of the encoder, from a half of the resolution on.

    Returns
    -------
    keras.Model
        From RGB, shape (n, rows, columns, 3), 0 to 255, with rows and columns multiples of 2 ** len(widths), to

        * ``pixels``: logits of `PIXEL_LABELS`, shape (n, rows, columns, 6); a pixel may have several labels, and the
          probability is the share of the pixel that the label covers;
        * ``names``: logits of `NAMES`, shape (n, rows / 4, columns / 4, 13).
    """
    import keras
    from keras import layers

    picture = keras.Input((None, None, 3), name="rgb")
    # A strided convolution of 4x4 keeps every pixel in several channels, so fine strokes survive the first halving.
    level = _block(_block(layers.Rescaling(1 / 127.5, -1, name="scaled")(picture), widths[0], 4, 2), widths[0])
    skips = [level]
    for width in widths[1:]:
        level = _residual(_block(level, width, 3, 2), width)
        skips.append(level)
    names = None
    for skip, width in zip(skips[-2::-1], widths[-2::-1], strict=True):
        up = layers.UpSampling2D(2)(_block(level, width, 1))
        level = _block(layers.Concatenate()([up, _block(skip, width, 1)]), width)
        if 2 ** (1 + skips.index(skip)) == NAMES_STRIDE:
            names = layers.Conv2D(len(NAMES), 1, name="names", dtype="float32")(_block(level, 32))
    pixels = layers.Conv2DTranspose(len(PIXEL_LABELS), 2, 2, name="pixels", dtype="float32")(level)
    return keras.Model(picture, {"pixels": pixels, "names": names}, name="page_segmentation")


def _block(before: keras.KerasTensor, width: int, size: int = 3, stride: int = 1) -> keras.KerasTensor:
    from keras import layers

    convolved = layers.Conv2D(width, size, stride, padding="same", use_bias=False)(before)
    return layers.ReLU()(layers.BatchNormalization()(convolved))


def _residual(before: keras.KerasTensor, width: int) -> keras.KerasTensor:
    from keras import layers

    after = layers.Conv2D(width, 3, padding="same", use_bias=False)(_block(before, width))
    return layers.ReLU()(layers.Add()([before, layers.BatchNormalization()(after)]))
