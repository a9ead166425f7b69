"""Printed measurements in words: as printed, as measured here, and the difference."""

from __future__ import annotations

from ecgviz.study import PrintedComparison, Study, compared
from ecgviz.words.measured import MISSING, NAMES, UNITS

HEAD = ("Measurement", "Printed", "Measured here", "Difference")
LARGE = "large"
NOTE = "Only values that were read with certainty. A recorder measures by a program of its own."
# Hz. A high pass above the first distorts ST, a low pass below the second lowers narrow waves: AHA/ACCF/HRS
# recommendations 2007, part I (Circulation 115:1306), for filters that shift the phase.
HIGH_PASS_MAX_HZ, LOW_PASS_MIN_HZ = 0.05, 150.0
_UNITS = {"bpm": UNITS["bpm"], "ms": UNITS["ms"], "deg": UNITS["deg"]}


def rows(study: Study) -> list[tuple[str, ...]]:
    """Return a row for each printed measurement that was read."""
    return [_row(one) for one in compared(study.printed, study.measurements)]


def _row(one: PrintedComparison) -> tuple[str, ...]:
    unit = _UNITS[one.name.rsplit("_", 1)[1]]
    shown = [MISSING if value is None else _number(value, unit) for value in (one.printed, one.measured)]
    difference = MISSING
    if one.difference is not None:
        difference = _number(one.difference, unit, "+") + (f", {LARGE}" if one.is_large else "")
    return NAMES[one.name], *shown, difference


def _number(value: float, unit: str, sign: str = "") -> str:
    whole = round(value)
    return f"{whole:{sign if whole else ''}d}{unit}".replace("-", "\N{MINUS SIGN}")


def filter_warning(study: Study) -> str | None:
    """Return a sentence where the recorder's printed filter can distort ST, else None."""
    limits = study.printed.filter_hz
    if limits is None or limits[0] <= HIGH_PASS_MAX_HZ:
        return None
    high, low = limits
    narrow = f" Its upper limit, below {LOW_PASS_MIN_HZ:g} Hz, lowers narrow waves." if low < LOW_PASS_MIN_HZ else ""
    return (
        f"The recorder's filter, printed as {high:g} to {low:g} Hz, can shift ST: recommended for ST is a lower limit "
        f"of at most {HIGH_PASS_MAX_HZ:g} Hz.{narrow} AHA/ACCF/HRS recommendations 2007, part I."
    )
