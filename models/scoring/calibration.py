"""From logits to calibrated probabilities: temperature scaling, and the confidence below which a model abstains.

Guo et al. 2017, "On calibration of modern neural networks".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import scipy

from models.scoring.metrics import macro_f1, risk_coverage

# The error rate accepted among the predictions that a model makes.
ACCEPTED_RISK = 0.05
_LOWEST, _HIGHEST = 0.05, 20.0
_LEAST = 1e-12
# Weights and offsets move in tenths.
_STEPS = 10


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Return the softmax of logits over a temperature, along the last axis.

    Examples
    --------
    >>> probabilities(np.array([2.0, 0.0]), 2.0).round(3)
    array([0.731, 0.269])
    """
    return np.asarray(scipy.special.softmax(logits / temperature, axis=-1))


def temperature_of(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature that minimises cross-entropy on held-out reports, 0.05 to 20.

    Parameters
    ----------
    logits : ndarray, shape (n, classes)
    labels : ndarray of int, shape (n,)
    """
    # Written out: on so few reports `scipy.special.log_softmax` takes four times as long, of thousands of calls.
    centred = np.asarray(logits, float) - logits.max(axis=1, keepdims=True)
    true = centred[np.arange(len(labels)), labels].mean()

    def cross_entropy(logarithm: float) -> float:
        scale = np.exp(-logarithm)
        return float(np.log(np.exp(centred * scale).sum(axis=1)).mean() - true * scale)

    found = scipy.optimize.minimize_scalar(cross_entropy, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return float(np.exp(found.x))


def cross_fitted(logits: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return the probabilities of each fold's reports under the temperature of the other folds."""
    found = np.empty(logits.shape)
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = probabilities(logits[own], temperature_of(logits[~own], labels[~own]))
    return found


@dataclass(frozen=True)
class Combination:
    """How the probabilities of several models become one.

    Attributes
    ----------
    weights : dict of str to float
        By model; they sum to 1.
    temperature : float
        Divides the combined logits.
    offsets : tuple of float
        Added to the logit of each class after that.
    """

    weights: dict[str, float]
    temperature: float
    offsets: tuple[float, ...]

    def logits(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return the combined logits of reports, shape (n, classes), from each model's probabilities."""
        joint = combined([found[name] for name in self.weights], list(self.weights.values()))
        return np.asarray(joint / self.temperature + np.array(self.offsets))

    def __call__(self, found: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return the combined probabilities of reports, shape (n, classes)."""
        return probabilities(self.logits(found), 1)


def combined(found: Sequence[np.ndarray], weights: Sequence[float] | None = None) -> np.ndarray:
    """Return the logits of several models combined: the mean, or weighted mean, of their log probabilities."""
    return np.asarray(np.average(np.log(np.maximum(found, _LEAST)), axis=0, weights=weights))


def best_weights(found: Sequence[np.ndarray], labels: np.ndarray) -> tuple[float, ...]:
    """Return the weights, in tenths, under which models combined have the lowest cross-entropy at their temperature.

    Parameters
    ----------
    found : sequence of ndarray, shape (n, classes)
        Logits of held-out reports, calibrated.
    labels : ndarray of int, shape (n,)
    """
    at = np.arange(len(labels))
    best: tuple[float, ...] = ()
    lowest = np.inf
    for tenths in product(range(_STEPS + 1), repeat=len(found)):
        if sum(tenths) != _STEPS:
            continue
        joint = np.average(found, axis=0, weights=tenths)
        loss = -scipy.special.log_softmax(joint / temperature_of(joint, labels), axis=1)[at, labels].mean()
        if loss < lowest:
            best, lowest = tuple(one / _STEPS for one in tenths), loss
    return best


def offset_of(logits: np.ndarray, labels: np.ndarray, label: int) -> float:
    """Return the least offset of one class's logit, 0 to 2, under which held-out reports have the highest macro-F1.

    Parameters
    ----------
    logits : ndarray, shape (n, classes)
    labels : ndarray of int, shape (n,)
    label : int
        A class that cross-entropy predicts too rarely, as it is rare.
    """
    offsets = np.arange(2 * _STEPS + 1) / _STEPS
    direction = np.eye(logits.shape[1])[label]
    return float(offsets[int(np.argmax([macro_f1(labels, logits + one * direction) for one in offsets]))])


def abstention_threshold(labels: np.ndarray, found: np.ndarray, risk: float = ACCEPTED_RISK) -> float:
    """Return the lowest confidence threshold above which the error rate is at most `risk`; 1 where there is none.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    found : ndarray, shape (n, classes)
        Calibrated probabilities of held-out reports.
    """
    table = risk_coverage(labels, found)
    safe = np.flatnonzero(table[:, 1] <= risk)
    return float(table[safe[-1], 2]) if safe.size else 1.0
