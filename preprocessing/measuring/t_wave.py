"""End of the T wave of the median beat, common to all leads."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.measuring.beat_activity import MS, activity
from preprocessing.measuring.wave_config import T_WAVE


def t_bounds(
    leads: np.ndarray,
    trust: np.ndarray,
    times_ms: np.ndarray,
    qrs: tuple[float, float],
    rr_s: float,
    p_on_ms: float | None,
) -> tuple[float, float] | None:
    """Return the steepest moment of the T wave's end and its end, ms; None if it is not distinct."""
    on_ms, off_ms = qrs
    next_ms = 1000 * rr_s + (p_on_ms if p_on_ms is not None else on_ms - T_WAVE.margin_ms)
    longest_ms = T_WAVE.qt_max_ms * max(rr_s, T_WAVE.rr_min_s) ** 0.5
    last_ms = min(times_ms[-1] - T_WAVE.margin_ms, next_ms, on_ms + longest_ms)
    steep = activity(leads * trust[:, None], T_WAVE.slope_ms)
    window = (times_ms >= off_ms + T_WAVE.after_qrs_ms) & (times_ms <= last_ms) & np.isfinite(steep)
    if window.sum() * MS < T_WAVE.search_min_ms:
        return None
    steep, t = steep[window], times_ms[window]
    tops = np.flatnonzero((steep[1:-1] >= steep[:-2]) & (steep[1:-1] > steep[2:])) + 1
    if not tops.size:
        return None
    top = int(tops[steep[tops] > T_WAVE.last_share * steep[tops].max()][-1])
    floor = float(steep[top:].min())
    below = np.flatnonzero(steep[top:] <= floor + T_WAVE.end_share * (steep[top] - floor))
    return float(t[top]), float(t[top + below[0]])


def trust_of(beats: list[np.ndarray], window: np.ndarray) -> np.ndarray:
    """Return a weight for each lead, shape (n,), 0 to 1: low where beats differ, as in baseline wander and noise."""
    deviations = []
    for cuts in beats:
        slopes = np.diff(
            scipy.ndimage.gaussian_filter1d(np.nan_to_num(cuts[:, window]), T_WAVE.slope_ms / MS, axis=1), axis=1
        )
        deviations.append(float(np.median(np.abs(slopes - np.median(slopes, axis=0)))) if len(cuts) > 2 else np.nan)
    deviation = np.array(deviations)
    usual = float(np.nanmedian(deviation)) if np.isfinite(deviation).any() else 0.0
    if usual <= 0:
        return np.ones(deviation.size)
    return np.asarray(1 / np.maximum(1, np.nan_to_num(deviation, nan=usual) / usual) ** T_WAVE.trust_power)
