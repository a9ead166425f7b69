"""The two networks that ship, top to bottom: rows of leads in, logits of the report and of each lead out.

Both apply the same residual convolutions along time to every row. One layer then has weights for each lead, because a
Q wave in lead III does not mean what it means in aVR. `trace_cnn` pools over time and sees all rows at once;
`trace_cnn_lstm` runs one LSTM along time within a row and another across the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.classes import CLASSES
from models.networks.input_rows import QUARTERS, ROW_NAMES, ROWS_SHAPE
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras

# Layers that explanations and the distance find by name.
MAPS, FEATURES = "maps", "features"
# How the layers begin that measure the distance from the training set.
WHITENED = "whitened"


@dataclass(frozen=True)
class LeadConfig:
    """Sizes of the networks over lead rows."""

    rows_shape: tuple[int, int, int] = ROWS_SHAPE
    stem_samples: int = 9
    width: int = 32
    row_features: int = 32
    report_features: int = 96
    lstm_units: int = 48
    map_dropout: float = 0.1
    dropout: float = 0.3
    # Few steps and small batches: with Keras' 0.99 running means had not caught up after 250 steps (models/LOG.md).
    momentum: float = 0.9
    classes: int = len(CLASSES)


def trace_cnn(config: LeadConfig | None = None) -> keras.Model:
    """Build the CNN over traces, untrained.

    Outputs by name: ``report``, logits of the classes, (batch, 4); ``leads``, logits of each of the twelve leads and
    the strip alone, (batch, 13, 4); ``features``, from which the report's logits are computed.
    """
    import keras
    from keras import layers

    config = config or LeadConfig()
    rows = keras.Input(config.rows_shape, name="rows")
    maps = row_maps(rows, config)
    pooled = [pooled_over_time(maps, layers.AveragePooling2D), pooled_over_time(maps, layers.MaxPooling2D)]
    x = row_features(layers.Concatenate()(pooled), config)
    return with_heads("trace_cnn", rows, x, layers.Flatten()(x), config)


def trace_cnn_lstm(config: LeadConfig | None = None) -> keras.Model:
    """Build the CNN-LSTM over traces, untrained; its outputs are those of `trace_cnn`."""
    import keras
    from keras import layers, ops

    config = config or LeadConfig()
    rows = keras.Input(config.rows_shape, name="rows")
    maps = row_maps(rows, config)
    # Rows go through as samples of their own: a loop over them takes ten times as long.
    _, lead_rows, steps_n, channels = maps.shape
    one_by_one = ops.reshape(maps, (-1, steps_n, channels))
    along_time = layers.Bidirectional(layers.LSTM(config.width, return_sequences=True))(one_by_one)
    steps = ops.reshape(along_time, (-1, lead_rows, steps_n, 2 * config.width))
    # The maps bypass the LSTM as well: in series the network trained slower (models/LOG.md).
    poolings = (layers.AveragePooling2D, layers.MaxPooling2D)
    pooled = [pooled_over_time(one, pooling) for one in (maps, steps) for pooling in poolings]
    x = row_features(layers.Concatenate()(pooled), config)
    across_rows = layers.Bidirectional(layers.LSTM(config.lstm_units))(x)
    report = layers.Concatenate()([across_rows, layers.Flatten()(x)])
    return with_heads("trace_cnn_lstm", rows, x, report, config)


def row_maps(rows: keras.KerasTensor, config: LeadConfig) -> keras.KerasTensor:
    """Return the feature maps: (batch, rows, 16 steps of 160 ms, 2 width)."""
    from keras import layers

    x = layers.Conv2D(config.width, (1, config.stem_samples), strides=(1, 2), padding="same", use_bias=False)(rows)
    x = layers.Activation("relu")(layers.BatchNormalization(momentum=config.momentum)(x))
    x = _residual(x, config.width, 7, config)
    # All rows share the other convolutions; this layer has weights for each row.
    x = layers.EinsumDense("brtc,rcd->brtd", output_shape=x.shape[1:], bias_axes="rd")(x)
    x = _residual(x, 2 * config.width, 5, config)
    x = _residual(x, 2 * config.width, 5, config)
    return layers.Activation("relu", name=MAPS)(layers.BatchNormalization(momentum=config.momentum)(x))


def _residual(x: keras.KerasTensor, filters: int, samples: int, config: LeadConfig) -> keras.KerasTensor:
    """Two convolutions along time with a residual connection; halves the steps."""
    from keras import layers

    past = layers.AveragePooling2D((1, 2), padding="same")(x)
    if past.shape[-1] != filters:
        past = layers.Conv2D(filters, 1, use_bias=False)(past)
    for strides in ((1, 2), (1, 1)):
        x = layers.Activation("relu")(layers.BatchNormalization(momentum=config.momentum)(x))
        if strides == (1, 1):
            x = layers.SpatialDropout2D(config.map_dropout)(x)
        x = layers.Conv2D(filters, (1, samples), strides=strides, padding="same", use_bias=False)(x)
    return layers.Add()([x, past])


def pooled_over_time(maps: keras.KerasTensor, pooling: type[keras.Layer]) -> keras.KerasTensor:
    """Pool over all of time: (batch, rows, channels)."""
    from keras import layers

    return layers.Reshape((maps.shape[1], maps.shape[3]))(pooling((1, maps.shape[2]))(maps))


def row_features(pooled: keras.KerasTensor, config: LeadConfig) -> keras.KerasTensor:
    from keras import layers

    x = layers.Dropout(config.dropout)(pooled)
    shape = (pooled.shape[1], config.row_features)
    x = layers.EinsumDense("brc,rcd->brd", output_shape=shape, bias_axes="rd")(x)
    return layers.Activation("relu")(layers.LayerNormalization()(x))


def with_heads(
    name: str,
    inputs: keras.KerasTensor | dict[str, keras.KerasTensor],
    x: keras.KerasTensor,
    report: keras.KerasTensor,
    config: LeadConfig,
) -> keras.Model:
    """Add the heads: the report from all rows together, each lead from its own row."""
    import keras
    from keras import layers

    report = layers.Dropout(config.dropout)(report)
    features = layers.Dense(config.report_features, activation="relu", name=FEATURES)(report)
    logits = layers.Dense(config.classes, name="report")(layers.Dropout(config.dropout)(features))
    shape = (len(ROW_NAMES), config.classes)
    by_row = layers.EinsumDense("brc,rcd->brd", output_shape=shape, bias_axes="rd", name="row_scores")(x)
    strip = layers.GlobalAveragePooling1D()(layers.Cropping1D((len(LEADS), 0))(by_row))
    parts = [layers.Cropping1D((0, QUARTERS))(by_row), layers.Reshape((1, config.classes))(strip)]
    leads = layers.Concatenate(axis=1, name="leads")(parts)
    return keras.Model(inputs, {"report": logits, "leads": leads, "features": features}, name=name)


def member_ensemble(name: str, members: list[keras.Model]) -> keras.Model:
    """Build the ensemble of networks of one form; each of its outputs is the mean of theirs."""
    import keras
    from keras import layers

    taken = members[0].input
    # Networks over pictures take their features by name.
    inputs: Any = (
        {part: keras.Input(tensor.shape[1:], name=part) for part, tensor in taken.items()}
        if isinstance(taken, dict)
        else keras.Input(taken.shape[1:], name="rows")
    )
    for number, member in enumerate(members):
        member.name = f"{name}_{number}"
    found = [member(inputs) for member in members]
    outputs = {part: layers.Average(name=part)([one[part] for one in found]) for part in found[0]}
    return keras.Model(inputs, outputs, name=name)


def members_of(network: keras.Model) -> list[keras.Model]:
    """Return the members of an ensemble, which differ in their weights alone."""
    import keras

    return [layer for layer in network.layers if isinstance(layer, keras.Model)]


def values_of(network: keras.Model) -> tuple[list[Any], list[Any]]:
    """Return a network's weights and its other variables as tensors, as `keras.Model.stateless_call` takes them."""
    return [one.value for one in network.trainable_variables], [one.value for one in network.non_trainable_variables]
