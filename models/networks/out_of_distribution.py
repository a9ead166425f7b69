"""The distance of a report from the training set, in a network's own feature maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks.traces import MAPS, WHITENED

if TYPE_CHECKING:
    import keras

# Principal directions of the training set that the distance is measured in.
DIRECTIONS = 24
# The share of held-out reports that lies beyond the limit, by definition of the limit.
FALSE_ALARMS = 0.01


@dataclass(frozen=True)
class Whitening:
    """A linear map to values of mean 0 and variance 1 over the training set.

    Attributes
    ----------
    weights : ndarray, shape (statistics, directions)
    bias : ndarray, shape (directions,)
    """

    weights: np.ndarray
    bias: np.ndarray

    def distance(self, values: np.ndarray) -> np.ndarray:
        """Return the mean squared whitened value, shape (n,): about 1 for reports like the training set."""
        return np.asarray(((values @ self.weights + self.bias) ** 2).mean(axis=1))


def whitening_of(values: np.ndarray) -> Whitening:
    """Fit a whitening to the statistics of the training set, shape (n, statistics).

    Examples
    --------
    >>> values = np.random.default_rng(0).normal(5, 2, (200, 30))
    >>> float(whitening_of(values).distance(values).mean().round(2))
    1.0
    """
    middle = values.mean(axis=0)
    _, spread, directions = np.linalg.svd(values - middle, full_matrices=False)
    # A direction in which the training set hardly varies is not scaled up without bound.
    deviations = np.maximum(spread[:DIRECTIONS] / np.sqrt(len(values)), 0.1 * spread[0] / np.sqrt(len(values)))
    weights = directions[:DIRECTIONS].T / deviations
    return Whitening(weights, -middle @ weights)


def limit_of(distances: np.ndarray) -> float:
    """Return the distance that the share `FALSE_ALARMS` of held-out reports exceeds."""
    return float(np.quantile(distances, 1 - FALSE_ALARMS))


def statistics(member: keras.Model) -> keras.KerasTensor:
    """Return a network's last feature maps pooled over all rows: mean and mean peak of each channel.

    The features before the logits will not do alone: the network learns to ignore noise and flat lines, so there they
    lie among the reports. The maps still show them.
    """
    from keras import layers

    maps = member.get_layer(MAPS).output
    _, rows, steps, channels = maps.shape
    peaks = layers.Reshape((rows, channels), name="row_peaks")(layers.MaxPooling2D((1, steps), name="peaks")(maps))
    pooled = [
        layers.GlobalAveragePooling2D(name="mean_seen")(maps),
        layers.GlobalAveragePooling1D(name="peak_seen")(peaks),
    ]
    return layers.Concatenate(name="statistics")(pooled)


def with_distance(
    member: keras.Model, pooled: keras.KerasTensor, of_maps: Whitening, of_features: Whitening
) -> keras.Model:
    """Add the distance to a network's outputs: the mean of the distances of its `statistics` and of its features."""
    import keras
    from keras import layers

    parts = []
    for name, tensor, whitening in (("maps", pooled, of_maps), ("features", member.output["features"], of_features)):
        whiten = layers.Dense(DIRECTIONS, name=f"{WHITENED}_{name}")
        parts.append(whiten(tensor))
        whiten.set_weights([whitening.weights, whitening.bias])
    z = layers.Concatenate(name=WHITENED)(parts)
    squared = layers.Reshape((2 * DIRECTIONS, 1), name="squared")(layers.Multiply(name="square")([z, z]))
    outputs = {"report": member.output["report"], "leads": member.output["leads"]}
    return keras.Model(member.input, {**outputs, "distance": layers.GlobalAveragePooling1D(name="distance")(squared)})
