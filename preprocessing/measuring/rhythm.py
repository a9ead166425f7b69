"""Rate and regularity from the intervals between heart beats."""

from __future__ import annotations

import numpy as np

from preprocessing.measuring.config import RHYTHM


def rate_bpm(rr_s: np.ndarray) -> float:
    """Return the heart rate of the median RR interval, which a premature or missed beat hardly changes.

    Examples
    --------
    >>> round(rate_bpm(np.array([1.0, 1.0, 0.6, 1.4, 1.0])))
    60
    """
    return float(60 / np.median(rr_s))


def regularity(rr_s: np.ndarray) -> tuple[str, float]:
    """Return whether the rhythm is regular, and the spread of its intervals.

    Returns
    -------
    str
        ``regular``; ``regular with early or missed beats`` if all other intervals are alike; ``irregular``.
    float
        Standard deviation of the RR intervals, ms.
    """
    usual_s = float(np.median(rr_s))
    outlier = np.abs(rr_s / usual_s - 1) > RHYTHM.outlier_share
    spread_ms = 1000 * float(np.std(rr_s))
    if not outlier.any():
        return "regular", spread_ms
    kept = rr_s[~outlier]
    enough = kept.size >= RHYTHM.kept_min and outlier.mean() <= RHYTHM.outliers_max
    is_regular = enough and float(np.std(kept)) < RHYTHM.kept_spread * usual_s
    return ("regular with early or missed beats" if is_regular else "irregular"), spread_ms
