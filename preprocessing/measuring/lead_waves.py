"""Heights of Q, R, S, ST and T in each lead of the median beat, against the PR level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.delineation import Fiducials
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.wave_config import LEAD_WAVES
from preprocessing.traces import RATE_HZ


@dataclass(frozen=True)
class LeadWaves:
    """The waves of one lead, mV against the level just before QRS; None where that part was not read.

    Attributes
    ----------
    st_j_mv, st_j40_mv, st_j60_mv : float or None
        At the J point, 40 ms and 60 ms after it.
    r_mv, s_mv : float or None
        Highest and lowest level within QRS; S is negative or 0, and counts only after R.
    q_ms, q_mv : float or None
        Duration and depth of a first downward deflection; None without one.
    t_mv : float or None
        Largest deflection from the ST segment to the end of T, with its sign; None without an end of T.
    """

    st_j_mv: float | None
    st_j40_mv: float | None
    st_j60_mv: float | None
    r_mv: float | None
    s_mv: float | None
    q_ms: float | None
    q_mv: float | None
    t_mv: float | None


def lead_waves(beat: MedianBeat, at: Fiducials) -> dict[str, LeadWaves]:
    """Measure every lead whose PR level and QRS complex were read; empty without a distinct QRS complex.

    Parameters
    ----------
    beat : MedianBeat
    at : Fiducials
        Common to all leads: the J point is the end of QRS.
    """
    on_ms, off_ms = at.qrs_on_ms, at.qrs_off_ms
    if on_ms is None or off_ms is None:
        return {}
    found = {}
    for lead, mv in beat.leads.items():
        before = (beat.times_ms >= on_ms - LEAD_WAVES.pr_from_ms) & (beat.times_ms <= on_ms - LEAD_WAVES.pr_to_ms)
        qrs = (beat.times_ms >= on_ms) & (beat.times_ms <= off_ms)
        if np.isfinite(mv[before]).any() and np.isfinite(mv[qrs]).all():
            found[lead] = _of_lead(mv - float(np.nanmedian(mv[before])), beat.times_ms, qrs, off_ms, at.t_off_ms)
    return found


def _of_lead(mv: np.ndarray, times_ms: np.ndarray, qrs: np.ndarray, off_ms: float, t_off_ms: float | None) -> LeadWaves:
    complex_mv = mv[qrs]
    top = int(complex_mv.argmax())
    r_mv = max(0.0, float(complex_mv[top]))
    # A complex that only goes down has no R: its depth is QS.
    after = complex_mv[top:] if r_mv >= LEAD_WAVES.wave_min_mv else complex_mv
    q_ms, q_mv = _q_wave(complex_mv[:top], r_mv)
    st_j, st_j40, st_j60 = (_level(mv, times_ms, off_ms + later) for later in (0.0, 40.0, 60.0))
    t_mv = None
    if t_off_ms is not None:
        part = mv[(times_ms >= off_ms + LEAD_WAVES.t_after_ms) & (times_ms <= t_off_ms)]
        if part.size and np.isfinite(part).all():
            t_mv = float(part[np.abs(part).argmax()])
    return LeadWaves(st_j, st_j40, st_j60, r_mv, min(0.0, float(after.min())), q_ms, q_mv, t_mv)


def _q_wave(start_mv: np.ndarray, r_mv: float) -> tuple[float | None, float | None]:
    """Return duration and depth of the downward deflection before R; None, None without one."""
    if r_mv < LEAD_WAVES.wave_min_mv or not start_mv.size or start_mv.min() > -LEAD_WAVES.wave_min_mv:
        return None, None
    return float((start_mv < 0).sum() * 1000 / RATE_HZ), float(start_mv.min())


def _level(mv: np.ndarray, times_ms: np.ndarray, at_ms: float) -> float | None:
    around = mv[np.abs(times_ms - at_ms) <= LEAD_WAVES.level_half_ms]
    return float(around.mean()) if around.size and np.isfinite(around).all() else None
