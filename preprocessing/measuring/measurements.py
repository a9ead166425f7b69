"""What a clinician measures on the traces: rate, rhythm, intervals and axes, each with what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from preprocessing.measuring.axes import LIMB_LEADS, p_axis_deg, qrs_axis_deg, t_axis_deg
from preprocessing.measuring.delineation import NOTHING, Fiducials, delineate
from preprocessing.measuring.heart_beats import HeartBeats, find_beats
from preprocessing.measuring.median_beat import MedianBeat, median_beat
from preprocessing.measuring.rhythm import rate_bpm, regularity
from preprocessing.traces import Trace

# Fewer beats or leads than these behind a median, and its waves are not measured.
LEAST_BEATS, LEAST_LEADS = 2, 3
# Lengths that a heart can have, ms: what lies outside was found wrongly.
POSSIBLE_MS = {"pr_ms": (60.0, 450.0), "qrs_ms": (40.0, 260.0), "qt_ms": (180.0, 700.0)}
NO_QRS = "the QRS complex does not stand out from what surrounds it"
NO_P = "no single P wave stands out before the QRS complex"
NO_T = "the end of the T wave does not stand out"
NO_AXIS = "the limb leads do not show one direction"
_UNITS = {
    "heart_rate_bpm": "bpm",
    "rhythm": "",
    "rr_spread_ms": "ms",
    **dict.fromkeys(("pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "qtc_fridericia_ms"), "ms"),
    **dict.fromkeys(("p_axis_deg", "axis_deg", "t_axis_deg"), "deg"),
}


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
    if found.reason is not None:
        nothing = {name: Measured(None, unit, "all leads together", found.reason) for name, unit in _UNITS.items()}
        return Measurements(**nothing, beats=found, beat=None, fiducials=NOTHING)
    beat = median_beat(traces, found)
    rr_s = float(np.median(found.rr_s))
    poor = _poor(beat)
    at = NOTHING if poor else delineate(beat, rr_s)
    return Measurements(**_rhythm(found, beat), **_waves(beat, at, rr_s, poor), beats=found, beat=beat, fiducials=at)


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


def _rhythm(found: HeartBeats, beat: MedianBeat) -> dict[str, Measured]:
    # Broad complexes have no sharp middle: only laid over each other do their times tell regular from irregular.
    rests_on = f"{beat.rr_s.size} intervals between beats"
    word, spread_ms = regularity(beat.rr_s)
    values: dict[str, float | str] = {
        "heart_rate_bpm": rate_bpm(found.rr_s),
        "rhythm": word,
        "rr_spread_ms": spread_ms,
    }
    return {name: Measured(value, _UNITS[name], rests_on) for name, value in values.items()}


def _poor(beat: MedianBeat) -> str | None:
    if beat.used.sum() < LEAST_BEATS:
        return "too few beats are alike"
    if len(beat.leads) < LEAST_LEADS:
        return f"only {len(beat.leads)} of the leads show a whole beat"
    return None


def _waves(beat: MedianBeat, at: Fiducials, rr_s: float, poor: str | None) -> dict[str, Measured]:
    beats = f"the median of {beat.used.sum()} of {beat.used.size} beats"
    all_leads = f"{beats} in {len(beat.leads)} leads"
    limb_leads = f"{beats} in {sum(lead in LIMB_LEADS for lead in beat.leads)} limb leads"
    no_qrs = poor or (NO_QRS if at.qrs_on_ms is None else None)
    no_p = no_qrs or (NO_P if at.p_on_ms is None else None)
    no_t = no_qrs or (NO_T if at.t_off_ms is None else None)

    def interval(name: str, start_ms: float | None, end_ms: float | None, missing: str | None) -> Measured:
        if missing or start_ms is None or end_ms is None:
            return Measured(None, "ms", all_leads, missing)
        shortest_ms, longest_ms = POSSIBLE_MS[name]
        if not shortest_ms <= end_ms - start_ms <= longest_ms:
            return Measured(None, "ms", all_leads, f"the {end_ms - start_ms:.0f} ms found are no heart's")
        return Measured(end_ms - start_ms, "ms", all_leads)

    def axis(deg: float | None, missing: str | None) -> Measured:
        return Measured(deg, "deg", limb_leads, (missing or NO_AXIS) if deg is None else None)

    qt = interval("qt_ms", at.qrs_on_ms, at.t_off_ms, no_t)
    return {
        "pr_ms": interval("pr_ms", at.p_on_ms, at.qrs_on_ms, no_p),
        "qrs_ms": interval("qrs_ms", at.qrs_on_ms, at.qrs_off_ms, no_qrs),
        "qt_ms": qt,
        "qtc_ms": _corrected(qt, bazett_ms, rr_s),
        "qtc_fridericia_ms": _corrected(qt, fridericia_ms, rr_s),
        "p_axis_deg": axis(p_axis_deg(beat, at), no_p),
        "axis_deg": axis(qrs_axis_deg(beat, at), no_qrs),
        "t_axis_deg": axis(t_axis_deg(beat, at), no_t),
    }


def _corrected(qt: Measured, formula: Callable[[float, float], float], rr_s: float) -> Measured:
    return replace(qt, value=formula(qt.value, rr_s)) if isinstance(qt.value, float) else qt
