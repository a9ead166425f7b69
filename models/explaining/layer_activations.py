"""The activations of a trained network on one report, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks import FEATURES, MAPS, ROW_NAMES, members_of
from models.serving import Classifier

if TYPE_CHECKING:
    import keras

# The member shown; the five differ only in the folds that they were trained on.
MEMBER = 0


@dataclass(frozen=True, eq=False)
class Activations:
    """The activations of one member of an ensemble on one report; all arrays are float32.

    Attributes
    ----------
    members : int
        Number of members of the ensemble.
    patterns : ndarray, shape (9, 2, 32)
        Kernels of the first convolution: samples; millivolts and whether read; filters.
    first : ndarray, shape (16, 125, 32)
        Output of the first convolution after ReLU, every 20 ms.
    blocks : tuple of ndarray
        Output of each residual block: (16, 63, 32), (16, 32, 64) and (16, 16, 64).
    maps : ndarray, shape (16, 16, 64)
        The last feature maps, one column per 160 ms.
    along_time : ndarray or None, shape (16, 16, 64)
        Output of the LSTM along time, forwards in the first half of the channels; None in the CNN.
    across_rows : ndarray or None, shape (96,)
        Last state of the LSTM across the rows; None in the CNN.
    by_row : ndarray, shape (16, 32)
        Features of each row.
    features : ndarray, shape (96,)
        Features of the report, from which the logits are computed.
    temperature : float
        The card's.
    logits : ndarray, shape (4,)
        The report's, before temperature and softmax.
    heard : ndarray, shape (16, 4)
        Contribution of each row to each class's logit: its features times the logit's gradient.
    """

    members: int
    patterns: np.ndarray
    first: np.ndarray
    blocks: tuple[np.ndarray, ...]
    maps: np.ndarray
    along_time: np.ndarray | None
    across_rows: np.ndarray | None
    by_row: np.ndarray
    features: np.ndarray
    temperature: float
    logits: np.ndarray
    contributions: np.ndarray


def activations(classifier: Classifier, rows: np.ndarray) -> Activations:
    """Return the activations of one member of a network.

    Parameters
    ----------
    classifier : Classifier
        Of an ensemble.
    rows : ndarray, shape (16, 250, 2), float32
        One report, as `lead_rows` gives it.
    """
    import keras
    import tensorflow as tf

    members = members_of(classifier.network)
    member = members[MEMBER]
    stem = next(layer for layer in member.layers if isinstance(layer, keras.layers.Conv2D))
    lstms = _of_kind(member, keras.layers.Bidirectional)
    tensors = {
        "first": _of_kind(member, keras.layers.Activation)[0].output,
        **{f"block_{n}": layer.output for n, layer in enumerate(_of_kind(member, keras.layers.Add))},
        "maps": member.get_layer(MAPS).output,
        **{f"lstm_{n}": layer.output for n, layer in enumerate(lstms)},
        "by_row": _row_features(member).output,
        "features": member.get_layer(FEATURES).output,
        "report": member.output["report"],
    }
    parts = keras.Model(member.input, tensors)
    with tf.GradientTape(persistent=True) as tape:
        outputs = parts(tf.convert_to_tensor(rows[None], dtype="float32"), training=False)
        logits = [outputs["report"][0, place] for place in range(outputs["report"].shape[1])]
    gradients = [tape.gradient(logit, outputs["by_row"])[0].numpy() for logit in logits]
    values = {name: tensor.numpy() for name, tensor in outputs.items()}
    by_row = values["by_row"][0]
    return Activations(
        members=len(members),
        patterns=stem.kernel.numpy()[0],
        first=values["first"][0],
        blocks=tuple(values[f"block_{n}"][0] for n in range(3)),
        maps=values["maps"][0],
        # Rows go through the first LSTM as samples of their own.
        along_time=values["lstm_0"] if lstms else None,
        across_rows=values["lstm_1"][0] if lstms else None,
        by_row=by_row,
        features=values["features"][0],
        temperature=classifier.card.temperature,
        logits=values["report"][0],
        contributions=np.stack([(gradient * by_row).sum(axis=1) for gradient in gradients], axis=1),
    )


def _of_kind(member: keras.Model, kind: type[keras.Layer]) -> list[keras.Layer]:
    """Return a network's layers of one kind, in their order; their names in the files do not tell them apart."""
    return [layer for layer in member.layers if type(layer) is kind]


def _row_features(member: keras.Model) -> keras.Layer:
    """Return the layer of the rows' features: the last ReLU over rows that have no time axis any more."""
    import keras

    found = [
        layer
        for layer in _of_kind(member, keras.layers.Activation)
        if len(layer.output.shape) == 3 and layer.output.shape[1] == len(ROW_NAMES)
    ]
    return found[-1]
