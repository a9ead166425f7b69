"""The electrical axes: which way P, QRS and T point in the frontal plane, from the limb leads."""

from __future__ import annotations

import numpy as np

from preprocessing.measuring.delineation import Fiducials
from preprocessing.measuring.median_beat import MedianBeat

# Where each limb lead looks from, degrees, and how much it shows of what comes straight at it: Einthoven's triangle.
LIMB_LEADS = {
    "I": (0.0, 1.0),
    "II": (60.0, 1.0),
    "III": (120.0, 1.0),
    "aVR": (-150.0, 3**0.5 / 2),
    "-aVR": (30.0, 3**0.5 / 2),
    "aVL": (-30.0, 3**0.5 / 2),
    "aVF": (90.0, 3**0.5 / 2),
}
# A wave whose net area is less than this share of all its area points nowhere in this plane.
LEAST_NET = 0.15
# How long before its steepest end the T wave's last summit lies. What is earlier may be ST, or the other half of a
# biphasic wave, and points elsewhere.
T_SUMMIT_MS = 80.0


def qrs_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the QRS complex, -180 to 180 degrees, or None where it has none."""
    return _axis_deg(beat, at.qrs_on_ms, at.qrs_off_ms, at.qrs_on_ms, at.qrs_on_ms)


def p_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the P wave, over the line between its feet."""
    return _axis_deg(beat, at.p_on_ms, at.p_off_ms, at.p_on_ms, at.p_off_ms)


def t_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the T wave's last part, over the line from before the QRS complex to its end."""
    if at.t_steep_ms is None:
        return None
    return _axis_deg(beat, at.t_steep_ms - T_SUMMIT_MS, at.t_off_ms, at.qrs_on_ms, at.t_off_ms)


def _axis_deg(
    beat: MedianBeat, start_ms: float | None, end_ms: float | None, first_ms: float | None, last_ms: float | None
) -> float | None:
    """Return the direction of the net area from start to end, over the line from the first level to the last."""
    if start_ms is None or end_ms is None or first_ms is None or last_ms is None:
        return None
    inside = (beat.times_ms >= start_ms) & (beat.times_ms <= end_ms)
    rows, nets, sizes = [], [], []
    for lead, (angle_deg, gain) in LIMB_LEADS.items():
        if lead not in beat.leads or not np.isfinite(beat.leads[lead][inside]).all():
            continue
        mv = beat.leads[lead]
        levels = [_level(beat, mv, at_ms) for at_ms in (first_ms, last_ms)]
        line = np.interp(beat.times_ms[inside], [first_ms, last_ms + 1e-6], levels)
        wave = mv[inside] - line
        rows.append([gain * np.cos(np.radians(angle_deg)), gain * np.sin(np.radians(angle_deg))])
        nets.append(float(wave.sum()))
        sizes.append(float(np.abs(wave).sum()))
    directions = np.array(rows)
    # Two leads that look from nearly one side do not span the plane.
    if len(rows) < 2 or np.linalg.matrix_rank(directions, tol=0.3) < 2 or not np.isfinite(nets).all():
        return None
    x, y = np.linalg.lstsq(directions, np.array(nets), rcond=None)[0]
    if np.hypot(x, y) < LEAST_NET * max(sizes):
        return None
    return float(np.degrees(np.arctan2(y, x)))


def _level(beat: MedianBeat, mv: np.ndarray, at_ms: float) -> float:
    return float(np.mean(mv[np.abs(beat.times_ms - at_ms) <= 6]))
