"""Printed measurements in words: as printed, as measured here, and the difference."""

from __future__ import annotations

from ecgviz.study import PrintedComparison, Study
from ecgviz.words.measured import MISSING, NAMES, UNITS

HEAD = ("Measurement", "Printed", "Measured here", "Difference")
LARGE = "large"
NOTE = "Only values that were read with certainty. A recorder measures by a program of its own."
_UNITS = {"bpm": UNITS["bpm"], "ms": UNITS["ms"], "deg": UNITS["deg"]}


def rows(study: Study) -> list[tuple[str, str, str, str]]:
    """Return a row for each printed measurement that was read."""
    return [_row(one) for one in study.printed_comparisons]


def _row(one: PrintedComparison) -> tuple[str, str, str, str]:
    unit = _UNITS[one.name.rsplit("_", 1)[1]]
    shown = [MISSING if value is None else _number(value, unit) for value in (one.printed, one.measured)]
    difference = MISSING
    if one.difference is not None:
        difference = _number(one.difference, unit, "+") + (f", {LARGE}" if one.is_large else "")
    return NAMES[one.name], *shown, difference


def _number(value: float, unit: str, sign: str = "") -> str:
    whole = round(value)
    return f"{whole:{sign if whole else ''}d}{unit}".replace("-", "\N{MINUS SIGN}")
