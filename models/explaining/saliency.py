"""Where a network's answer is sensitive: maps along each lead, and what changes when a part is hidden.

None of it says why the heart does what it does; it says what the score depends on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from models.classes import CLASSES
from models.networks import LEAD_NAMES, MAPS, ROW_SAMPLES, members_of, values_of
from models.serving import Classifier
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras

# How long a stretch is hidden at a time: about as long as a QRS complex with its ST segment.
OCCLUDED_SAMPLES = 25
# While one thread draws the graph up, others wait for it.
_ONE_AT_A_TIME = Lock()


def grad_cam(network: keras.Model, rows: np.ndarray) -> np.ndarray:
    """Return where what the last convolutions saw speaks for each class.

    Parameters
    ----------
    network : keras.Model
        A committee, as `Classifier.network` holds it.
    rows : ndarray, shape (16, 250, 2), float32
        One report.

    Returns
    -------
    ndarray, shape (4, 16, 250), float32
        0 to 1, the mean of the members' maps; 0 throughout where nothing speaks for a class.
    """
    summed = np.sum([_stretched(seen) for seen in _members_maps(network)(rows)], axis=0)
    highest = summed.max(axis=(1, 2), keepdims=True)
    return np.divide(summed, highest, out=np.zeros_like(summed), where=highest > 0)


def occlusion(classifier: Classifier, rows: np.ndarray) -> np.ndarray:
    """Return by how much each class loses probability when a quarter of a second of a row is hidden.

    Returns
    -------
    ndarray, shape (4, 16, 10), float32
        The loss for each stretch of 250 ms; below 0 where the class gains. 0 where nothing is printed.
    """
    stretches = ROW_SAMPLES // OCCLUDED_SAMPLES
    read = rows[..., 1].reshape(len(rows), stretches, OCCLUDED_SAMPLES).any(axis=2)
    places = np.argwhere(read)
    hidden = np.repeat(rows[None], len(places), axis=0)
    for one, (row, stretch) in zip(hidden, places, strict=True):
        one[row, stretch * OCCLUDED_SAMPLES : (stretch + 1) * OCCLUDED_SAMPLES] = 0
    losses = np.zeros((len(CLASSES), *read.shape), np.float32)
    whole = classifier(rows[None]).report[0]
    losses[:, read] = (whole - classifier(hidden).report).T
    return losses


def without_each_lead(classifier: Classifier, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return each class's probability, shape (4,), when one lead, or the strip, is left out."""
    hidden = np.repeat(rows[None], len(LEAD_NAMES), axis=0)
    for row in range(len(LEAD_NAMES)):
        hidden[row, row if row < len(LEADS) else slice(row, None)] = 0
    return dict(zip(LEAD_NAMES, classifier(hidden).report, strict=True))


@lru_cache(maxsize=4)
def _members_maps(network: keras.Model) -> Callable[[np.ndarray], list[np.ndarray]]:
    """Return a function from one report to each member's maps, (4, 16, steps) each.

    The members differ in their weights alone, so one graph serves all: drawing it up takes seconds, running it a
    hundredth of one.
    """
    import keras
    import tensorflow as tf

    parts = [
        keras.Model(member.input, [member.get_layer(MAPS).output, member.output["report"]])
        for member in members_of(network)
    ]

    @tf.function
    def seen(weights: Any, statistics: Any, batch: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(batch)
            (maps, scores), _ = parts[0].stateless_call(weights, statistics, batch, training=False)
            of_class = [scores[0, label] for label in range(len(CLASSES))]
        # A channel counts, in each row, by its mean slope there.
        slopes = [tf.reduce_mean(tape.gradient(score, maps), axis=2, keepdims=True) for score in of_class]
        return tf.stack([tf.nn.relu(tf.reduce_sum(slope * maps, axis=-1))[0] for slope in slopes])

    def of_members(rows: np.ndarray) -> list[np.ndarray]:
        batch = tf.convert_to_tensor(rows[None], dtype="float32")
        with _ONE_AT_A_TIME:
            return [seen(*values_of(one), batch).numpy() for one in parts]

    return of_members


def _stretched(seen: np.ndarray) -> np.ndarray:
    """Carry maps, (classes, rows, steps), from their steps to the samples under them, straight lines between."""
    steps = seen.shape[-1]
    middles = (np.arange(steps) + 0.5) * ROW_SAMPLES / steps - 0.5
    samples = np.arange(ROW_SAMPLES)
    return np.apply_along_axis(lambda row: np.interp(samples, middles, row), -1, seen).astype(np.float32)
