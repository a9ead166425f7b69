"""Calibration of the network on beats in context: each class's log-probability is scaled and shifted.

Fitted by likelihood on held-out records. A scale below 1 tempers an overconfident class, and an offset corrects how
often it is predicted.
"""

from __future__ import annotations

import numpy as np
import scipy

from models.scoring import BINS

FLOOR = 1e-6
# Pulls scales to 1 and offsets to 0 as strongly as a few beats would, for a class that hardly occurs.
PENALTY = 1e-3
SCALE_LIMITS, OFFSET_LIMITS = (0.05, 5.0), (-5.0, 5.0)


def fit_calibration(probabilities: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the scale and the offset of each class, both shape (classes,), that are most likely.

    Parameters
    ----------
    probabilities : ndarray, shape (n, classes)
        Of beats that the network was not trained on.
    label : ndarray of int, shape (n,)
    """
    logs = np.log(probabilities.astype(float) + FLOOR)
    classes_n = logs.shape[1]
    truth = np.eye(classes_n)[label]

    def loss(both: np.ndarray) -> tuple[float, np.ndarray]:
        scale, offset = both[:classes_n], both[classes_n:]
        logits = logs * scale + offset
        error = scipy.special.softmax(logits, axis=1) - truth
        value = -(scipy.special.log_softmax(logits, axis=1) * truth).sum(axis=1).mean()
        value += PENALTY * (((scale - 1) ** 2).sum() + (offset**2).sum())
        gradient = np.concatenate([(error * logs).mean(axis=0), error.mean(axis=0)])
        return float(value), gradient + 2 * PENALTY * np.concatenate([scale - 1, offset])

    start = np.concatenate([np.ones(classes_n), np.zeros(classes_n)])
    bounds = [SCALE_LIMITS] * classes_n + [OFFSET_LIMITS] * classes_n
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found[:classes_n], found[classes_n:]


def calibrate(probabilities: np.ndarray, scale: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Return calibrated probabilities, shape (n, classes).

    Examples
    --------
    >>> calibrate(np.array([[0.8, 0.2]]), np.full(2, 0.5), np.zeros(2)).round(2).tolist()
    [[0.67, 0.33]]
    """
    logits = np.log(probabilities + FLOOR) * scale + offset
    return np.asarray(scipy.special.softmax(logits, axis=1))


def class_calibration_errors(probabilities: np.ndarray, label: np.ndarray, bins: int = BINS) -> np.ndarray:
    """Return each class's mean gap between probability and frequency, over bins of equal width, shape (classes,).

    Examples
    --------
    >>> class_calibration_errors(np.array([[0.75, 0.25]] * 4), np.array([0, 0, 0, 1])).tolist()
    [0.0, 0.0]
    """
    found = []
    for one, own in enumerate(probabilities.T):
        place = np.minimum((own * bins).astype(int), bins - 1)
        gaps = np.bincount(place, own - (label == one), minlength=bins)
        found.append(np.abs(gaps).sum() / len(label))
    return np.array(found)
