"""What a person measured, in words: a row for each."""

from __future__ import annotations

from collections.abc import Sequence

from ecgviz.study import HandMeasurement
from preprocessing.lead_id import LeadId

HEAD = ("Name", "Lead", "At", "Time", "Rate", "Voltage", "Against")
MINUS, NONE = "\N{MINUS SIGN}", "\N{EN DASH}"
MM_PER_MV, MS_PER_MM = 10.0, 40.0
# Shorter intervals are no heartbeat.
LEAST_RR_MS = 200.0
NOTE = "Measured by the reader on the traces. Millimetres are those of paper at 25 mm/s and 10 mm/mV."


def rows(measured: Sequence[HandMeasurement]) -> list[tuple[str, ...]]:
    """Return a row of words for each measurement, under `HEAD`."""
    return [_row(one) for one in measured]


def millivolts_and_mm(mv: float) -> str:
    """Return a voltage with its sign in both units.

    Examples
    --------
    >>> millivolts_and_mm(0.12)
    '+0.12 mV (+1.2 mm)'
    """
    return f"{_signed(mv, 2)} mV ({_signed(mv * MM_PER_MV, 1)} mm)"


def _row(one: HandMeasurement) -> tuple[str, ...]:
    at = f"{one.from_s:.2f} to {one.to_s:.2f} s"
    if one.is_st:
        moments = ("J", "J+40", "J+60")
        st = "; ".join(f"{moment} {_signed(mv, 2)}" for moment, mv in zip(moments, one.mv, strict=True))
        return one.name, LeadId.of_key(one.key).name, at, NONE, NONE, f"{st} mV", one.against
    rate = f"{60000 / one.ms:.0f} bpm" if one.ms >= LEAST_RR_MS else NONE
    time = f"{one.ms:.0f} ms ({one.ms / MS_PER_MM:.1f} mm)"
    return one.name, LeadId.of_key(one.key).name, at, time, rate, millivolts_and_mm(one.mv[0]), one.against


def _signed(value: float, digits: int) -> str:
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.{digits}f}"
