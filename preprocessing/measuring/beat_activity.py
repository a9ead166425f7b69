"""Steepness of all leads of the median beat combined, moment by moment."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.measuring.wave_config import ACTIVITY
from preprocessing.traces import RATE_HZ

# Duration of a sample.
MS = 1000 / RATE_HZ


def is_usable(mv: np.ndarray) -> bool:
    """Return whether enough of a lead's beat was read and it is not flat."""
    read = np.isfinite(mv)
    return bool(read.mean() > ACTIVITY.read_min) and float(np.ptp(mv[read])) > ACTIVITY.height_min_mv


def activity(leads: np.ndarray, scale_ms: float) -> np.ndarray:
    """Return the root mean square slope over all leads, shape (m,), mV/ms.

    Parameters
    ----------
    leads : ndarray, shape (n, m), mV
        NaN where not read. Where fewer than half of the leads are read, the result is infinite.
    scale_ms : float
        Standard deviation of the Gaussian derivative.
    """
    read = np.isfinite(leads)
    slopes = np.array([scipy.ndimage.gaussian_filter1d(_bridged(mv), scale_ms / MS, order=1) for mv in leads]) / MS
    squares = np.where(read, slopes**2, 0).sum(axis=0)
    enough = read.sum(axis=0) >= len(leads) / 2
    return np.where(enough, np.sqrt(squares / np.maximum(read.sum(axis=0), 1)), np.inf)


def _bridged(mv: np.ndarray) -> np.ndarray:
    read = np.isfinite(mv)
    return np.asarray(np.interp(np.arange(mv.size), np.flatnonzero(read), mv[read]))
