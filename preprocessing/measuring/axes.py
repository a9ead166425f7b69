"""Electrical axes: directions of P, QRS and T in the frontal plane, from the limb leads."""

from __future__ import annotations

import numpy as np

from preprocessing.limb_leads import OF_I_AND_II, frontal_direction
from preprocessing.measuring.delineation import Fiducials
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.wave_config import AXES


def qrs_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the QRS complex, -180 to 180 degrees; None if it has no direction."""
    return _axis_deg(beat, at.qrs_on_ms, at.qrs_off_ms, at.qrs_on_ms, at.qrs_on_ms)


def p_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the P wave, above the line between its feet."""
    return _axis_deg(beat, at.p_on_ms, at.p_off_ms, at.p_on_ms, at.p_off_ms)


def t_axis_deg(beat: MedianBeat, at: Fiducials) -> float | None:
    """Return the axis of the last part of the T wave, above the line from the QRS onset to its end."""
    if at.t_steep_ms is None:
        return None
    return _axis_deg(beat, at.t_steep_ms - AXES.t_summit_ms, at.t_off_ms, at.qrs_on_ms, at.t_off_ms)


def _axis_deg(
    beat: MedianBeat, start_ms: float | None, end_ms: float | None, first_ms: float | None, last_ms: float | None
) -> float | None:
    """Return the direction of the net area from start to end, above the line from the first level to the last."""
    if start_ms is None or end_ms is None or first_ms is None or last_ms is None:
        return None
    inside = (beat.times_ms >= start_ms) & (beat.times_ms <= end_ms)
    rows, nets, sizes = [], [], []
    for lead in OF_I_AND_II:
        if lead not in beat.leads or not np.isfinite(beat.leads[lead][inside]).all():
            continue
        mv = beat.leads[lead]
        levels = [_level(beat, mv, at_ms) for at_ms in (first_ms, last_ms)]
        line = np.interp(beat.times_ms[inside], [first_ms, last_ms + 1e-6], levels)
        wave = mv[inside] - line
        rows.append(frontal_direction(lead))
        nets.append(float(wave.sum()))
        sizes.append(float(np.abs(wave).sum()))
    directions = np.array(rows)
    # Two leads of nearly one direction do not span the plane.
    if len(rows) < 2 or np.linalg.matrix_rank(directions, tol=AXES.rank_tolerance) < 2 or not np.isfinite(nets).all():
        return None
    x, y = np.linalg.lstsq(directions, np.array(nets), rcond=None)[0]
    if np.hypot(x, y) < AXES.net_min * max(sizes):
        return None
    return float(np.degrees(np.arctan2(y, x)))


def _level(beat: MedianBeat, mv: np.ndarray, at_ms: float) -> float:
    return float(np.mean(mv[np.abs(beat.times_ms - at_ms) <= AXES.level_ms]))
