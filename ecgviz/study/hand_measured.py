"""What a person measures on the traces: calipers between two samples, and ST of one beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecgviz.study.study import Study
from preprocessing.measuring import BeatSt, st_of_beats
from preprocessing.traces import RATE_HZ


@dataclass(frozen=True)
class HandMeasurement:
    """One measurement of a person.

    Attributes
    ----------
    name : str
        As the person calls it.
    key : str
        `LeadBox.key` of its lead.
    from_s, to_s : float
        Its ends on the page's clock, s; of ST, the J point and 60 ms after it.
    mv : tuple of float
        Of calipers one value: the second end against the first, or against the zero that the person set. Of ST three:
        at J, J + 40 ms and J + 60 ms against the PR level.
    against : str
        What the voltage is measured against: ``first end``, ``chosen zero`` or ``PR``.
    """

    name: str
    key: str
    from_s: float
    to_s: float
    mv: tuple[float, ...]
    against: str

    @property
    def ms(self) -> float:
        """The time between the ends, ms."""
        return abs(self.to_s - self.from_s) * 1000

    @property
    def is_st(self) -> bool:
        """Whether it is ST of a beat."""
        return len(self.mv) > 1


def caliper_measurement(
    study: Study, place: int, ends: tuple[int, int], zero: int | None, name: str
) -> HandMeasurement | None:
    """Measure between two samples of a trace; None where a sample was not read, or there is none.

    Parameters
    ----------
    study : Study
    place : int
        Of the trace among `study.traces`.
    ends : tuple of int
        Two samples of it.
    zero : int or None
        The sample whose level is zero; without it, the first end's.
    name : str
    """
    if not 0 <= place < len(study.traces):
        return None
    trace = study.traces[place]
    against = ends[0] if zero is None else zero
    if not all(0 <= sample < trace.mv.size and np.isfinite(trace.mv[sample]) for sample in (*ends, against)):
        return None
    from_s, to_s = (trace.start_s + sample / RATE_HZ for sample in ends)
    mv = float(trace.mv[ends[1]] - trace.mv[against])
    return HandMeasurement(name, trace.key, from_s, to_s, (mv,), "first end" if zero is None else "chosen zero")


def st_measurement(study: Study, place: int, beat: int, name: str) -> HandMeasurement | None:
    """Return ST of one beat of a trace, by its number there; None where there is no such beat."""
    beats = beats_of(study)
    if not (0 <= place < len(beats) and 0 <= beat < len(beats[place])):
        return None
    found, trace = beats[place][beat], study.traces[place]
    from_s, to_s = (trace.start_s + sample / RATE_HZ for sample in (found.moments[0], found.moments[-1]))
    return HandMeasurement(name, trace.key, from_s, to_s, found.st_mv, "PR")


def beats_of(study: Study) -> tuple[tuple[BeatSt, ...], ...]:
    """Return the beats of each trace whose ST can be read."""
    return st_of_beats(study.traces, study.measurements)
