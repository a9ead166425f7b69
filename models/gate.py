"""How far a report lies from what a network was taught on, measured in the network's own features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

# Directions of the features that are looked at: those in which taught reports differ most.
DIRECTIONS = 24
# The share of reports like those taught on that may be called strange.
FALSE_ALARMS = 0.01


@dataclass(frozen=True)
class Whitening:
    """Turns features into numbers that have mean 0 and variance 1 over the reports taught on.

    Attributes
    ----------
    weights : ndarray, shape (features, directions)
    bias : ndarray, shape (directions,)
    """

    weights: np.ndarray
    bias: np.ndarray

    def distance(self, features: np.ndarray) -> np.ndarray:
        """Return the mean squared whitened feature, shape (n,): about 1 for reports like those taught on."""
        return ((features @ self.weights + self.bias) ** 2).mean(axis=1)


def whitening_of(features: np.ndarray) -> Whitening:
    """Learn a whitening from the features of reports taught on, shape (n, features)."""
    middle = features.mean(axis=0)
    _, spread, directions = np.linalg.svd(features - middle, full_matrices=False)
    # What hardly varies among those taught on is not divided by nothing.
    deviations = np.maximum(spread[:DIRECTIONS] / np.sqrt(len(features)), 0.1 * spread[0] / np.sqrt(len(features)))
    weights = directions[:DIRECTIONS].T / deviations
    return Whitening(weights, -middle @ weights)


def limit_of(distances: np.ndarray) -> float:
    """Return the distance that only `FALSE_ALARMS` of the reports not taught on exceed."""
    return float(np.quantile(distances, 1 - FALSE_ALARMS))


def with_distance(member: keras.Model, whitening: Whitening) -> keras.Model:
    """Give a network, as an output beside its scores, the distance instead of its features."""
    import keras
    from keras import layers

    whiten = layers.Dense(DIRECTIONS, name="whitened")
    z = whiten(member.output["features"])
    whiten.set_weights([whitening.weights, whitening.bias])
    squared = layers.Reshape((DIRECTIONS, 1), name="squared")(layers.Multiply(name="square")([z, z]))
    outputs = {"report": member.output["report"], "leads": member.output["leads"]}
    return keras.Model(member.input, {**outputs, "distance": layers.GlobalAveragePooling1D(name="distance")(squared)})
