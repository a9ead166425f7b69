"""What the spacing of heart beats says: rate and regularity."""

from __future__ import annotations

import numpy as np

# An interval strays that differs by more than this share from the usual one. An early beat makes two of them; where so
# many others are left and spread so little, as a share of the usual interval, they keep time.
STRAY_SHARE, MOST_STRAY, LEAST_KEPT, KEPT_SPREAD = 0.12, 0.6, 3, 0.045


def rate_bpm(rr_s: np.ndarray) -> float:
    """Return the heart rate of the median RR interval.

    A premature beat with its pause, or a beat missed, then moves the rate as little as it moves a machine's.

    Examples
    --------
    >>> round(rate_bpm(np.array([1.0, 1.0, 0.6, 1.4, 1.0])))
    60
    """
    return float(60 / np.median(rr_s))


def regularity(rr_s: np.ndarray) -> tuple[str, float]:
    """Say whether the beats keep time, and return the spread of their intervals in ms.

    Returns
    -------
    str
        ``regular``; ``regular with early or missed beats`` where the other intervals are alike; ``irregular``.
    float
        Standard deviation of the RR intervals, ms.
    """
    usual_s = float(np.median(rr_s))
    stray = np.abs(rr_s / usual_s - 1) > STRAY_SHARE
    spread_ms = 1000 * float(np.std(rr_s))
    if not stray.any():
        return "regular", spread_ms
    kept = rr_s[~stray]
    in_time = kept.size >= LEAST_KEPT and stray.mean() <= MOST_STRAY and float(np.std(kept)) < KEPT_SPREAD * usual_s
    return ("regular with early or missed beats" if in_time else "irregular"), spread_ms
