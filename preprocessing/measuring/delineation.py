"""Onsets and ends of P, QRS and T on the median beat, common to all leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.beat_activity import is_usable
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.p_wave import p_bounds
from preprocessing.measuring.qrs_complex import qrs_bounds
from preprocessing.measuring.t_wave import t_bounds, trust_of


@dataclass(frozen=True)
class Fiducials:
    """Times from the middle of the QRS complex, ms; None if the wave is not distinct.

    `t_steep_ms` is the steepest moment of the T wave's end.
    """

    p_on_ms: float | None
    p_off_ms: float | None
    qrs_on_ms: float | None
    qrs_off_ms: float | None
    t_steep_ms: float | None
    t_off_ms: float | None


NOTHING = Fiducials(None, None, None, None, None, None)


def delineate(beat: MedianBeat, rr_s: float) -> Fiducials:
    """Find the waves of a median beat.

    Parameters
    ----------
    beat : MedianBeat
    rr_s : float
        Median RR interval: what lies beyond belongs to the neighbours.
    """
    names = [lead for lead, mv in beat.leads.items() if is_usable(mv)]
    leads = np.array([beat.leads[lead] for lead in names])
    if not leads.size:
        return NOTHING
    qrs = qrs_bounds(leads, beat.times_ms, rr_s)
    if qrs is None:
        return NOTHING
    on_ms, off_ms = qrs
    p = p_bounds(beat, on_ms, rr_s)
    trust = trust_of([beat.beats[lead] for lead in names], beat.times_ms > off_ms)
    t = t_bounds(leads, trust, beat.times_ms, qrs, rr_s, p and p[0])
    p_on_ms, p_off_ms = p or (None, None)
    t_steep_ms, t_off_ms = t or (None, None)
    return Fiducials(p_on_ms, p_off_ms, on_ms, off_ms, t_steep_ms, t_off_ms)
