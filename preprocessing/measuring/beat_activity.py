"""How much goes on in all leads of a typical beat together, moment by moment."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.traces import RATE_HZ

MS = 1000 / RATE_HZ
LEAST_LEAD_MV, LEAST_READ = 0.08, 0.4


def is_usable(mv: np.ndarray) -> bool:
    """Whether a lead's beat is read for the most part and is no flat line."""
    read = np.isfinite(mv)
    return bool(read.mean() > LEAST_READ) and float(np.ptp(mv[read])) > LEAST_LEAD_MV


def activity(leads: np.ndarray, scale_ms: float) -> np.ndarray:
    """Return how steep all leads together are, shape (m,), mV/ms: the root of their mean squared slope.

    Parameters
    ----------
    leads : ndarray, shape (n, m), mV
        NaN where not read; where fewer than half of them are read, nothing is known and the result is infinite.
    scale_ms : float
        How much the slopes are smoothed.
    """
    read = np.isfinite(leads)
    slopes = np.array([scipy.ndimage.gaussian_filter1d(_bridged(mv), scale_ms / MS, order=1) for mv in leads]) / MS
    squares = np.where(read, slopes**2, 0).sum(axis=0)
    enough = read.sum(axis=0) >= len(leads) / 2
    return np.where(enough, np.sqrt(squares / np.maximum(read.sum(axis=0), 1)), np.inf)


def _bridged(mv: np.ndarray) -> np.ndarray:
    read = np.isfinite(mv)
    return np.interp(np.arange(mv.size), np.flatnonzero(read), mv[read])
