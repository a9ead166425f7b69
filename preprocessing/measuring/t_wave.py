"""Where the T wave of a typical beat ends, for all leads together."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.measuring.beat_activity import MS, activity

# The T wave's slopes are looked at at this scale; its end is the last that is nearly as steep as the steepest. It ends
# where this share of that steepness, over the calmest moment after it, is left.
T_SLOPE_MS, T_LAST, T_SHARE = 12.0, 0.65, 0.2
# It is looked for from this long after the QRS complex on, in a stretch of this length or more.
AFTER_QRS_MS, SHORTEST_MS = 60.0, 120.0
# No T wave ends later than this at 60 beats a minute; the limit goes with the root of the interval.
LONGEST_QT_MS = 560.0
# How strongly a lead whose beats differ counts less.
TRUST = 2


def t_bounds(
    leads: np.ndarray,
    trust: np.ndarray,
    times_ms: np.ndarray,
    qrs: tuple[float, float],
    rr_s: float,
    p_on_ms: float | None,
) -> tuple[float, float] | None:
    """Return the moment of the T wave's steepest end and its end, ms, or None where it does not stand out."""
    on_ms, off_ms = qrs
    next_ms = 1000 * rr_s + (p_on_ms if p_on_ms is not None else on_ms - 20)
    last_ms = min(times_ms[-1] - 20, next_ms, on_ms + LONGEST_QT_MS * max(rr_s, 0.4) ** 0.5)
    steep = activity(leads * trust[:, None], T_SLOPE_MS)
    window = (times_ms >= off_ms + AFTER_QRS_MS) & (times_ms <= last_ms) & np.isfinite(steep)
    if window.sum() * MS < SHORTEST_MS:
        return None
    steep, t = steep[window], times_ms[window]
    tops = np.flatnonzero((steep[1:-1] >= steep[:-2]) & (steep[1:-1] > steep[2:])) + 1
    if not tops.size:
        return None
    top = int(tops[steep[tops] > T_LAST * steep[tops].max()][-1])
    floor = float(steep[top:].min())
    below = np.flatnonzero(steep[top:] <= floor + T_SHARE * (steep[top] - floor))
    return float(t[top]), float(t[top + below[0]])


def trust_of(beats: list[np.ndarray], window: np.ndarray) -> np.ndarray:
    """Weigh leads by how alike their beats are between the waves, shape (n,), 0 to 1: wander and noise differ."""
    strays = []
    for cuts in beats:
        slopes = np.diff(
            scipy.ndimage.gaussian_filter1d(np.nan_to_num(cuts[:, window]), T_SLOPE_MS / MS, axis=1), axis=1
        )
        strays.append(float(np.median(np.abs(slopes - np.median(slopes, axis=0)))) if len(cuts) > 2 else np.nan)
    stray = np.array(strays)
    usual = float(np.nanmedian(stray)) if np.isfinite(stray).any() else 0.0
    if usual <= 0:
        return np.ones(stray.size)
    return 1 / np.maximum(1, np.nan_to_num(stray, nan=usual) / usual) ** TRUST
