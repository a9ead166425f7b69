"""From logits to calibrated probabilities: temperature scaling, and the confidence below which a model abstains.

Guo et al. 2017, "On calibration of modern neural networks".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy

from models.scoring.metrics import risk_coverage

# The error rate accepted among the predictions that a model makes.
ACCEPTED_RISK = 0.05
_LOWEST, _HIGHEST = 0.05, 20.0
_LEAST = 1e-12


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

    def cross_entropy(logarithm: float) -> float:
        log_probabilities = scipy.special.log_softmax(logits / np.exp(logarithm), axis=1)
        return float(-log_probabilities[np.arange(len(labels)), labels].mean())

    found = scipy.optimize.minimize_scalar(cross_entropy, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return float(np.exp(found.x))


def cross_fitted(logits: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return the probabilities of each fold's reports under the temperature of the other folds."""
    found = np.empty(logits.shape)
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = probabilities(logits[own], temperature_of(logits[~own], labels[~own]))
    return found


def combined(found: Sequence[np.ndarray], weights: Sequence[float] | None = None) -> np.ndarray:
    """Return the logits of several models combined: the logarithm of the mean, or weighted mean, of probabilities."""
    return np.asarray(np.log(np.maximum(np.average(found, axis=0, weights=weights), _LEAST)))


def best_share(first: np.ndarray, second: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of the first model, in tenths, whose mean with the second has the lowest cross-entropy.

    Parameters
    ----------
    first, second : ndarray, shape (n, classes)
        Calibrated probabilities of held-out reports.
    labels : ndarray of int, shape (n,)
    """
    at = np.arange(len(labels))
    shares = np.arange(11) / 10
    losses = [-combined([first, second], [one, 1 - one])[at, labels].mean() for one in shares]
    return float(shares[int(np.argmin(losses))])


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
