"""Our own network for pictures of beats: small, and given the rhythm around the beat where it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

# The layers that explanations ask for by name begin so, one a tower; and those that end a tower.
MAPS, TOWER = "maps", "tower"
# What the towers say together, in the same classes as the whole network.
SEEN = "seen"
# Most intervals differ from the usual by a fifth or less; so many times that stands beside probabilities of 0 to 1.
RHYTHM_SCALE = 5.0


@dataclass(frozen=True)
class BeatNetConfig:
    """Sizes of `beat_net`."""

    picture_shape: tuple[int, int, int] = (64, 96, 1)
    towers: int = 4
    filters: tuple[int, ...] = (8, 16, 32, 48)
    dense_units: int = 64
    map_dropout: float = 0.1
    dropout: float = 0.3
    head_units: tuple[int, ...] = (32, 32)


def beat_net(classes: int, rhythm: int = 0, config: BeatNetConfig | None = None) -> keras.Model:
    """Build our network: several small towers that look at the picture, and a head that weighs what they say.

    The head is given the mean of the towers' probabilities and the rhythm, and nothing else of the picture, so that it
    can be taught how far the towers' word is to be trusted, apart from them.

    Parameters
    ----------
    classes : int
    rhythm : int
        How many figures of the rhythm it is given beside the picture; with 0 it has that one input alone.
    config : BeatNetConfig, optional
    """
    import keras
    from keras import layers

    config = config or BeatNetConfig()
    picture = keras.Input(config.picture_shape, name="picture")
    said = [_tower(picture, classes, number, config) for number in range(config.towers)]
    x = layers.Average(name=SEEN)(said) if len(said) > 1 else layers.Identity(name=SEEN)(said[0])
    inputs = {"picture": picture}
    if rhythm:
        inputs["rhythm"] = keras.Input((rhythm,), name="rhythm")
        x = layers.Concatenate()([x, layers.Rescaling(RHYTHM_SCALE)(inputs["rhythm"])])
    for units in config.head_units:
        x = layers.Dense(units, activation="relu")(x)
    x = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(inputs if rhythm else picture, x, name="beat_net")


def towers_of(network: keras.Model) -> list[keras.Model]:
    """Return a network's towers, each from a picture to the probabilities of the classes, sharing its weights."""
    import keras

    picture = network.get_layer("picture").output
    return [keras.Model(picture, layer.output) for layer in network.layers if layer.name.startswith(TOWER)]


def head_of(network: keras.Model) -> keras.Model:
    """Return a network's head, from what the towers say and the rhythm to its answer, sharing its weights."""
    import keras

    return keras.Model([network.get_layer(SEEN).output, network.get_layer("rhythm").output], network.output)


def _tower(picture: keras.KerasTensor, classes: int, number: int, config: BeatNetConfig) -> keras.KerasTensor:
    """Residual blocks halve the picture and widen it, all but the last.

    Their maps are then summed up by their mean and by their maximum over each sixth of the time, so that what comes
    early and what comes late stay apart.
    """
    from keras import layers

    x = _normed(layers.Conv2D(config.filters[0], 7, strides=2, padding="same", use_bias=False)(picture))
    *halving, last = config.filters[1:]
    for filters in halving:
        x = _block(x, filters, 2, config)
    x = _block(x, last, 1, config)
    x = layers.Activation("linear", name=f"{MAPS}_{number}")(x)
    rows = x.shape[1]
    by_time = [pool((rows, 2))(x) for pool in (layers.AveragePooling2D, layers.MaxPooling2D)]
    x = layers.Conv2D(32, 1, activation="relu")(layers.Concatenate()(by_time))
    x = layers.Dropout(config.dropout)(layers.Flatten()(x))
    x = layers.Dense(config.dense_units, activation="relu")(x)
    x = layers.Dropout(config.dropout)(x)
    return layers.Dense(classes, activation="softmax", name=f"{TOWER}_{number}")(x)


def _block(x: keras.KerasTensor, filters: int, strides: int, config: BeatNetConfig) -> keras.KerasTensor:
    """Two convolutions beside a way past them; of rows and columns one in so many comes out."""
    from keras import layers

    past = layers.AveragePooling2D(strides)(x) if strides > 1 else x
    past = layers.Conv2D(filters, 1, use_bias=False)(past)
    y = _normed(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x))
    y = layers.SpatialDropout2D(config.map_dropout)(y)
    y = layers.BatchNormalization(momentum=0.9)(layers.Conv2D(filters, 3, padding="same", use_bias=False)(y))
    return layers.Activation("relu")(layers.Add()([y, past]))


def _normed(x: keras.KerasTensor) -> keras.KerasTensor:
    from keras import layers

    return layers.Activation("relu")(layers.BatchNormalization(momentum=0.9)(x))
