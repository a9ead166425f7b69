"""Measurements in words: values with units, their basis, and why one is missing."""

from __future__ import annotations

from collections.abc import Iterable

from ecgviz.words import doubts, glossary
from preprocessing.measuring import Fiducials, Measured, Measurements
from preprocessing.trust import Trust

NAMES = {
    "heart_rate_bpm": "Heart rate",
    "rhythm": "Rhythm",
    "rr_spread_ms": "RR spread",
    "pr_ms": "PR",
    "qrs_ms": "QRS",
    "qt_ms": "QT",
    "qtc_ms": "QTc Bazett",
    "qtc_fridericia_ms": "QTc Fridericia",
    "p_axis_deg": "P axis",
    "axis_deg": "QRS axis",
    "t_axis_deg": "T axis",
}
UNITS = {"bpm": " bpm", "ms": " ms", "deg": "\N{DEGREE SIGN}"}
MISSING = "\N{EN DASH}"
IRREGULAR = "irregular"
NOT_FOUND = "not found"
NOTES = {
    "rr_spread_ms": glossary.meaning("RR spread"),
    "qtc_ms": "QT divided by the square root of the RR interval in seconds.",
    "qtc_fridericia_ms": "QT divided by the cube root of the RR interval in seconds.",
}


def figures(measurements: Measurements, trust: Trust) -> list[tuple[str, str, str | None]]:
    """Return name, value and, where needed, a note of each numeric measurement; what rests on a doubt is marked."""
    return [figure(measurements, name, trust) for name, value in measurements.values.items() if value.unit]


def figure(measurements: Measurements, name: str, trust: Trust) -> tuple[str, str, str | None]:
    """Return name, value and, where needed, a note of one measurement."""
    value, reasons = measurements.values[name], doubts.of_measurement(name, trust)
    if value.value is None:
        return NAMES[name], in_words(value), _why_not(value)
    if not reasons:
        return NAMES[name], in_words(value), NOTES.get(name)
    note = " ".join(filter(None, [f"Provisional, because {doubts.because(reasons)}.", NOTES.get(name)]))
    return f"{NAMES[name]}, {doubts.PROVISIONAL}", doubts.marked(in_words(value), value, reasons), note


def in_words(measured: Measured) -> str:
    """Format one value in whole units, as recorders print it.

    Examples
    --------
    >>> in_words(Measured(69.77, "bpm", "11 intervals between beats"))
    '70 bpm'
    >>> in_words(Measured(-30.2, "deg", "the median of 9 of 9 beats in 12 leads"))
    '\u221230\xb0'
    """
    if measured.value is None:
        return MISSING
    if isinstance(measured.value, str):
        return measured.value
    return f"{round(measured.value)}{UNITS[measured.unit]}".replace("-", "\N{MINUS SIGN}")


def rests_on(measurements: Measurements) -> list[str]:
    """Return what the measured values rest on, one sentence per basis."""
    found = {name: value for name, value in measurements.values.items() if value.value is not None}
    return [
        f"{_listed(names)}: from {ground}."
        for ground, names in _grouped((value.rests_on, NAMES[name]) for name, value in found.items())
    ]


def missing(measurements: Measurements) -> list[str]:
    """Return why values are missing, one sentence per reason."""
    absent = {name: value.reason for name, value in measurements.values.items() if value.value is None}
    return [
        f"{_listed(names)}: not measured ({reason})."
        for reason, names in _grouped((reason or NOT_FOUND, NAMES[name]) for name, reason in absent.items())
    ]


def rhythm(measurements: Measurements) -> list[str]:
    """Return the rhythm with the range of its RR intervals as a sentence; empty without beats."""
    rr = measurements.rr
    if rr is None:
        return []
    how = (
        f"beats over the time they span, {60_000 / rr.median_ms:.0f} bpm by the median interval"
        if measurements.rhythm.value == IRREGULAR
        else "the median interval"
    )
    return [
        f"Rhythm: {measurements.rhythm.value}. RR {rr.median_ms:.0f} ms, from {rr.shortest_ms:.0f} to "
        f"{rr.longest_ms:.0f} ms; the heart rate is {how}."
    ]


def waves(at: Fiducials) -> dict[str, tuple[float | None, float | None]]:
    """Return onset and offset of each wave, ms, by its name; the onset of T is not measured."""
    return {"P": (at.p_on_ms, at.p_off_ms), "QRS": (at.qrs_on_ms, at.qrs_off_ms), "T": (None, at.t_off_ms)}


def _why_not(measured: Measured) -> str:
    return f"Not measured ({measured.reason or NOT_FOUND})."


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for ground, name in pairs:
        groups.setdefault(ground, []).append(name)
    return list(groups.items())


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
