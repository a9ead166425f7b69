"""The head of a network: one layer from its features to logits, fitted near the weights that ship."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from models.retraining.config import RETRAIN, RetrainConfig


@dataclass(frozen=True)
class Head:
    """A linear layer.

    Attributes
    ----------
    kernel : ndarray, shape (features, classes)
    bias : ndarray, shape (classes,)
    """

    kernel: np.ndarray
    bias: np.ndarray

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Return the logits of features, shape (n, classes)."""
        return np.asarray(features @ self.kernel + self.bias)


def fit_head(start: Head, features: np.ndarray, labels: np.ndarray, config: RetrainConfig = RETRAIN) -> Head:
    """Fit a head by class-balanced cross-entropy with label smoothing, pulled towards where it starts.

    Parameters
    ----------
    start : Head
    features : ndarray, shape (n, features)
    labels : ndarray of int, shape (n,)

    Notes
    -----
    Each class counts alike, as when the networks were trained. The loss is convex: no seed.
    """
    classes = len(start.bias)
    counts = np.bincount(labels, minlength=classes)
    weights = 1 / (np.maximum(counts, 1) * np.count_nonzero(counts))[labels]
    targets = np.eye(classes)[labels] * (1 - config.label_smoothing) + config.label_smoothing / classes
    design = np.column_stack([features, np.ones(len(features))]).astype(float)
    first = np.vstack([start.kernel, start.bias]).astype(float)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        layer = flat.reshape(first.shape)
        logits = design @ layer
        value = -(weights[:, None] * targets * log_softmax(logits, axis=1)).sum()
        slope = design.T @ (weights[:, None] * (softmax(logits, axis=1) - targets))
        away = layer - first
        return float(value + config.pull * (away**2).sum()), (slope + 2 * config.pull * away).ravel()

    found = minimize(loss, first.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": config.most_steps})
    layer = found.x.reshape(first.shape).astype(np.float32)
    return Head(layer[:-1], layer[-1])
