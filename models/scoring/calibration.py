"""From scores to probabilities that mean what they say: one temperature, and a bar below which nothing is said."""

from __future__ import annotations

import numpy as np
import scipy

from models.scoring.metrics import risk_coverage

# What the answered reports' share of errors is to stay below.
ACCEPTED_RISK = 0.05
_LOWEST, _HIGHEST = 0.05, 20.0


def probabilities(scores: np.ndarray, temperature: float) -> np.ndarray:
    """Return softmax of scores over a temperature, along the last axis."""
    return scipy.special.softmax(scores / temperature, axis=-1)


def temperature_of(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the temperature under which scores of reports not taught on are likeliest.

    Parameters
    ----------
    scores : ndarray, shape (n, classes)
    labels : ndarray of int, shape (n,)
    """

    def surprise(logarithm: float) -> float:
        said = scipy.special.log_softmax(scores / np.exp(logarithm), axis=1)
        return float(-said[np.arange(len(labels)), labels].mean())

    found = scipy.optimize.minimize_scalar(surprise, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return float(np.exp(found.x))


def cross_fitted(scores: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """Return probabilities of each fold's reports under the temperature of the other folds."""
    found = np.empty(scores.shape)
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = probabilities(scores[own], temperature_of(scores[~own], labels[~own]))
    return found


def combined(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the scores of two models together: the logarithm of their mean probability."""
    return np.log(np.maximum((first + second) / 2, 1e-12))


def abstention_threshold(labels: np.ndarray, said: np.ndarray, risk: float = ACCEPTED_RISK) -> float:
    """Return the least confidence at which the reports answered are wrong no more often than `risk`.

    Where no bar does that it is 1, and nothing is answered but certainty.
    """
    table = risk_coverage(labels, said)
    safe = np.flatnonzero(table[:, 1] <= risk)
    return float(table[safe[-1], 2]) if safe.size else 1.0
