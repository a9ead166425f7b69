"""Saliency of a prediction: Grad-CAM along each lead, occlusion of short parts, and prediction without each lead.

They show what the prediction depends on, not why the heart does what it does.
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

# Length of an occluded part, 250 ms: about a QRS complex with its ST segment.
OCCLUDED_SAMPLES = 25
# While one thread traces the graph, others wait for it.
_TRACING = Lock()


def grad_cam(network: keras.Model, rows: np.ndarray) -> np.ndarray:
    """Return the Grad-CAM maps of each class (Selvaraju et al. 2017), from the last feature maps.

    Parameters
    ----------
    network : keras.Model
        An ensemble, as `Classifier.network` holds it.
    rows : ndarray, shape (16, 250, 2), float32
        One report.

    Returns
    -------
    ndarray, shape (4, 16, 250), float32
        0 to 1, the mean over the members; 0 throughout where no map raises the logit of a class.
    """
    summed = np.sum([_interpolated(maps) for maps in _members_maps(network)(rows)], axis=0)
    highest = summed.max(axis=(1, 2), keepdims=True)
    return np.asarray(np.divide(summed, highest, out=np.zeros_like(summed), where=highest > 0))


def occlusion(classifier: Classifier, rows: np.ndarray) -> np.ndarray:
    """Return the drop in probability of each class when 250 ms of a row are occluded.

    Returns
    -------
    ndarray, shape (4, 16, 10), float32
        The drop for each part of 250 ms; negative where the probability rises. 0 where nothing is printed.
    """
    parts_n = ROW_SAMPLES // OCCLUDED_SAMPLES
    read = rows[..., 1].reshape(len(rows), parts_n, OCCLUDED_SAMPLES).any(axis=2)
    places = np.argwhere(read)
    occluded = np.repeat(rows[None], len(places), axis=0)
    for one, (row, part) in zip(occluded, places, strict=True):
        one[row, part * OCCLUDED_SAMPLES : (part + 1) * OCCLUDED_SAMPLES] = 0
    drops = np.zeros((len(CLASSES), *read.shape), np.float32)
    whole = classifier(rows[None]).report[0]
    drops[:, read] = (whole - classifier(occluded).report).T
    return drops


def without_each_lead(classifier: Classifier, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return each class's probability, shape (4,), without one lead or without the strip."""
    without = np.repeat(rows[None], len(LEAD_NAMES), axis=0)
    for row in range(len(LEAD_NAMES)):
        without[row, row if row < len(LEADS) else slice(row, None)] = 0
    return dict(zip(LEAD_NAMES, classifier(without).report, strict=True))


@lru_cache(maxsize=4)
def _members_maps(network: keras.Model) -> Callable[[np.ndarray], list[np.ndarray]]:
    """Return a function from one report to each member's maps, (4, 16, steps) each.

    The members differ in their weights alone, so one graph serves all: tracing it takes seconds, running it
    hundredths.
    """
    import keras
    import tensorflow as tf

    parts = [
        keras.Model(member.input, [member.get_layer(MAPS).output, member.output["report"]])
        for member in members_of(network)
    ]

    def maps_of(weights: Any, states: Any, batch: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(batch)
            (maps, logits), _ = parts[0].stateless_call(weights, states, batch, training=False)
            of_class = [logits[0, label] for label in range(len(CLASSES))]
        # A channel is weighted, in each row, by its mean gradient there.
        weightings = [tf.reduce_mean(tape.gradient(logit, maps), axis=2, keepdims=True) for logit in of_class]
        return tf.stack([tf.nn.relu(tf.reduce_sum(one * maps, axis=-1))[0] for one in weightings])

    traced = tf.function(maps_of)

    def of_members(rows: np.ndarray) -> list[np.ndarray]:
        batch = tf.convert_to_tensor(rows[None], dtype="float32")
        with _TRACING:
            return [traced(*values_of(one), batch).numpy() for one in parts]

    return of_members


def _interpolated(maps: np.ndarray) -> np.ndarray:
    """Interpolate maps, (classes, rows, steps), linearly from their steps to the samples of a row."""
    steps = maps.shape[-1]
    middles = (np.arange(steps) + 0.5) * ROW_SAMPLES / steps - 0.5
    samples = np.arange(ROW_SAMPLES)
    return np.apply_along_axis(lambda row: np.interp(samples, middles, row), -1, maps).astype(np.float32)
