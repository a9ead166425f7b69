"""Where a network's answer is sensitive: maps along each lead, and what changes when a part is hidden.

None of it says why the heart does what it does; it says what the score depends on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from models.classifier import Classifier
from models.lead_rows import LEAD_NAMES, LEADS, ROW_SAMPLES, ROWS_SHAPE
from models.networks import MAPS

if TYPE_CHECKING:
    import keras

# How long a stretch is hidden at a time: about as long as a QRS complex with its ST segment.
HIDDEN_SAMPLES = 25


def grad_cam(network: keras.Model, rows: np.ndarray, label: int) -> np.ndarray:
    """Return where what the last convolutions saw speaks for a class.

    Parameters
    ----------
    network : keras.Model
        A committee, as `Classifier.network` holds it.
    rows : ndarray, shape (16, 250, 2), float32
        One report.
    label : int
        Place of the class.

    Returns
    -------
    ndarray, shape (16, 250), float32
        0 to 1, the mean of the members' maps; 0 throughout where nothing speaks for the class.
    """
    import keras
    import tensorflow as tf

    batch = tf.convert_to_tensor(rows[None], dtype="float32")
    summed = np.zeros(ROWS_SHAPE[:2], np.float32)
    for member in (layer for layer in network.layers if isinstance(layer, keras.Model)):
        parts = keras.Model(member.input, [member.get_layer(MAPS).output, member.output["report"]])
        with tf.GradientTape() as tape:
            maps, scores = parts(batch, training=False)
            score = scores[0, label]
        # A channel counts, in each row, by its mean slope there.
        weights = tf.reduce_mean(tape.gradient(score, maps), axis=2, keepdims=True)
        seen = tf.nn.relu(tf.reduce_sum(weights * maps, axis=-1))[0].numpy()
        summed += _stretched(seen)
    highest = summed.max()
    return summed / highest if highest > 0 else summed


def occlusion(classifier: Classifier, rows: np.ndarray, label: int) -> np.ndarray:
    """Return by how much the class loses probability when a quarter of a second of a row is hidden.

    Returns
    -------
    ndarray, shape (16, 10), float32
        The loss for each stretch of 250 ms; below 0 where the class gains. 0 where nothing is printed.
    """
    stretches = ROW_SAMPLES // HIDDEN_SAMPLES
    read = rows[..., 1].reshape(len(rows), stretches, HIDDEN_SAMPLES).any(axis=2)
    places = np.argwhere(read)
    hidden = np.repeat(rows[None], len(places), axis=0)
    for one, (row, stretch) in zip(hidden, places, strict=True):
        one[row, stretch * HIDDEN_SAMPLES : (stretch + 1) * HIDDEN_SAMPLES] = 0
    losses = np.zeros(read.shape, np.float32)
    whole = classifier(rows[None]).report[0, label]
    losses[read] = whole - classifier(hidden).report[:, label]
    return losses


def without_each_lead(classifier: Classifier, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return each class's probability, shape (4,), when one lead, or the strip, is left out."""
    hidden = np.repeat(rows[None], len(LEAD_NAMES), axis=0)
    for row in range(len(LEAD_NAMES)):
        hidden[row, row if row < len(LEADS) else slice(row, None)] = 0
    return dict(zip(LEAD_NAMES, classifier(hidden).report, strict=True))


def _stretched(seen: np.ndarray) -> np.ndarray:
    """Carry a map from its steps to the samples under them, straight lines between."""
    steps = seen.shape[1]
    middles = (np.arange(steps) + 0.5) * ROW_SAMPLES / steps - 0.5
    samples = np.arange(ROW_SAMPLES)
    return np.stack([np.interp(samples, middles, row) for row in seen]).astype(np.float32)
