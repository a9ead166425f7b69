"""Where the QRS complex of a typical beat begins and ends, for all leads together."""

from __future__ import annotations

import numpy as np

from preprocessing.measuring.beat_activity import MS, activity

SLOPE_MS = 5.0
# The QRS complex ends where all leads together are less steep than this share of their steepest moment.
QRS_SHARE, QRS_NOISE = 0.1, 3.0
QUIET_MS = 10.0
STEEP_SHARE, LONGEST_NOTCH_MS = 0.25, 40.0
# How far its middle may lie from where the beat was cut, and its ends from its steepest moment.
CORE_MS, REACH_MS = 80.0, (220.0, 260.0)


def qrs_bounds(leads: np.ndarray, times_ms: np.ndarray, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the QRS complex, ms, or None where it does not stand out."""
    steep = activity(leads, SLOPE_MS)
    beat = (times_ms > -min(380, 400 * rr_s)) & (times_ms < min(600, 550 * rr_s))
    core = (np.abs(times_ms) < CORE_MS) & np.isfinite(steep)
    if not core.any():
        return None
    peak = int(np.flatnonzero(core)[steep[core].argmax()])
    rest = float(np.quantile(steep[beat & np.isfinite(steep)], 0.25))
    limit = max(QRS_SHARE * steep[peak], QRS_NOISE * rest)
    if limit > 0.5 * steep[peak]:
        return None
    before, after = (round(reach / MS) for reach in REACH_MS)
    quiet = round(QUIET_MS / MS)
    onset = _first_calm(steep[peak - before : peak + 1][::-1], limit, quiet)
    end = _first_calm(steep[peak : peak + after], limit, quiet)
    if onset is None or end is None:
        return None
    return float(times_ms[peak - onset]), float(times_ms[peak + end])


def _first_calm(steep: np.ndarray, limit: float, quiet: int) -> int | None:
    """Return where the steepness comes to rest, going away from its peak, or None where it does not.

    Between two steep parts of one complex the leads may lie still for a moment. After the last steep part the rest
    must come soon: the ST segment of a broad complex runs into its T wave and never lies still, and there the
    calmest moment counts.
    """
    parts = np.flatnonzero(steep > STEEP_SHARE * steep[0])
    gaps = np.flatnonzero(np.diff(parts) > LONGEST_NOTCH_MS / MS)
    last = int(parts[gaps[0]] if gaps.size else parts[-1])
    tail = steep[last : last + round(LONGEST_NOTCH_MS / MS)]
    if last + tail.size >= steep.size:
        return None
    calm = np.convolve(tail > limit, np.ones(quiet), "valid") == 0
    return last + int(calm.argmax() if calm.any() else tail.argmin())
