"""The two networks over pictures, from the features of the backbone and the outline of the ink to logits.

Both are the networks over traces, laid over the outline of each picture's ink, with what the backbone sees of the
picture beside it. `cnn` pools over time and sees all rows at once; `cnn_lstm` runs one LSTM along time, over outline
and feature maps together, and another across the rows. They start from the weights of the networks over traces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks.picture_features import COLUMNS_SHAPE, OUTLINE_SHAPE, POOLED_SHAPE
from models.networks.traces import (
    FEATURES,
    WHITENED,
    LeadConfig,
    pooled_over_time,
    row_features,
    row_maps,
    with_heads,
)

if TYPE_CHECKING:
    import keras

# Layers that the networks over traces lack have names with this beginning.
OWN = "picture"
HEADS = (FEATURES, "report", "row_scores")


@dataclass(frozen=True)
class PictureConfig:
    """Sizes of what the networks over pictures add to those over traces."""

    columns_width: int = 32
    pooled_width: int = 32
    # The backbone's features are many and the reports few.
    dropout: float = 0.3


def cnn(config: PictureConfig | None = None) -> keras.Model:
    """Build the CNN over pictures, untrained.

    Inputs are the parts of `PictureFeatures`; outputs are those of the networks over traces.
    """
    from keras import layers

    config, lead = config or PictureConfig(), LeadConfig()
    inputs, maps, columns, pooled = _inputs(config, lead)
    poolings = (layers.AveragePooling2D, layers.MaxPooling2D)
    # First what the network over traces has, in its order: its weights fit there.
    parts = [pooled_over_time(one, pooling) for one in (maps, columns) for pooling in poolings]
    x = row_features(layers.Concatenate()([*parts, pooled]), lead)
    return with_heads("cnn", inputs, x, layers.Flatten()(x), lead)


def cnn_lstm(config: PictureConfig | None = None) -> keras.Model:
    """Build the CNN-LSTM over pictures, untrained; its inputs and outputs are those of `cnn`."""
    from keras import layers, ops

    config, lead = config or PictureConfig(), LeadConfig()
    inputs, maps, columns, pooled = _inputs(config, lead)
    both = layers.Concatenate()([maps, columns])
    _, rows, steps_n, channels = both.shape
    one_by_one = ops.reshape(both, (-1, steps_n, channels))
    along_time = layers.Bidirectional(layers.LSTM(lead.width, return_sequences=True))(one_by_one)
    steps = ops.reshape(along_time, (-1, rows, steps_n, 2 * lead.width))
    poolings = (layers.AveragePooling2D, layers.MaxPooling2D)
    parts = [pooled_over_time(one, pooling) for one in (maps, steps, columns) for pooling in poolings]
    x = row_features(layers.Concatenate()([*parts, pooled]), lead)
    across_rows = layers.Bidirectional(layers.LSTM(lead.lstm_units))(x)
    report = layers.Concatenate()([across_rows, layers.Flatten()(x)])
    return with_heads("cnn_lstm", inputs, x, report, lead)


def _inputs(
    config: PictureConfig, lead: LeadConfig
) -> tuple[dict[str, keras.KerasTensor], keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
    """Return the inputs, and maps of the outline, of the backbone's columns, and of its pooled features."""
    import keras
    from keras import layers

    outline = keras.Input(OUTLINE_SHAPE, name="outline")
    columns = keras.Input(COLUMNS_SHAPE, name="columns")
    pooled = keras.Input(POOLED_SHAPE, name="pooled")
    maps = row_maps(outline, lead)
    beside = []
    for name, tensor, width in (("columns", columns, config.columns_width), ("pooled", pooled, config.pooled_width)):
        x = layers.LayerNormalization(name=f"{OWN}_{name}_norm")(tensor)
        x = layers.Dropout(config.dropout)(x)
        beside.append(layers.Dense(width, activation="relu", name=f"{OWN}_{name}")(x))
    return {"outline": outline, "columns": columns, "pooled": pooled}, maps, beside[0], beside[1]


def start_from(network: keras.Model, traces: keras.Model) -> None:
    """Give a network over pictures the weights of one over traces; what only the pictures have starts near zero.

    Parameters
    ----------
    network : keras.Model
        Changed in place.
    traces : keras.Model
        One member of ``trace_cnn`` for ``cnn``, of ``trace_cnn_lstm`` for ``cnn_lstm``.
    """
    for layer, source in zip(_shared_layers(network), _shared_layers(traces), strict=True):
        pairs = zip(layer.get_weights(), source.get_weights(), strict=True)
        layer.set_weights([_enlarged(mine, known) for mine, known in pairs])


def _shared_layers(network: keras.Model) -> list[keras.Layer]:
    """Return the layers with weights that both kinds of network have, the heads last."""
    known = [layer for layer in network.layers if layer.weights and not layer.name.startswith((OWN, WHITENED))]
    # Keras sorts layers by depth, which is not the same in both for the heads.
    return [*(layer for layer in known if layer.name not in HEADS), *(network.get_layer(name) for name in HEADS)]


def _enlarged(mine: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return weights of a larger shape that begin with the known ones and go on with small random ones."""
    found = 0.1 * mine
    found[tuple(slice(0, size) for size in known.shape)] = known
    return found
