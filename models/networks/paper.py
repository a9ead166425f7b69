"""The article's two networks, layer by layer: the baselines for ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.classes import CLASSES

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class PaperConfig:
    """Sizes of the article's networks: a 150 x 150 picture of one lead in three equal channels."""

    input_shape: tuple[int, int, int] = (150, 150, 3)
    filters: tuple[int, ...] = (32, 64, 128)
    kernel_px: int = 3
    lstm_units: int = 128
    dense_units: int = 512
    classes: int = len(CLASSES)
    # "zeros" where trained weights follow: TensorFlow keeps 90 MB of what it drew at random for the CNN.
    initializer: str = "glorot_uniform"


def paper_cnn(config: PaperConfig | None = None) -> keras.Model:
    """Build the article's CNN, untrained: 19,035,716 parameters."""
    import keras
    from keras import layers

    config = config or PaperConfig()
    picture = keras.Input(config.input_shape, name="lead_image")
    x = _convolutions(picture, config)
    x = layers.Flatten()(x)
    x = layers.Dense(config.dense_units, activation="relu", kernel_initializer=config.initializer)(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(picture, layers.Dense(config.classes, activation="softmax")(x), name="paper_cnn")


def paper_cnn_lstm(config: PaperConfig | None = None) -> keras.Model:
    """Build the article's CNN-LSTM, untrained: 1,473,092 parameters.

    The rows of the last feature map, flattened, are the steps of the first LSTM.
    """
    import keras
    from keras import layers

    config = config or PaperConfig()
    picture = keras.Input(config.input_shape, name="lead_image")
    x = _convolutions(picture, config)
    x = layers.TimeDistributed(layers.Flatten())(x)
    x = layers.LSTM(config.lstm_units, return_sequences=True)(x)
    x = layers.Dropout(0.3)(x)
    x = layers.LSTM(config.lstm_units)(x)
    x = layers.Dense(config.dense_units, activation="relu", kernel_initializer=config.initializer)(x)
    x = layers.Dropout(0.4)(x)
    return keras.Model(picture, layers.Dense(config.classes, activation="softmax")(x), name="paper_cnn_lstm")


def _convolutions(x: keras.KerasTensor, config: PaperConfig) -> keras.KerasTensor:
    """Three pairs of convolution and pooling, without padding, as the article has them."""
    from keras import layers

    for filters in config.filters:
        x = layers.Conv2D(filters, config.kernel_px, activation="relu", kernel_initializer=config.initializer)(x)
        x = layers.MaxPooling2D()(x)
    return x
