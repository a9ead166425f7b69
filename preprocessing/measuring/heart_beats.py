"""Heart beats, found in all leads of a page combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from preprocessing.measuring.beat_evidence import beat_evidence, steep_leads, unseen
from preprocessing.measuring.beat_peaks import evident_beats, with_broad_beats, without_t_waves
from preprocessing.measuring.config import BEATS, EVIDENCE
from preprocessing.measuring.page_clock import clock_starts
from preprocessing.traces import RATE_HZ, Trace


@dataclass(frozen=True)
class HeartBeats:
    """The beats of a page.

    Attributes
    ----------
    times_s : ndarray, shape (n,)
        Middle of each QRS complex on the page's clock.
    clock_s : tuple of float
        Start of each trace on that clock: its `start_s`, or 0 for all if the beats show that every column repeats the
        same seconds.
    reason : str or None
        Why there are no beats.
    hidden : ndarray, shape (n - 1,), bool
        The intervals in which another beat may hide, because no lead was read for a moment.
    """

    times_s: np.ndarray
    clock_s: tuple[float, ...]
    reason: str | None = None
    hidden: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))

    @property
    def rr_s(self) -> np.ndarray:
        """Intervals between successive beats, without those in which a beat may hide, shape (up to n - 1,), s."""
        return self.intervals(self.times_s)

    def intervals(self, times_s: np.ndarray) -> np.ndarray:
        """Return the intervals between the beats at other times, shape (n,), such as aligned ones."""
        rr_s = np.diff(times_s)
        return rr_s[~self.hidden] if self.hidden.size else rr_s


def find_beats(traces: Sequence[Trace]) -> HeartBeats:
    """Find the beats of a page in all of its leads combined.

    Parameters
    ----------
    traces : sequence of Trace
    """
    leads = steep_leads(traces)
    printed = tuple(trace.start_s for trace in traces)
    if not any(lead.is_read for lead in leads):
        return HeartBeats(np.zeros(0), printed, "no trace could be read")
    if max(lead.height_mv for lead in leads) < EVIDENCE.flat_mv:
        return HeartBeats(np.zeros(0), printed, "the leads are flat")
    clock = clock_starts(leads)
    evidence = beat_evidence(leads, clock)
    strips = [(lead, start) for lead, start in zip(leads, clock, strict=True) if lead.is_strip]
    in_strips = beat_evidence(*zip(*strips, strict=True)) if strips else None
    beats = with_broad_beats(without_t_waves(evident_beats(evidence), evidence), evidence, in_strips)
    if beats.size < 2:
        return HeartBeats(beats / RATE_HZ, clock, "fewer than two beats are visible")
    rr = np.diff(beats)
    unrest = float(np.median(evidence[beats[0] : beats[-1]]) / np.median(evidence[beats]))
    # Fibrillation: the signal between beats is nearly as steep as the beats, and the beats are irregular.
    if unrest > BEATS.unrest_max and np.mean(np.abs(rr / np.median(rr) - 1)) > BEATS.irregular_min:
        return HeartBeats(np.zeros(0), clock, "there are no distinct QRS complexes")
    return HeartBeats(beats / RATE_HZ, clock, hidden=_hidden(beats, unseen(leads, clock, evidence.size)))


def _hidden(beats: np.ndarray, dark: np.ndarray) -> np.ndarray:
    """Return in which intervals another beat may hide, shape (n - 1,), bool; never in all of them."""
    apart, rr = round(BEATS.hidden_apart_s * RATE_HZ), np.diff(beats)
    hidden = np.array([dark[a + apart : b - apart].any() for a, b in pairwise(beats)])
    hidden &= rr > BEATS.hidden_rr * np.median(rr)
    return np.zeros(rr.size, dtype=bool) if hidden.all() else hidden
