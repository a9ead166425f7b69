"""From thirteen leads' scores to one for the report: the ways that are compared out of fold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy

# How many of thirteen leads are left out at each end.
TRIMMED_SHARE = 2 / 13
# Of attention: what weighed scores are multiplied by, and how strongly all leads are pulled to count alike.
SHARPNESS, PULL = 3.0, 1e-3


def mean(leads: np.ndarray) -> np.ndarray:
    """Return the logarithm of the leads' mean probabilities, (n, classes), from scores (n, leads, classes)."""
    return scipy.special.logsumexp(scipy.special.log_softmax(leads, axis=-1), axis=1) - np.log(leads.shape[1])


def logit_mean(leads: np.ndarray) -> np.ndarray:
    """Return the leads' mean scores."""
    return scipy.special.log_softmax(leads, axis=-1).mean(axis=1)


def trimmed(leads: np.ndarray) -> np.ndarray:
    """Return the leads' mean scores, the two highest and the two lowest of each class left out."""
    return scipy.stats.trim_mean(scipy.special.log_softmax(leads, axis=-1), TRIMMED_SHARE, axis=1)


# The ways that learn nothing, by name.
FIXED_AGGREGATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean": mean,
    "logit_mean": logit_mean,
    "trimmed": trimmed,
}
# The network's own head over all leads, and weights learnt by lead.
JOINT, ATTENTION = "joint", "attention"
AGGREGATIONS = (JOINT, *FIXED_AGGREGATIONS, ATTENTION)


def attention_weights(leads: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Learn how much each lead counts for each class, shape (leads, classes); each class's weights sum to 1."""
    said = scipy.special.log_softmax(leads, axis=-1)
    shape = leads.shape[1:]
    truth = np.eye(shape[1])[labels]

    def surprise(flat: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the loss and its slope."""
        free = flat.reshape(shape)
        weights = scipy.special.softmax(free, axis=0)
        told = scipy.special.log_softmax(SHARPNESS * weighted(said, weights), axis=1)
        # Few reports must settle many weights: hence the pull.
        loss = -(truth * told).sum(axis=1).mean() + PULL * np.mean(free**2)
        by_weight = SHARPNESS * np.einsum("nc,nlc->lc", np.exp(told) - truth, said) / len(labels)
        slope = weights * (by_weight - (weights * by_weight).sum(axis=0)) + 2 * PULL * free / free.size
        return float(loss), slope.ravel()

    found = scipy.optimize.minimize(
        surprise, np.zeros(np.prod(shape)), jac=True, method="L-BFGS-B", options={"maxiter": 60}
    )
    return scipy.special.softmax(found.x.reshape(shape), axis=0)


def weighted(leads: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the leads' scores, weighed."""
    return np.einsum("nlc,lc->nc", leads, weights)


def cross_fitted_attention(
    leads: np.ndarray, labels: np.ndarray, folds: np.ndarray, among: np.ndarray | None = None
) -> np.ndarray:
    """Return each fold's reports' scores under weights learnt on the other folds, or on those `among` them."""
    found = np.empty((len(leads), leads.shape[2]))
    learnt_on = np.ones(len(leads), bool) if among is None else among
    for fold in np.unique(folds):
        own = folds == fold
        weights = attention_weights(leads[~own & learnt_on], labels[~own & learnt_on])
        found[own] = weighted(scipy.special.log_softmax(leads[own], axis=-1), weights)
    return found
