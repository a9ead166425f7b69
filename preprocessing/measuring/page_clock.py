"""Whether the columns of a page show successive seconds, as most recorders print them, or the same ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from preprocessing.measuring.beat_evidence import SteepLead, beat_evidence
from preprocessing.measuring.beat_peaks import evident_beats
from preprocessing.measuring.config import CLOCK
from preprocessing.traces import RATE_HZ


def clock_starts(leads: Sequence[SteepLead]) -> tuple[float, ...]:
    """Return when each lead starts on the page's clock, s, as its beats show.

    Parameters
    ----------
    leads : sequence of SteepLead

    Returns
    -------
    tuple of float
        As printed; or 0 for all if the beats of later columns coincide with those of the strip, or of the first column,
        and would not if they came later.
    """
    printed = tuple(lead.trace.start_s for lead in leads)
    starts = sorted({lead.trace.start_s for lead in leads if not lead.is_strip})
    if len(starts) < 2:
        return printed
    columns = [[lead for lead in leads if not lead.is_strip and lead.trace.start_s == start] for start in starts]
    strips = [lead for lead in leads if lead.is_strip]
    reference = _beats_of(strips or columns[0])
    if reference.size < 2:
        return printed
    rr_s = float(np.median(np.diff(reference)))
    same, successive, beats_seen = 0, 0, 0
    for start, column in zip(starts[1:], columns[1:], strict=True):
        # If the column starts about a whole number of beats later, both cases look alike.
        if abs(start / rr_s - round(start / rr_s)) * rr_s < min(CLOCK.apart_s, CLOCK.apart_share * rr_s):
            continue
        beats = _beats_of(column)
        following = reference if strips else reference[-1] + rr_s * np.arange(1, 40)
        beats_seen += beats.size
        same += int(_near(beats, reference, CLOCK.same_beat_s).sum())
        successive += int(_near(beats + start, following, CLOCK.other_beat_s).sum())
    coincide = same >= CLOCK.same_min * beats_seen and successive <= CLOCK.successive_max * beats_seen
    if beats_seen >= CLOCK.beats_min and coincide:
        return (0.0,) * len(printed)
    return printed


def _beats_of(leads: Sequence[SteepLead]) -> np.ndarray:
    return evident_beats(beat_evidence(leads, [0.0] * len(leads))) / RATE_HZ


def _near(beats: np.ndarray, others: np.ndarray, reach_s: float) -> np.ndarray:
    """Return for each beat whether one of the others is the same, shape (n,), bool."""
    return np.asarray(np.abs(beats[:, None] - others).min(axis=1, initial=np.inf) < reach_s)
