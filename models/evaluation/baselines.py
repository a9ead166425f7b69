"""Baselines that see no waveform: class sizes, heart rate, and a linear model of measurements and amplitudes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from models.data import MEASURED

# L2 penalty of the logistic models: a Gaussian prior of standard deviation 1 on each weight.
_PENALTY = 1.0


def heart_rate_features(table: pd.DataFrame) -> np.ndarray:
    """Return features of the heart rate, shape (n, 3): scaled rate, its square, and whether it is known."""
    rate = (table["heart_rate_bpm"].to_numpy(dtype=float) - 80) / 20
    return np.column_stack([np.nan_to_num(rate), np.nan_to_num(rate**2), np.isfinite(rate)])


def simple_features(table: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Return each report's measurements and four amplitudes per row: lowest, highest, spread and mean, in mV."""
    measured = table[list(MEASURED)].to_numpy(dtype=float)
    irregular = (table["rhythm"] == "irregular").to_numpy(dtype=float)[:, None]
    mv, read = rows[..., 0], rows[..., 1] > 0
    amplitudes = [np.quantile(mv, 0.01, axis=2), np.quantile(mv, 0.99, axis=2), mv.std(axis=2), mv.mean(axis=2)]
    known = np.isfinite(measured)
    return np.column_stack([np.nan_to_num(measured), known, irregular, read.mean(axis=2), *amplitudes])


def majority(labels: np.ndarray, folds: np.ndarray, classes: int) -> np.ndarray:
    """Return the class frequencies of the other folds as each fold's probabilities, shape (n, classes)."""
    found = np.empty((len(labels), classes))
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = np.bincount(labels[~own], minlength=classes) / (~own).sum()
    return found


def linear(features: np.ndarray, labels: np.ndarray, folds: np.ndarray, classes: int) -> np.ndarray:
    """Return each fold's probabilities from a multinomial logistic model fitted on the other folds."""
    found = np.empty((len(labels), classes))
    for fold in np.unique(folds):
        own = folds == fold
        middle, spread = features[~own].mean(axis=0), features[~own].std(axis=0) + 1e-6
        scaled = np.column_stack([(features - middle) / spread, np.ones(len(features))])
        weights = _logistic(scaled[~own], labels[~own], classes)
        found[own] = np.exp(scipy.special.log_softmax(scaled[own] @ weights, axis=1))
    return found


def _logistic(features: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    """Fit a multinomial logistic model with an L2 penalty, shape (features, classes)."""
    truth = np.eye(classes)[labels]
    shape = (features.shape[1], classes)

    def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        log_probabilities = scipy.special.log_softmax(features @ weights, axis=1)
        gradient = features.T @ (np.exp(log_probabilities) - truth) + _PENALTY * weights
        return float(-(truth * log_probabilities).sum() + _PENALTY / 2 * (weights**2).sum()), gradient.ravel()

    found = scipy.optimize.minimize(loss_and_gradient, np.zeros(np.prod(shape)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x.reshape(shape))
