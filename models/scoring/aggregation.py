"""From the logits of thirteen leads to those of the report: the aggregations compared on held-out reports."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy

# Two of the thirteen leads are trimmed at each end.
TRIMMED_SHARE = 2 / 13
# Of attention: the factor on weighted logits, and the L2 penalty that pulls the weights of the leads together.
SHARPNESS, PENALTY = 3.0, 1e-3


def mean(leads: np.ndarray) -> np.ndarray:
    """Return the logarithm of the leads' mean probabilities, (n, classes), from logits (n, leads, classes)."""
    summed = scipy.special.logsumexp(scipy.special.log_softmax(leads, axis=-1), axis=1)
    return np.asarray(summed - np.log(leads.shape[1]))


def logit_mean(leads: np.ndarray) -> np.ndarray:
    """Return the leads' mean log-probabilities, (n, classes)."""
    return np.asarray(scipy.special.log_softmax(leads, axis=-1).mean(axis=1))


def trimmed(leads: np.ndarray) -> np.ndarray:
    """Return the leads' trimmed mean log-probabilities: without the two highest and the two lowest of each class."""
    # As `scipy.stats.trim_mean`, whose package takes a third of a second to load.
    cut = int(TRIMMED_SHARE * leads.shape[1])
    ordered = np.sort(scipy.special.log_softmax(leads, axis=-1), axis=1)
    return np.asarray(ordered[:, cut : leads.shape[1] - cut].mean(axis=1))


# The aggregations that fit nothing, by name.
FIXED_AGGREGATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "mean": mean,
    "logit_mean": logit_mean,
    "trimmed": trimmed,
}
# The network's own head over all leads, and weights fitted by lead and class.
JOINT, ATTENTION = "joint", "attention"
AGGREGATIONS = (JOINT, *FIXED_AGGREGATIONS, ATTENTION)


def attention_weights(leads: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Fit the weight of each lead for each class, shape (leads, classes); the weights of a class sum to 1.

    Minimises cross-entropy plus an L2 penalty with L-BFGS.
    """
    log_probabilities = scipy.special.log_softmax(leads, axis=-1)
    shape = leads.shape[1:]
    truth = np.eye(shape[1])[labels]

    def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        free = flat.reshape(shape)
        weights = scipy.special.softmax(free, axis=0)
        found = scipy.special.log_softmax(SHARPNESS * weighted(log_probabilities, weights), axis=1)
        # Few reports must settle many weights: hence the penalty.
        loss = -(truth * found).sum(axis=1).mean() + PENALTY * np.mean(free**2)
        by_weight = SHARPNESS * np.einsum("nc,nlc->lc", np.exp(found) - truth, log_probabilities) / len(labels)
        gradient = weights * (by_weight - (weights * by_weight).sum(axis=0)) + 2 * PENALTY * free / free.size
        return float(loss), gradient.ravel()

    found = scipy.optimize.minimize(
        loss_and_gradient, np.zeros(np.prod(shape)), jac=True, method="L-BFGS-B", options={"maxiter": 60}
    )
    return np.asarray(scipy.special.softmax(found.x.reshape(shape), axis=0))


def weighted(leads: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted sum of the leads' logits, (n, classes)."""
    return np.asarray(np.einsum("nlc,lc->nc", leads, weights))


def cross_fitted_attention(
    leads: np.ndarray, labels: np.ndarray, folds: np.ndarray, among: np.ndarray | None = None
) -> np.ndarray:
    """Return the logits of each fold's reports under weights fitted on the other folds, or on those `among` them."""
    found = np.empty((len(leads), leads.shape[2]))
    fitted_on = np.ones(len(leads), bool) if among is None else among
    for fold in np.unique(folds):
        own = folds == fold
        weights = attention_weights(leads[~own & fitted_on], labels[~own & fitted_on])
        found[own] = weighted(scipy.special.log_softmax(leads[own], axis=-1), weights)
    return found
