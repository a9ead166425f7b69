"""What a trained network makes of one report on its way from rows to probabilities, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks import FEATURES, MAPS, ROW_NAMES, members_of
from models.serving import Classifier

if TYPE_CHECKING:
    import keras

# One member is enough to see what its kind does; the five differ only in the reports that they were taught on.
MEMBER = 0


@dataclass(frozen=True, eq=False)
class Activations:
    """The real answers of one member of a committee to one report; all arrays are float32.

    Attributes
    ----------
    members : int
        How many members the committee has.
    patterns : ndarray, shape (9, 2, 32)
        What the first convolution lays along the rows: samples, then millivolts and whether read.
    first : ndarray, shape (16, 125, 32)
        How well each pattern fits, every 20 ms, after what is below 0 was cut off.
    blocks : tuple of ndarray
        What each residual block gives on: (16, 63, 32), (16, 32, 64) and (16, 16, 64).
    maps : ndarray, shape (16, 16, 64)
        What the last convolutions see, a step of 160 ms a column.
    along_time : ndarray or None, shape (16, 16, 64)
        What the LSTM along time says at each step, forwards in the first half of the channels; None in the CNN.
    across_rows : ndarray or None, shape (96,)
        The last memory of the LSTM across the rows; None in the CNN.
    by_row : ndarray, shape (16, 32)
        What is left of each row.
    features : ndarray, shape (96,)
        What the scores are made of.
    temperature : float
        The card's.
    logits : ndarray, shape (4,)
        The report's, before temperature and softmax.
    heard : ndarray, shape (16, 4)
        Each row's numbers times the slope of each class's score along them.
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
    """Ask one member of a network what each of its layers answers.

    Parameters
    ----------
    classifier : Classifier
        A committee.
    rows : ndarray, shape (16, 250, 2), float32
        One report, as `lead_rows` gives it.
    """
    import keras
    import tensorflow as tf

    members = members_of(classifier.network)
    member = members[MEMBER]
    stem = next(layer for layer in member.layers if isinstance(layer, keras.layers.Conv2D))
    memories = _of_kind(member, keras.layers.Bidirectional)
    outputs = {
        "first": _of_kind(member, keras.layers.Activation)[0].output,
        **{f"block_{n}": layer.output for n, layer in enumerate(_of_kind(member, keras.layers.Add))},
        "maps": member.get_layer(MAPS).output,
        **{f"memory_{n}": layer.output for n, layer in enumerate(memories)},
        "by_row": _row_features(member).output,
        "features": member.get_layer(FEATURES).output,
        "report": member.output["report"],
    }
    parts = keras.Model(member.input, outputs)
    with tf.GradientTape(persistent=True) as tape:
        said = parts(tf.convert_to_tensor(rows[None], dtype="float32"), training=False)
        scores = [said["report"][0, place] for place in range(said["report"].shape[1])]
    slopes = [tape.gradient(score, said["by_row"])[0].numpy() for score in scores]
    taken = {name: tensor.numpy() for name, tensor in said.items()}
    by_row = taken["by_row"][0]
    return Activations(
        members=len(members),
        patterns=stem.kernel.numpy()[0],
        first=taken["first"][0],
        blocks=tuple(taken[f"block_{n}"][0] for n in range(3)),
        maps=taken["maps"][0],
        # Rows go through the first LSTM as reports of their own.
        along_time=taken["memory_0"] if memories else None,
        across_rows=taken["memory_1"][0] if memories else None,
        by_row=by_row,
        features=taken["features"][0],
        temperature=classifier.card.temperature,
        logits=taken["report"][0],
        contributions=np.stack([(slope * by_row).sum(axis=1) for slope in slopes], axis=1),
    )


def _of_kind(member: keras.Model, kind: type[keras.Layer]) -> list[keras.Layer]:
    """Return a network's layers of one kind, in their order: the files keep no names that tell them apart."""
    return [layer for layer in member.layers if type(layer) is kind]


def _row_features(member: keras.Model) -> keras.Layer:
    """Return the layer that leaves each row its few numbers: the last ReLU over rows that have no time any more."""
    import keras

    found = [
        layer
        for layer in _of_kind(member, keras.layers.Activation)
        if len(layer.output.shape) == 3 and layer.output.shape[1] == len(ROW_NAMES)
    ]
    return found[-1]
