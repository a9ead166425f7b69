"""What a report's class can be told from without looking at a single wave: the rates to beat."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from models.data import MEASURED

# The prior's standard deviation of a weight is its square root's inverse.
_RIDGE = 1.0


def heart_rate_features(table: pd.DataFrame) -> np.ndarray:
    """Return what the heart rate alone says, shape (n, 3): the rate, its square, and whether it is known."""
    rate = (table["heart_rate_bpm"].to_numpy(dtype=float) - 80) / 20
    return np.column_stack([np.nan_to_num(rate), np.nan_to_num(rate**2), np.isfinite(rate)])


def simple_features(table: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Return each report's measurements and four amplitudes a lead: lowest, highest, spread and mean, in mV."""
    measured = table[list(MEASURED)].to_numpy(dtype=float)
    irregular = (table["rhythm"] == "irregular").to_numpy(dtype=float)[:, None]
    mv, read = rows[..., 0], rows[..., 1] > 0
    amplitudes = [np.quantile(mv, 0.01, axis=2), np.quantile(mv, 0.99, axis=2), mv.std(axis=2), mv.mean(axis=2)]
    known = np.isfinite(measured)
    return np.column_stack([np.nan_to_num(measured), known, irregular, read.mean(axis=2), *amplitudes])


def majority(labels: np.ndarray, folds: np.ndarray, classes: int) -> np.ndarray:
    """Return each fold's reports' probabilities by how frequent the classes are in the other folds."""
    found = np.empty((len(labels), classes))
    for fold in np.unique(folds):
        own = folds == fold
        found[own] = np.bincount(labels[~own], minlength=classes) / (~own).sum()
    return found


def linear(features: np.ndarray, labels: np.ndarray, folds: np.ndarray, classes: int) -> np.ndarray:
    """Return each fold's reports' probabilities by a multinomial logistic model of the other folds."""
    found = np.empty((len(labels), classes))
    for fold in np.unique(folds):
        own = folds == fold
        middle, spread = features[~own].mean(axis=0), features[~own].std(axis=0) + 1e-6
        scaled = np.column_stack([(features - middle) / spread, np.ones(len(features))])
        weights = _logistic(scaled[~own], labels[~own], classes)
        found[own] = np.exp(scipy.special.log_softmax(scaled[own] @ weights, axis=1))
    return found


def _logistic(features: np.ndarray, labels: np.ndarray, classes: int) -> np.ndarray:
    truth = np.eye(classes)[labels]
    shape = (features.shape[1], classes)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        said = scipy.special.log_softmax(features @ weights, axis=1)
        slope = features.T @ (np.exp(said) - truth) + _RIDGE * weights
        return float(-(truth * said).sum() + _RIDGE / 2 * (weights**2).sum()), slope.ravel()

    return scipy.optimize.minimize(loss, np.zeros(np.prod(shape)), jac=True, method="L-BFGS-B").x.reshape(shape)
