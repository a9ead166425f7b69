"""Onset and end of the QRS complex of the median beat, common to all leads."""

from __future__ import annotations

import numpy as np

from preprocessing.measuring.beat_activity import MS, activity
from preprocessing.measuring.wave_config import QRS


def qrs_bounds(leads: np.ndarray, times_ms: np.ndarray, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the QRS complex, ms; None if it is not distinct."""
    steep = activity(leads, QRS.slope_ms)
    beat = times_ms > -min(QRS.beat_before_ms, QRS.beat_before_rr * rr_s)
    beat &= times_ms < min(QRS.beat_after_ms, QRS.beat_after_rr * rr_s)
    core = (np.abs(times_ms) < QRS.core_ms) & np.isfinite(steep)
    if not core.any():
        return None
    peak = int(np.flatnonzero(core)[steep[core].argmax()])
    rest = float(np.quantile(steep[beat & np.isfinite(steep)], QRS.quiet_quantile))
    limit = max(QRS.end_share * steep[peak], QRS.noise_factor * rest)
    if limit > QRS.limit_max * steep[peak]:
        return None
    before, after = round(QRS.before_ms / MS), round(QRS.after_ms / MS)
    quiet = round(QRS.quiet_ms / MS)
    onset = _first_calm(steep[peak - before : peak + 1][::-1], limit, quiet)
    end = _first_calm(steep[peak : peak + after], limit, quiet)
    if onset is None or end is None:
        return None
    return float(times_ms[peak - onset]), float(times_ms[peak + end])


def _first_calm(steep: np.ndarray, limit: float, quiet: int) -> int | None:
    """Return where the steepness falls to the limit, going away from its peak; None if it does not.

    Between two steep parts of one complex the leads may be flat for a moment. After the last steep part they must soon
    become flat. The ST segment of a broad complex runs into its T wave and is never flat; there the calmest moment is
    taken.
    """
    parts = np.flatnonzero(steep > QRS.steep_share * steep[0])
    gaps = np.flatnonzero(np.diff(parts) > QRS.notch_max_ms / MS)
    last = int(parts[gaps[0]] if gaps.size else parts[-1])
    tail = steep[last : last + round(QRS.notch_max_ms / MS)]
    if last + tail.size >= steep.size:
        return None
    calm = np.convolve(tail > limit, np.ones(quiet), "valid") == 0
    return last + int(calm.argmax() if calm.any() else tail.argmin())
