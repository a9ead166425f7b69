"""Whether each lead shows a signal of the heart: flat, noise, clipped and missing leads are left out of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from preprocessing.errors import Notice
from preprocessing.measuring.beat_evidence import SteepLead, restlessness, steep_leads
from preprocessing.measuring.config import SIGNAL
from preprocessing.measuring.heart_beats import HeartBeats
from preprocessing.traces import RATE_HZ, Trace


class LeadSignal(StrEnum):
    """State of a lead's signal."""

    GOOD = "good"
    FLAT = "flat"
    """A line, as a recorder prints a lead that is off."""
    NOISE = "noise"
    """Restless all the time, and nothing in it recurs with the beats of the other leads."""
    CLIPPED = "clipped"
    """Cut off at one level, beat after beat."""
    MISSING = "missing"
    """Too little of it was read."""


def signals_of(traces: Sequence[Trace], beats: HeartBeats) -> tuple[LeadSignal, ...]:
    """Return the state of each lead, in their order.

    Parameters
    ----------
    traces : sequence of Trace
    beats : HeartBeats
        Found in all leads combined. Without beats no lead is called noise: the rhythm itself may be chaotic.
    """
    starts = zip(steep_leads(traces), beats.clock_s, strict=True)
    return tuple(_signal(lead, beats.times_s - start_s) for lead, start_s in starts)


def bad_leads(traces: Sequence[Trace], signals: Sequence[LeadSignal]) -> tuple[Notice, ...]:
    """Return a notice that names the leads without a good signal; empty without any."""
    words = [
        f"{trace.id.name} ({signal.value})"
        for trace, signal in zip(traces, signals, strict=True)
        if signal is not LeadSignal.GOOD
    ]
    if not words:
        return ()
    return (
        Notice(
            "bad_lead",
            f"No usable signal: {', '.join(words)}. Measurements and predictions leave these leads out. Check the lead "
            "boxes, or the electrodes when recording again.",
        ),
    )


def only_good(traces: Sequence[Trace], signals: Sequence[LeadSignal]) -> tuple[Trace, ...]:
    """Return the traces with bad ones unread, so that nothing rests on them; places and times stay."""
    return tuple(
        trace
        if signal is LeadSignal.GOOD
        else replace(trace, mv=np.full(trace.mv.size, np.nan, np.float32), quality=0.0)
        for trace, signal in zip(traces, signals, strict=True)
    )


def _signal(lead: SteepLead, beats_s: np.ndarray) -> LeadSignal:
    mv = lead.trace.mv
    if not lead.is_read or np.isfinite(mv).mean() < SIGNAL.read_min:
        return LeadSignal.MISSING
    if lead.height_mv < SIGNAL.flat_mv:
        return LeadSignal.FLAT
    if max(_plateaus(mv), _plateaus(-mv)) >= SIGNAL.plateaus_min:
        return LeadSignal.CLIPPED
    return LeadSignal.NOISE if beats_s.size and _is_noise(lead, beats_s) else LeadSignal.GOOD


def _plateaus(mv: np.ndarray) -> int:
    """Count the stretches at the highest level that are entered and left steeply."""
    top = float(np.nanmax(mv))
    level = np.concatenate([[False], mv > top - SIGNAL.plateau_mv, [False]])
    ends = np.flatnonzero(np.diff(level.astype(int))).reshape(-1, 2)
    beside, least = round(SIGNAL.steep_s * RATE_HZ), SIGNAL.plateau_s * RATE_HZ
    return sum(
        stop - start >= least
        and top - mv[max(0, start - beside)] > SIGNAL.steep_mv
        and top - mv[min(mv.size - 1, stop - 1 + beside)] > SIGNAL.steep_mv
        for start, stop in ends
    )


def _is_noise(lead: SteepLead, beats_s: np.ndarray) -> bool:
    """Return whether a lead is steep all the time and its stretches around the beats are not alike."""
    unrest = restlessness(lead)
    if unrest < SIGNAL.restless:
        return False
    half, mv = round(SIGNAL.around_s * RATE_HZ), lead.trace.mv.astype(float)
    middles = np.rint(beats_s * RATE_HZ).astype(int)
    inside = middles[(middles >= half) & (middles < mv.size - half)]
    cuts = mv[inside[:, None] + np.arange(-half, half + 1)]
    cuts = cuts[np.isfinite(cuts).all(axis=1)]
    if len(cuts) < 2:
        return unrest > SIGNAL.restless_alone
    cuts = cuts - cuts.mean(axis=1, keepdims=True)
    others = cuts.sum(axis=0) - cuts
    sizes = np.linalg.norm(cuts, axis=1) * np.linalg.norm(others, axis=1)
    alike = (cuts * others).sum(axis=1) / np.maximum(sizes, 1e-9)
    return float(np.median(alike)) < SIGNAL.alike_max
