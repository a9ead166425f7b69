"""Published networks for pictures of single beats, layer by layer, each as its project describes it.

All take a picture in three equal channels, 0 to 1, and give one probability a class. Where a description leaves
something open, the simplest reading was taken: convolutions of 3 x 3 without padding, pooling of 2 x 2, and recurrent
layers that run from the beginning of the beat to its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

SMALL_PX, LARGE_PX = 64, 128
# Filters and number of convolutions of each block.
VGG16_BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
QUARTER_BLOCKS = ((16, 2), (32, 2), (64, 3), (128, 3), (128, 3))
SLIM_BLOCKS = ((8, 1), (16, 1), (32, 2), (64, 2), (64, 2))
# As published for VGG16; the slim form was trained with the value that VGG's authors chose.
PUBLISHED_DROPOUT, SLIM_DROPOUT = 0.4, 0.5
VGG16_DENSE, QUARTER_DENSE = 4096, 256
# The layer of VGG networks that ends the convolutions.
FLAT = "flat"


def beat_cnn_64(classes: int) -> keras.Model:
    """Build two convolutions under five dense layers."""
    from keras import layers

    picture, x = _pairs((32, 32), SMALL_PX)
    x = layers.Flatten()(x)
    for _ in range(5):
        x = layers.Dense(128, activation="relu")(x)
    return _network("beat_cnn_64", picture, x, classes)


def beat_cnn_wide(classes: int) -> keras.Model:
    """Build one convolution under two wide dense layers."""
    from keras import layers

    picture, x = _pairs((32,), SMALL_PX)
    x = layers.Dense(200, activation="relu")(layers.Flatten()(x))
    return _network("beat_cnn_wide", picture, layers.Dense(300, activation="relu")(x), classes)


def beat_deep_cnn(classes: int) -> keras.Model:
    """Build three convolutions of growing width."""
    return deep_cnn(classes)


def deep_cnn(
    classes: int,
    filters: tuple[int, ...] = (32, 64, 128),
    kernel: int = 3,
    dense: int = 256,
    dropout: float = 0.5,
    side_px: int = LARGE_PX,
) -> keras.Model:
    """Build the deep CNN with the sizes that its article tunes; by default those that it settled on."""
    from keras import layers

    picture, x = _pairs(filters, side_px, kernel)
    x = layers.Dense(dense, activation="relu")(layers.Flatten()(x))
    return _network("beat_deep_cnn", picture, layers.Dropout(dropout)(x), classes)


def beat_shallow_cnn(classes: int) -> keras.Model:
    """Build one convolution and no dense layer before the last."""
    from keras import layers

    picture, x = _pairs((32,), LARGE_PX)
    return _network("beat_shallow_cnn", picture, layers.Dropout(0.3)(layers.Flatten()(x)), classes)


def beat_cnn_lstm(classes: int) -> keras.Model:
    """Build two convolutions with an LSTM over their columns."""
    from keras import layers

    picture, x = _pairs((32, 64), LARGE_PX)
    x = layers.LSTM(64)(_columns(x))
    return _network("beat_cnn_lstm", picture, layers.Dropout(0.5)(x), classes)


def beat_cnn_gru_attention(classes: int) -> keras.Model:
    """Build two convolutions with a GRU over their columns, and attention over its steps."""
    from keras import layers

    picture, x = _pairs((32, 64), LARGE_PX)
    steps = layers.GRU(64, return_sequences=True)(_columns(x))
    weights = layers.Softmax(axis=1)(layers.Dense(1, activation="tanh")(steps))
    x = layers.Flatten()(layers.Dot(axes=1)([weights, steps]))
    return _network("beat_cnn_gru_attention", picture, layers.Dropout(0.5)(x), classes)


def beat_vgg16(classes: int) -> keras.Model:
    """Build the convolutions of VGG16 (Simonyan and Zisserman 2015) under two dense layers of 4,096."""
    return vgg("beat_vgg16", VGG16_BLOCKS, VGG16_DENSE, classes, PUBLISHED_DROPOUT)


def beat_vgg_distilled(classes: int) -> keras.Model:
    """Build VGG16 with a quarter of its filters under two dense layers of 256, which VGG16 is distilled into."""
    return vgg("beat_vgg_distilled", QUARTER_BLOCKS, QUARTER_DENSE, classes, PUBLISHED_DROPOUT)


def beat_vgg_slim(classes: int) -> keras.Model:
    """Build VGG16 with an eighth of the filters and fewer convolutions, which two cores can train."""
    return vgg("beat_vgg_slim", SLIM_BLOCKS, 256, classes, SLIM_DROPOUT)


def vgg(
    name: str, blocks: tuple[tuple[int, int], ...], dense: int, classes: int, dropout: float, normalised: bool = False
) -> keras.Model:
    """Build blocks of convolutions, each ending in pooling, under two dense layers.

    With `normalised`, batch normalisation stands between each convolution and its activation: `models.beats.vgg`
    turns such a network into one without it.
    """
    import keras
    from keras import layers

    picture = keras.Input((LARGE_PX, LARGE_PX, 3), name="picture")
    x = picture
    for filters, convolutions in blocks:
        for _ in range(convolutions):
            if normalised:
                x = layers.BatchNormalization(momentum=0.9)(
                    layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
                )
                x = layers.Activation("relu")(x)
            else:
                x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten(name=FLAT)(x)
    for _ in range(2):
        x = layers.Dropout(dropout)(layers.Dense(dense, activation="relu")(x))
    return _network(name, picture, x, classes)


def _pairs(filters: tuple[int, ...], side_px: int, kernel: int = 3) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """Return an input picture and its feature maps after pairs of convolution and pooling."""
    import keras
    from keras import layers

    picture = keras.Input((side_px, side_px, 3), name="picture")
    x = picture
    for count in filters:
        x = layers.Conv2D(count, kernel, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    return picture, x


def _columns(maps: keras.KerasTensor) -> keras.KerasTensor:
    """Return feature maps, (rows, columns, channels), as a sequence of columns: time runs from left to right."""
    from keras import layers

    return layers.TimeDistributed(layers.Flatten())(layers.Permute((2, 1, 3))(maps))


def _network(name: str, picture: keras.KerasTensor, x: keras.KerasTensor, classes: int) -> keras.Model:
    import keras
    from keras import layers

    return keras.Model(picture, layers.Dense(classes, activation="softmax", name="classes")(x), name=name)
