"""What a clinician measures on the traces: rate, rhythm, intervals and axes, each with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.axes import p_axis_deg, qrs_axis_deg, t_axis_deg
from preprocessing.delineation import NOTHING, Fiducials, delineate
from preprocessing.heart_beats import HeartBeats, find_beats
from preprocessing.median_beat import MedianBeat, median_beat
from preprocessing.rhythm import rate_bpm, regularity
from preprocessing.traces import Trace

# Fewer beats or leads than these behind a median, and its waves are not measured.
LEAST_BEATS, LEAST_LEADS = 2, 3
# Of an interval's lengths that a heart can have, ms: what lies outside was found wrongly.
PR_MS, QRS_MS, QT_MS = (60.0, 450.0), (40.0, 260.0), (180.0, 700.0)


@dataclass(frozen=True)
class Measured:
    """One value, or why there is none.

    Attributes
    ----------
    value : float or str or None
        A number in `unit`, or a word where the unit is empty; None where it could not be measured.
    unit : str
    rests_on : str
        What it was measured on.
    reason : str or None
        Why there is no value.
    """

    value: float | str | None
    unit: str
    rests_on: str
    reason: str | None = None


@dataclass(frozen=True)
class Measurements:
    """All measurements of a page; the names are those of the reading.

    `qtc_ms` is Bazett's. `rr_spread_ms` is the standard deviation of the intervals between beats, and `rhythm` says
    in a word whether they keep time. `beats`, `beat` and `fiducials` are what the values were measured on.
    """

    heart_rate_bpm: Measured
    rhythm: Measured
    rr_spread_ms: Measured
    pr_ms: Measured
    qrs_ms: Measured
    qt_ms: Measured
    qtc_ms: Measured
    qtc_fridericia_ms: Measured
    p_axis_deg: Measured
    axis_deg: Measured
    t_axis_deg: Measured
    beats: HeartBeats
    beat: MedianBeat | None
    fiducials: Fiducials

    @property
    def values(self) -> dict[str, Measured]:
        """Every measurement by its name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Measured)}


def measure(traces: Sequence[Trace]) -> Measurements:
    """Measure the traces of a page.

    Parameters
    ----------
    traces : sequence of Trace
        All leads of one page.
    """
    found = find_beats(traces)
    beat = median_beat(traces, found) if found.reason is None else None
    poor = found.reason if beat is None else _poor(beat)
    fiducials = NOTHING if beat is None or poor else delineate(beat, float(np.median(found.rr_s)))
    return Measurements(
        **_rhythm(found), **_waves(found, beat, fiducials, poor), beats=found, beat=beat, fiducials=fiducials
    )


def bazett_ms(qt_ms: float, rr_s: float) -> float:
    """Correct a QT interval for the rate by Bazett's square root.

    Examples
    --------
    >>> round(bazett_ms(290, 60 / 126))
    420
    """
    return float(qt_ms / rr_s**0.5)


def fridericia_ms(qt_ms: float, rr_s: float) -> float:
    """Correct a QT interval for the rate by Fridericia's cube root.

    Examples
    --------
    >>> round(fridericia_ms(290, 60 / 126))
    371
    """
    return float(qt_ms / np.cbrt(rr_s))


def _rhythm(found: HeartBeats) -> dict[str, Measured]:
    units = {"heart_rate_bpm": "bpm", "rhythm": "", "rr_spread_ms": "ms"}
    if found.reason is not None:
        return {name: Measured(None, unit, "the steepness of all leads", found.reason) for name, unit in units.items()}
    rests_on = f"{found.rr_s.size} intervals between beats"
    word, spread_ms = regularity(found.rr_s)
    values: tuple[float | str, ...] = (rate_bpm(found.rr_s), word, spread_ms)
    return {name: Measured(value, units[name], rests_on) for name, value in zip(units, values, strict=True)}


def _poor(beat: MedianBeat) -> str | None:
    if beat.used_s.size < LEAST_BEATS:
        return "too few beats are alike"
    if len(beat.leads) < LEAST_LEADS:
        return f"only {len(beat.leads)} leads show a whole beat"
    return None


def _waves(found: HeartBeats, beat: MedianBeat | None, at: Fiducials, poor: str | None) -> dict[str, Measured]:
    if beat is None:
        rests_on = "the median beat"
    else:
        rests_on = f"the median of {beat.used_s.size} of {found.times_s.size} beats in {len(beat.leads)} leads"

    def measured(value: float | None, unit: str, reason: str) -> Measured:
        return Measured(value, unit, rests_on, (poor or reason) if value is None else None)

    no_qrs = "the QRS complex does not stand out from what surrounds it"
    no_p = "no single P wave stands out before the QRS complex" if at.qrs_on_ms is not None else no_qrs
    no_t = "the end of the T wave does not stand out" if at.qrs_on_ms is not None else no_qrs
    qt_ms = _between(at.qrs_on_ms, at.t_off_ms, QT_MS)
    rr_s = float(np.median(found.rr_s)) if found.reason is None else 1.0
    no_axis = "the limb leads do not show one direction"
    p_axis = qrs_axis = t_axis = None
    if beat is not None and poor is None:
        p_axis, qrs_axis, t_axis = p_axis_deg(beat, at), qrs_axis_deg(beat, at), t_axis_deg(beat, at)
    return {
        "pr_ms": measured(_between(at.p_on_ms, at.qrs_on_ms, PR_MS), "ms", no_p),
        "qrs_ms": measured(_between(at.qrs_on_ms, at.qrs_off_ms, QRS_MS), "ms", no_qrs),
        "qt_ms": measured(qt_ms, "ms", no_t),
        "qtc_ms": measured(None if qt_ms is None else bazett_ms(qt_ms, rr_s), "ms", no_t),
        "qtc_fridericia_ms": measured(None if qt_ms is None else fridericia_ms(qt_ms, rr_s), "ms", no_t),
        "p_axis_deg": measured(p_axis, "deg", no_p if at.p_on_ms is None else no_axis),
        "axis_deg": measured(qrs_axis, "deg", no_qrs if at.qrs_on_ms is None else no_axis),
        "t_axis_deg": measured(t_axis, "deg", no_t if at.t_off_ms is None else no_axis),
    }


def _between(start_ms: float | None, end_ms: float | None, possible: tuple[float, float]) -> float | None:
    if start_ms is None or end_ms is None or not possible[0] <= end_ms - start_ms <= possible[1]:
        return None
    return end_ms - start_ms
