"""ST of single beats in single leads, each against its own PR level: what a person reads off one beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from preprocessing.measuring.wave_config import LEAD_WAVES
from preprocessing.traces import RATE_HZ, Trace

if TYPE_CHECKING:
    from preprocessing.measuring.measurements import Measurements

AFTER_J_MS = (0.0, 40.0, 60.0)


@dataclass(frozen=True)
class BeatSt:
    """ST of one beat in one lead.

    Attributes
    ----------
    at : int
        Sample of the trace in the middle of QRS.
    pr_from, pr_to : int
        First and last sample of the stretch before QRS whose median is the PR level.
    pr_mv : float
        The PR level, mV of the trace.
    moments : tuple of int
        Samples of the J point, and 40 and 60 ms after it.
    st_mv : tuple of float
        ST there, mV against the PR level.
    """

    at: int
    pr_from: int
    pr_to: int
    pr_mv: float
    moments: tuple[int, int, int]
    st_mv: tuple[float, float, float]


def st_of_beats(traces: Sequence[Trace], found: Measurements) -> tuple[tuple[BeatSt, ...], ...]:
    """Measure every beat that a lead shows from before QRS to 60 ms after the J point.

    Onset and end of QRS are those of the median beat, at the aligned time of each beat.

    Returns
    -------
    tuple of tuple of BeatSt
        For each trace its beats, the first one first; none without a distinct QRS complex.
    """
    on_ms, off_ms, beat = found.fiducials.qrs_on_ms, found.fiducials.qrs_off_ms, found.beat
    if beat is None or on_ms is None or off_ms is None:
        return tuple(() for _ in traces)
    return tuple(
        tuple(
            one
            for at_s in beat.at_s
            if (one := _of_beat(trace.mv, (float(at_s) - start_s) * RATE_HZ, on_ms, off_ms)) is not None
        )
        for trace, start_s in zip(traces, found.beats.clock_s, strict=True)
    )


def _of_beat(mv: np.ndarray, at: float, on_ms: float, off_ms: float) -> BeatSt | None:
    def sample(ms: float) -> int:
        return round(at + ms * RATE_HZ / 1000)

    pr_from, pr_to = sample(on_ms - LEAD_WAVES.pr_from_ms), sample(on_ms - LEAD_WAVES.pr_to_ms)
    half = round(LEAD_WAVES.level_half_ms * RATE_HZ / 1000)
    j, j40, j60 = (sample(off_ms + later) for later in AFTER_J_MS)
    if pr_from < 0 or j60 + half >= mv.size or not np.isfinite(mv[pr_from : j60 + half + 1]).all():
        return None
    pr_mv = float(np.median(mv[pr_from : pr_to + 1]))
    levels = [float(mv[moment - half : moment + half + 1].mean()) - pr_mv for moment in (j, j40, j60)]
    return BeatSt(round(at), pr_from, pr_to, pr_mv, (j, j40, j60), (levels[0], levels[1], levels[2]))
