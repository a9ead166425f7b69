"""Our own network for beat pictures: several small towers and a head that also takes the rhythm around the beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

# Layer names, as the shipped files hold them: the last feature maps of each tower, its output, and the towers' mean.
MAPS, TOWER, TOWER_MEAN = "maps", "tower", "seen"
# Most RR intervals differ from the usual by a fifth or less; this brings them to the size of probabilities.
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
    """Build our network: towers over the picture, and a head over their mean probabilities and the rhythm.

    The head sees nothing else of the picture, so it can be trained apart from the towers, on held-out predictions.

    Parameters
    ----------
    classes : int
    rhythm : int
        Number of rhythm features; with 0 the picture is the only input.
    config : BeatNetConfig, optional
    """
    import keras
    from keras import layers

    config = config or BeatNetConfig()
    picture = keras.Input(config.picture_shape, name="picture")
    towers = [_tower(picture, classes, number, config) for number in range(config.towers)]
    x = layers.Average(name=TOWER_MEAN)(towers) if len(towers) > 1 else layers.Identity(name=TOWER_MEAN)(towers[0])
    inputs = {"picture": picture}
    if rhythm:
        inputs["rhythm"] = keras.Input((rhythm,), name="rhythm")
        x = layers.Concatenate()([x, layers.Rescaling(RHYTHM_SCALE)(inputs["rhythm"])])
    for units in config.head_units:
        x = layers.Dense(units, activation="relu")(x)
    x = layers.Dense(classes, activation="softmax", name="classes")(x)
    return keras.Model(inputs if rhythm else picture, x, name="beat_net")


def towers_of(network: keras.Model) -> list[keras.Model]:
    """Return a network's towers, each from a picture to class probabilities, sharing its weights."""
    import keras

    picture = network.get_layer("picture").output
    return [keras.Model(picture, layer.output) for layer in network.layers if layer.name.startswith(TOWER)]


def head_of(network: keras.Model) -> keras.Model:
    """Return a network's head, from the towers' mean and the rhythm to class probabilities, sharing its weights."""
    import keras

    return keras.Model([network.get_layer(TOWER_MEAN).output, network.get_layer("rhythm").output], network.output)


def _tower(picture: keras.KerasTensor, classes: int, number: int, config: BeatNetConfig) -> keras.KerasTensor:
    """Residual blocks, all but the last of which halve the picture, then mean and maximum over each sixth of the time.

    Pooling over the whole time would lose whether a wave came early or late.
    """
    from keras import layers

    x = _normalised(layers.Conv2D(config.filters[0], 7, strides=2, padding="same", use_bias=False)(picture))
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
    """Add two convolutions to a skip connection."""
    from keras import layers

    skip = layers.AveragePooling2D(strides)(x) if strides > 1 else x
    skip = layers.Conv2D(filters, 1, use_bias=False)(skip)
    y = _normalised(layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x))
    y = layers.SpatialDropout2D(config.map_dropout)(y)
    y = layers.BatchNormalization(momentum=0.9)(layers.Conv2D(filters, 3, padding="same", use_bias=False)(y))
    return layers.Activation("relu")(layers.Add()([y, skip]))


def _normalised(x: keras.KerasTensor) -> keras.KerasTensor:
    from keras import layers

    return layers.Activation("relu")(layers.BatchNormalization(momentum=0.9)(x))
