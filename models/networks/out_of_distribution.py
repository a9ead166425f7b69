"""How far a report lies from what a network was taught on, measured in what the network itself sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.networks.traces import MAPS

if TYPE_CHECKING:
    import keras

# Directions of the statistics that are looked at: those in which taught reports differ most.
DIRECTIONS = 24
# The share of reports like those taught on that may be called strange.
FALSE_ALARMS = 0.01


@dataclass(frozen=True)
class Whitening:
    """Turns statistics into numbers that have mean 0 and variance 1 over the reports taught on.

    Attributes
    ----------
    weights : ndarray, shape (statistics, directions)
    bias : ndarray, shape (directions,)
    """

    weights: np.ndarray
    bias: np.ndarray

    def distance(self, seen: np.ndarray) -> np.ndarray:
        """Return the mean squared whitened statistic, shape (n,): about 1 for reports like those taught on."""
        return ((seen @ self.weights + self.bias) ** 2).mean(axis=1)


def whitening_of(seen: np.ndarray) -> Whitening:
    """Learn a whitening from the statistics of reports taught on, shape (n, statistics)."""
    middle = seen.mean(axis=0)
    _, spread, directions = np.linalg.svd(seen - middle, full_matrices=False)
    # What hardly varies among those taught on is not divided by nothing.
    deviations = np.maximum(spread[:DIRECTIONS] / np.sqrt(len(seen)), 0.1 * spread[0] / np.sqrt(len(seen)))
    weights = directions[:DIRECTIONS].T / deviations
    return Whitening(weights, -middle @ weights)


def limit_of(distances: np.ndarray) -> float:
    """Return the distance that only `FALSE_ALARMS` of the reports not taught on exceed."""
    return float(np.quantile(distances, 1 - FALSE_ALARMS))


def statistics(member: keras.Model) -> keras.KerasTensor:
    """Return what a network's last convolutions see in all rows: the mean and the mean peak of each channel.

    What the report's scores are made of will not do alone: noise and flat lines leave it where reports are, as a
    network learns to look past them. The maps still show them.
    """
    from keras import layers

    maps = member.get_layer(MAPS).output
    _, rows, steps, channels = maps.shape
    peaks = layers.Reshape((rows, channels), name="row_peaks")(layers.MaxPooling2D((1, steps), name="peaks")(maps))
    both = [
        layers.GlobalAveragePooling2D(name="mean_seen")(maps),
        layers.GlobalAveragePooling1D(name="peak_seen")(peaks),
    ]
    return layers.Concatenate(name="statistics")(both)


def with_distance(
    member: keras.Model, seen: keras.KerasTensor, of_maps: Whitening, of_features: Whitening
) -> keras.Model:
    """Give a network, beside its scores, the distance as an output: the mean of its `statistics`' and its features'."""
    import keras
    from keras import layers

    parts = []
    for name, tensor, whitening in (("maps", seen, of_maps), ("features", member.output["features"], of_features)):
        whiten = layers.Dense(DIRECTIONS, name=f"whitened_{name}")
        parts.append(whiten(tensor))
        whiten.set_weights([whitening.weights, whitening.bias])
    z = layers.Concatenate(name="whitened")(parts)
    squared = layers.Reshape((2 * DIRECTIONS, 1), name="squared")(layers.Multiply(name="square")([z, z]))
    outputs = {"report": member.output["report"], "leads": member.output["leads"]}
    return keras.Model(member.input, {**outputs, "distance": layers.GlobalAveragePooling1D(name="distance")(squared)})
