"""Complexes that one lead lacks where others show a usual beat: print or other strokes hide them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from preprocessing.errors import Notice
from preprocessing.measuring.config import LOST
from preprocessing.measuring.heart_beats import HeartBeats
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.traces import RATE_HZ, Trace


def lost_complexes(traces: Sequence[Trace], found: HeartBeats, beat: MedianBeat) -> tuple[Notice, ...]:
    """Return a notice that names the leads that lack a complex, and when; empty without any.

    Parameters
    ----------
    traces : sequence of Trace
    found : HeartBeats
        Their beats.
    beat : MedianBeat
        Of these beats; those of another kind than most are not compared.
    """
    shares, usual_mv = _shares(traces, found, beat)
    lost = (shares < LOST.share_max) & (usual_mv[:, None] >= LOST.usual_mv)
    whole = shares > LOST.whole_share
    seen = np.isfinite(shares)
    # The others: a lead that lacks it is not whole itself.
    others, showing = seen.sum(axis=0) - 1, whole.sum(axis=0)
    lost &= (showing >= LOST.others_min) & (showing >= LOST.others_share * others)
    named = []
    for trace, places in zip(traces, lost, strict=True):
        if places.any():
            times = " and ".join(f"{time_s:.1f}" for time_s in beat.at_s[places])
            named.append(f"{trace.id.name} at {times} s")
    if not named:
        return ()
    return (
        Notice(
            "complex_lost",
            f"No QRS complex, or a part of one, was read where other leads show one: {', '.join(named)}. Compare the "
            "drawn traces with the report.",
        ),
    )


def _shares(traces: Sequence[Trace], found: HeartBeats, beat: MedianBeat) -> tuple[np.ndarray, np.ndarray]:
    """Return the height of each complex as a share of the lead's usual one, (traces, beats), and those, (traces,), mV.

    NaN where a lead does not show a beat whole, or none to compare it with.
    """
    heights = np.full((len(traces), beat.at_s.size), np.nan)
    for row, (trace, start_s) in enumerate(zip(traces, found.clock_s, strict=True)):
        for nth in np.flatnonzero(beat.used):
            heights[row, nth] = _height_mv(trace.mv, round((beat.at_s[nth] - start_s) * RATE_HZ))
    usual_mv = np.full(len(traces), np.nan)
    for row, own in enumerate(heights):
        known = own[np.isfinite(own)]
        if known.size > 1:
            # Of two, one may be the lost one.
            usual_mv[row] = np.median(known) if known.size > 2 else known.max()
    return heights / usual_mv[:, None], usual_mv


def _height_mv(mv: np.ndarray, middle: int) -> float:
    """Return the height of the complex around a sample; NaN where it was not read or reaches beyond the lead."""
    half = round(LOST.half_s * RATE_HZ)
    if middle < half or middle + half > mv.size:
        return np.nan
    around = mv[middle - half : middle + half]
    read = np.isfinite(around)
    return float(np.ptp(around[read])) if read.mean() >= LOST.read_min else np.nan
