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
    q_ms, q_mv : float or None
        Duration and depth of a first downward deflection before R; None without one.
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
    found = {}
    for lead in beat.leads:
        if (levelled := _levelled(beat, at, lead)) is not None and at.qrs_off_ms is not None:
            mv, qrs = levelled
            found[lead] = _of_lead(mv, beat.times_ms, qrs, at.qrs_off_ms, at.t_off_ms)
    return found


def levelled_complex(beat: MedianBeat, at: Fiducials, lead: str) -> np.ndarray | None:
    """Return a lead's QRS complex, mV against the PR level; None where either was not read."""
    levelled = _levelled(beat, at, lead)
    return None if levelled is None else levelled[0][levelled[1]]


def _levelled(beat: MedianBeat, at: Fiducials, lead: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Return a lead of the beat against its PR level, and which samples are QRS."""
    if at.qrs_on_ms is None or at.qrs_off_ms is None:
        return None
    mv, before_ms = beat.leads[lead], at.qrs_on_ms - beat.times_ms
    before = (before_ms <= LEAD_WAVES.pr_from_ms) & (before_ms >= LEAD_WAVES.pr_to_ms)
    qrs = (beat.times_ms >= at.qrs_on_ms) & (beat.times_ms <= at.qrs_off_ms)
    if not np.isfinite(mv[before]).any() or not np.isfinite(mv[qrs]).all():
        return None
    return mv - float(np.nanmedian(mv[before])), qrs


def _of_lead(mv: np.ndarray, times_ms: np.ndarray, qrs: np.ndarray, off_ms: float, t_off_ms: float | None) -> LeadWaves:
    complex_mv = mv[qrs]
    upward = r_waves(complex_mv)
    r_mv = float(complex_mv[upward].max(initial=0.0))
    # A complex that only goes down has no R: its depth is QS.
    first = int(upward.argmax()) if upward.any() else 0
    after = complex_mv[first:]
    s_mv = float(after[r_waves(-after)].min(initial=0.0))
    q_ms, q_mv = _q_wave(complex_mv[:first])
    st_j, st_j40, st_j60 = (_level(mv, times_ms, off_ms + later) for later in (0.0, 40.0, 60.0))
    t_mv = None
    if t_off_ms is not None:
        part = mv[(times_ms >= off_ms + LEAD_WAVES.t_after_ms) & (times_ms <= t_off_ms)]
        if part.size and np.isfinite(part).all():
            t_mv = float(part[np.abs(part).argmax()])
    return LeadWaves(st_j, st_j40, st_j60, r_mv, s_mv, q_ms, q_mv, t_mv)


def r_waves(complex_mv: np.ndarray) -> np.ndarray:
    """Return which samples of a QRS complex lie on an R wave: high, and falling again before the complex ends.

    A rise that lasts to the end is that of an elevated ST segment. Of the negated complex, these are its S waves.

    Examples
    --------
    >>> r_waves(np.array([0.0, 0.4, -0.3, 0.2])).tolist()
    [False, True, False, False]
    """
    lowest_later = np.minimum.accumulate(complex_mv[::-1])[::-1]
    least = LEAD_WAVES.wave_min_mv
    return np.asarray((complex_mv >= least) & (complex_mv - lowest_later >= least))


def _q_wave(start_mv: np.ndarray) -> tuple[float | None, float | None]:
    """Return duration and depth of the downward deflection before the first R wave; None, None without one."""
    if not start_mv.size or start_mv.min() > -LEAD_WAVES.wave_min_mv:
        return None, None
    return float((start_mv < 0).sum() * 1000 / RATE_HZ), float(start_mv.min())


def _level(mv: np.ndarray, times_ms: np.ndarray, at_ms: float) -> float | None:
    around = mv[np.abs(times_ms - at_ms) <= LEAD_WAVES.level_half_ms]
    return float(around.mean()) if around.size and np.isfinite(around).all() else None
