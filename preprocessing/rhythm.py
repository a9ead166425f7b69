"""What the spacing of heart beats says: rate and regularity."""

from __future__ import annotations

import numpy as np

# An interval strays that differs by more than this share from the usual one; the others of a regular rhythm keep time.
STRAY_SHARE, FEW, REGULAR_MS = 0.12, 0.4, 60.0


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
        ``regular``; ``regular with early or missed beats`` where few intervals stray; ``irregular``.
    float
        Standard deviation of the RR intervals, ms.
    """
    median = float(np.median(rr_s))
    stray = np.abs(rr_s / median - 1) > STRAY_SHARE
    spread_ms = 1000 * float(np.std(rr_s))
    if not stray.any():
        return "regular", spread_ms
    kept_ms = 1000 * float(np.std(rr_s[~stray])) if (~stray).sum() > 1 else np.inf
    few = stray.mean() <= FEW and kept_ms < REGULAR_MS
    return ("regular with early or missed beats" if few else "irregular"), spread_ms
