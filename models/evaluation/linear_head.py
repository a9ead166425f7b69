"""The fit of the linear head: principal components of the backbone's features, then logistic regression."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from models.classes import CLASSES
from models.networks import LinearHead
from models.retraining import RETRAIN, Head, fit_head


@dataclass(frozen=True)
class LinearConfig:
    """Sizes, set on the held-out cross-entropy of the 330 reports (models/LOG.md); 80 to 200 components are alike."""

    components: int = 120
    # Weight of the squared weights, per report, in units of the first component's spread.
    pull: float = 0.0015
    least_spread: float = 1e-3


LINEAR = LinearConfig()


def fit_linear(means: np.ndarray, labels: np.ndarray, config: LinearConfig = LINEAR) -> LinearHead:
    """Fit a linear head by class-balanced cross-entropy.

    Parameters
    ----------
    means : ndarray, shape (n, `MEANS_N`)
        As `column_means` gives them.
    labels : ndarray of int, shape (n,)
    """
    middle, spread = means.mean(axis=0), means.std(axis=0) + config.least_spread
    scaled = (means - middle) / spread
    _, sizes, directions = np.linalg.svd(scaled, full_matrices=False)
    basis = directions[: config.components].T * np.sqrt(len(means) - 1) / sizes[0]
    start = Head(np.zeros((basis.shape[1], len(CLASSES))), np.zeros(len(CLASSES)))
    found = fit_head(start, scaled @ basis, labels, replace(RETRAIN, pull=config.pull))
    kernel = basis @ found.kernel / spread[:, None]
    return LinearHead(kernel.astype(np.float32), (found.bias - middle @ kernel).astype(np.float32))


def held_out_linear(
    means: np.ndarray, labels: np.ndarray, folds: np.ndarray, trained: np.ndarray
) -> tuple[np.ndarray, LinearHead]:
    """Return each report's logits from the head of the other folds, shape (n, 4), and the mean of all heads.

    Parameters
    ----------
    trained : ndarray of bool, shape (n,)
        Which reports may be trained on.
    """
    logits = np.empty((len(labels), len(CLASSES)), np.float32)
    heads = []
    for fold in np.unique(folds):
        own = folds == fold
        head = fit_linear(means[trained & ~own], labels[trained & ~own])
        logits[own] = head.logits_of_means(means[own])
        heads.append(head)
    kernel, bias = (np.mean([getattr(head, part) for head in heads], axis=0) for part in ("kernel", "bias"))
    return logits, LinearHead(kernel, bias)
