"""What a recorder says about the ECG, in words, beside what is measured here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ecgviz.study import Study
from ecgviz.words import measured
from ecgviz.words.first_line import RANGES, rhythm_in_words
from preprocessing.measuring import Measurements

HEAD = ("Statement of the recorder", "Measured here", "Agreement")
AGREES, DIFFERS = "agrees", "differs"
NOTE = "By the recorder's own program, read from a closed list of statements; leads that one names are not read."
BROAD_MS = 120


@dataclass(frozen=True)
class _Claim:
    """What a statement says about one measurement: the value is as `holds` has it."""

    name: str
    holds: Callable[[float], bool]


def _within(name: str) -> Callable[[float], bool]:
    return lambda value: not RANGES[name].outside(value)


def _outside(name: str, way: str) -> Callable[[float], bool]:
    return lambda value: RANGES[name].outside(value) == way


CLAIMS = {
    "Sinus Rhythm": _Claim("heart_rate_bpm", _within("heart_rate_bpm")),
    "Sinus Tachycardia": _Claim("heart_rate_bpm", _outside("heart_rate_bpm", "above")),
    "Sinus Bradycardia": _Claim("heart_rate_bpm", _outside("heart_rate_bpm", "below")),
    "First-degree Atrioventricular Block": _Claim("pr_ms", _outside("pr_ms", "above")),
    "Short PR Interval": _Claim("pr_ms", _outside("pr_ms", "below")),
    "QT Interval Prolongation": _Claim("qtc_ms", _outside("qtc_ms", "above")),
    "Left Axis Deviation": _Claim("axis_deg", _outside("axis_deg", "below")),
    "Right Axis Deviation": _Claim("axis_deg", _outside("axis_deg", "above")),
    **{
        f"{grade}{side} Bundle Branch Block": _Claim("qrs_ms", lambda ms: round(ms) >= BROAD_MS)
        for grade in ("", "Complete ")
        for side in ("Left", "Right")
    },
}
IRREGULAR = ("Atrial Fibrillation", "Sinus Arrhythmia")


def rows(study: Study) -> list[tuple[str, str, str]]:
    """Return a row for each statement that was read, from the top of the page."""
    return [(one, *_measured(one, study.measurements)) for one in study.printed.statements.read]


def note(study: Study) -> str:
    """Return where the statements come from, and how many lines among them were not read."""
    unread = study.printed.statements.unread_n
    more = f" Not read: {unread} further line{'s' * (unread > 1)}." if unread else ""
    return NOTE + more


def _measured(statement: str, found: Measurements) -> tuple[str, str]:
    """Return what is measured of that of which a statement speaks, and whether that agrees."""
    if statement in IRREGULAR:
        word = found.rhythm.value
        if word is None:
            return measured.MISSING, measured.MISSING
        return rhythm_in_words(found), DIFFERS if word == "regular" else AGREES
    claim = CLAIMS.get(statement)
    value = None if claim is None else found.values[claim.name].value
    if claim is None or not isinstance(value, float):
        return measured.MISSING, measured.MISSING
    shown = f"{measured.NAMES[claim.name]} {measured.in_words(found.values[claim.name])}"
    return shown, AGREES if claim.holds(value) else DIFFERS
