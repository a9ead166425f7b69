"""Measurements on the traces: rate, rhythm, intervals and axes, each with what it rests on or why it is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from preprocessing.errors import Notice
from preprocessing.limb_leads import OF_I_AND_II
from preprocessing.measuring.axes import p_axis_deg, qrs_axis_deg, t_axis_deg
from preprocessing.measuring.delineation import NOTHING, Fiducials, delineate
from preprocessing.measuring.heart_beats import HeartBeats, find_beats
from preprocessing.measuring.lead_signal import LeadSignal, bad_leads, only_good, signals_of
from preprocessing.measuring.lead_waves import LeadWaves, lead_waves
from preprocessing.measuring.limb_swap import LIMB_LEADS_SWAPPED, may_be_swapped
from preprocessing.measuring.lost_complexes import lost_complexes
from preprocessing.measuring.median_beat import MedianBeat, median_beat
from preprocessing.measuring.rhythm import IRREGULAR, RrRange, rate_bpm, regularity, rr_range
from preprocessing.measuring.wave_config import REPORTING
from preprocessing.traces import Trace

NO_QRS = "the QRS complex is not distinct"
NO_P = "there is no distinct P wave before the QRS complex"
NO_T = "the end of the T wave is not distinct"
NO_QTC = "the rhythm is irregular, so no single RR interval corrects QT"
NO_AXIS = "the limb leads show no single direction"
QTC = ("qtc_ms", "qtc_fridericia_ms")
_UNITS = {
    "heart_rate_bpm": "bpm",
    "rhythm": "",
    "rr_spread_ms": "ms",
    **dict.fromkeys(("pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "qtc_fridericia_ms"), "ms"),
    **dict.fromkeys(("p_axis_deg", "axis_deg", "t_axis_deg"), "deg"),
}


@dataclass(frozen=True)
class Measured:
    """One value, or the reason why there is none.

    Attributes
    ----------
    value : float or str or None
        A number in `unit`, or a word if the unit is empty; None if it could not be measured.
    unit : str
    rests_on : str
        What it was measured on.
    reason : str or None
        Why there is no value, as the second half of a sentence.
    """

    value: float | str | None
    unit: str
    rests_on: str
    reason: str | None = None


@dataclass(frozen=True)
class Measurements:
    """All measurements of a page, named as in the reading.

    `qtc_ms` is Bazett's; there is none of an irregular rhythm. `rr_spread_ms` is the standard deviation of the RR
    intervals, `rr` their range, and `rhythm` whether they are regular; `waves` are the heights of each lead's waves.
    All rest on `beats`, `beat` and `fiducials`, of the leads whose `signals`, in the order of the traces, are good.
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
    rr: RrRange | None
    waves: dict[str, LeadWaves]
    beats: HeartBeats
    beat: MedianBeat | None
    fiducials: Fiducials
    signals: tuple[LeadSignal, ...]
    notices: tuple[Notice, ...]

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
    signals = signals_of(traces, found)
    notices = bad_leads(traces, signals)
    if found.reason is None and notices:
        traces = only_good(traces, signals)
        found = find_beats(traces)
    if found.reason is not None:
        nothing = {name: Measured(None, unit, "all leads combined", found.reason) for name, unit in _UNITS.items()}
        return Measurements(
            **nothing, rr=None, waves={}, beats=found, beat=None, fiducials=NOTHING, signals=signals, notices=notices
        )
    beat = median_beat(traces, found)
    rr_s = float(np.median(found.rr_s))
    poor = _poor(beat)
    at = NOTHING if poor else delineate(beat, rr_s)
    rhythm = _rhythm(found, beat)
    waves = _waves(beat, at, rr_s, poor)
    if rhythm["rhythm"].value == IRREGULAR:
        waves |= {name: replace(waves[name], value=None, reason=waves[name].reason or NO_QTC) for name in QTC}
    if may_be_swapped(beat, at, p_axis_deg(beat, at), qrs_axis_deg(beat, at)):
        notices += (LIMB_LEADS_SWAPPED,)
    notices += lost_complexes(traces, found, beat)
    return Measurements(
        **rhythm,
        **waves,
        rr=rr_range(counted_intervals(found, rhythm["rhythm"].value)),
        waves=lead_waves(beat, at),
        beats=found,
        beat=beat,
        fiducials=at,
        signals=signals,
        notices=notices,
    )


def bazett_ms(qt_ms: float, rr_s: float) -> float:
    """Correct a QT interval for the heart rate by Bazett's square root.

    Examples
    --------
    >>> round(bazett_ms(290, 60 / 126))
    420
    """
    return float(qt_ms / rr_s**0.5)


def fridericia_ms(qt_ms: float, rr_s: float) -> float:
    """Correct a QT interval for the heart rate by Fridericia's cube root.

    Examples
    --------
    >>> round(fridericia_ms(290, 60 / 126))
    371
    """
    return float(qt_ms / np.cbrt(rr_s))


def counted_intervals(found: HeartBeats, rhythm: object) -> np.ndarray:
    """Return the intervals that count: of an irregular rhythm all, for its beats are counted over the time they span.

    Long ones are no sign of a hidden beat there; without them it would seem faster.
    """
    return np.diff(found.times_s) if rhythm == IRREGULAR else found.rr_s


def _rhythm(found: HeartBeats, beat: MedianBeat) -> dict[str, Measured]:
    # Broad complexes have no sharp middle: only after alignment do their times show whether the rhythm is regular.
    word, spread_ms = regularity(found.intervals(beat.at_s))
    rr_s = counted_intervals(found, word)
    rests_on = f"{rr_s.size} intervals between beats"
    if rr_s.size < found.hidden.size:
        rests_on += f", without {found.hidden.sum()} in which a beat may hide where nothing was read"
    values: dict[str, float | str] = {
        "heart_rate_bpm": rate_bpm(rr_s, word),
        "rhythm": word,
        "rr_spread_ms": spread_ms,
    }
    return {name: Measured(value, _UNITS[name], rests_on) for name, value in values.items()}


def _poor(beat: MedianBeat) -> str | None:
    if beat.used.sum() < REPORTING.beats_min:
        return "too few beats have the same shape"
    if len(beat.leads) < REPORTING.leads_min:
        return f"only {len(beat.leads)} of the leads show a whole beat"
    return None


def _waves(beat: MedianBeat, at: Fiducials, rr_s: float, poor: str | None) -> dict[str, Measured]:
    beats = f"the median of {beat.used.sum()} of {beat.used.size} beats"
    all_leads = f"{beats} in {len(beat.leads)} leads"
    limb_leads = f"{beats} in {sum(lead in OF_I_AND_II for lead in beat.leads)} limb leads"
    no_qrs = poor or (NO_QRS if at.qrs_on_ms is None else None)
    no_p = no_qrs or (NO_P if at.p_on_ms is None else None)
    no_t = no_qrs or (NO_T if at.t_off_ms is None else None)

    def interval(
        possible_ms: tuple[float, float], start_ms: float | None, end_ms: float | None, missing: str | None
    ) -> Measured:
        if missing or start_ms is None or end_ms is None:
            return Measured(None, "ms", all_leads, missing)
        if not possible_ms[0] <= end_ms - start_ms <= possible_ms[1]:
            return Measured(None, "ms", all_leads, f"the {end_ms - start_ms:.0f} ms found are not plausible")
        return Measured(end_ms - start_ms, "ms", all_leads)

    def axis(deg: float | None, missing: str | None) -> Measured:
        return Measured(deg, "deg", limb_leads, (missing or NO_AXIS) if deg is None else None)

    qt = interval(REPORTING.qt_ms, at.qrs_on_ms, at.t_off_ms, no_t)
    return {
        "pr_ms": interval(REPORTING.pr_ms, at.p_on_ms, at.qrs_on_ms, no_p),
        "qrs_ms": interval(REPORTING.qrs_ms, at.qrs_on_ms, at.qrs_off_ms, no_qrs),
        "qt_ms": qt,
        "qtc_ms": _corrected(qt, bazett_ms, rr_s),
        "qtc_fridericia_ms": _corrected(qt, fridericia_ms, rr_s),
        "p_axis_deg": axis(p_axis_deg(beat, at), no_p),
        "axis_deg": axis(qrs_axis_deg(beat, at), no_qrs),
        "t_axis_deg": axis(t_axis_deg(beat, at), no_t),
    }


def _corrected(qt: Measured, formula: Callable[[float, float], float], rr_s: float) -> Measured:
    return replace(qt, value=formula(qt.value, rr_s)) if isinstance(qt.value, float) else qt
