"""Heart beats, found in all leads of a page together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.beat_evidence import FLAT_MV, beat_evidence, steep_leads
from preprocessing.measuring.beat_peaks import evident_beats, with_broad_beats
from preprocessing.measuring.page_clock import clock_starts
from preprocessing.traces import RATE_HZ, Trace

# Chaos: the signal between beats is nearly as steep as the beats, and the beats keep no time.
UNREST, NO_TIME = 0.6, 0.12


@dataclass(frozen=True)
class HeartBeats:
    """The beats of a page.

    Attributes
    ----------
    times_s : ndarray, shape (n,)
        The middle of each QRS complex on the page's clock.
    clock_s : tuple of float
        Where each trace starts on that clock: its `start_s`, or 0 for all where the beats show that every column
        repeats the same seconds.
    reason : str or None
        Why there are no beats.
    """

    times_s: np.ndarray
    clock_s: tuple[float, ...]
    reason: str | None = None

    @property
    def rr_s(self) -> np.ndarray:
        """Intervals between successive beats, shape (n - 1,), s."""
        return np.diff(self.times_s)


def find_beats(traces: Sequence[Trace]) -> HeartBeats:
    """Find the beats of a page in all of its leads.

    Parameters
    ----------
    traces : sequence of Trace
    """
    leads = steep_leads(traces)
    printed = tuple(trace.start_s for trace in traces)
    if not any(lead.is_read for lead in leads):
        return HeartBeats(np.zeros(0), printed, "no trace could be read")
    if max(lead.height_mv for lead in leads) < FLAT_MV:
        return HeartBeats(np.zeros(0), printed, "the leads are flat")
    clock = clock_starts(leads)
    evidence = beat_evidence(leads, clock)
    strips = [(lead, start) for lead, start in zip(leads, clock, strict=True) if lead.is_strip]
    in_strips = beat_evidence(*zip(*strips, strict=True)) if strips else None
    beats = with_broad_beats(evident_beats(evidence), evidence, in_strips)
    if beats.size < 2:
        return HeartBeats(beats / RATE_HZ, clock, "fewer than two beats are shown")
    rr = np.diff(beats)
    unrest = float(np.median(evidence[beats[0] : beats[-1]]) / np.median(evidence[beats]))
    if unrest > UNREST and np.mean(np.abs(rr / np.median(rr) - 1)) > NO_TIME:
        return HeartBeats(np.zeros(0), clock, "no QRS complexes stand out")
    return HeartBeats(beats / RATE_HZ, clock)
