"""Two reports beside each other in words: rate, intervals, axes and ST, with their differences."""

from __future__ import annotations

from ecgviz.study import Study, rank
from ecgviz.words import criteria, doubts, first_line, measured
from preprocessing.lead_id import LeadId
from preprocessing.measuring import Measured, millivolts
from preprocessing.trust import Rest, Trust

SAME, OTHER = "same", "differs"
NOTE = (
    "Difference: second minus first. Electrode positions, posture and filter change waves from one recording to the "
    "next."
)
_ST = "st_j60_mv"


def rows(first: Study, second: Study) -> list[tuple[str, ...]]:
    """Return name, first, second and difference of each measurement, then of ST in each lead that both show."""
    return [_rhythm(first, second), *_measurements(first, second), *_st(first, second)]


def _rhythm(first: Study, second: Study) -> tuple[str, ...]:
    one, two = (first_line.rhythm_in_words(study.measurements, study.is_paced) for study in (first, second))
    missing = measured.MISSING in (one, two)
    return "Rhythm", one, two, measured.MISSING if missing else SAME if one == two else OTHER


def _measurements(first: Study, second: Study) -> list[tuple[str, ...]]:
    found = []
    for name, one in first.measurements.values.items():
        two = second.measurements.values[name]
        if one.unit:
            shown = [_shown(name, value, study.trust) for value, study in ((one, first), (two, second))]
            found.append((measured.NAMES[name], *shown, _difference(one, two)))
    return found


def _shown(name: str, value: Measured, trust: Trust) -> str:
    return doubts.marked(measured.in_words(value), value, doubts.of_measurement(name, trust))


def _difference(one: Measured, two: Measured) -> str:
    if not isinstance(one.value, float) or not isinstance(two.value, float):
        return measured.MISSING
    # Of the shown values, so that a reader can check it.
    away = round(two.value) - round(one.value)
    if one.unit == "deg":
        away = (away + 180) % 360 - 180
    return f"{away:+d}{measured.UNITS[one.unit]}".replace("-", "\N{MINUS SIGN}") if away else SAME


def _st(first: Study, second: Study) -> list[tuple[str, ...]]:
    waves = [study.measurements.waves for study in (first, second)]
    marks = [doubts.ABOUT if study.trust.doubts(Rest.VOLTAGES) else "" for study in (first, second)]
    found = []
    for lead in sorted(waves[0].keys() & waves[1].keys(), key=lambda lead: rank(LeadId.of_key(lead))):
        levels = [getattr(one[lead], _ST) for one in waves]
        if None not in levels:
            # Of the shown values, as above.
            away = round(levels[1], 2) - round(levels[0], 2)
            shown = [f"{mark}{millivolts(level)} mV" for mark, level in zip(marks, levels, strict=True)]
            found.append(
                (f"ST {lead}, {criteria.MOMENTS[_ST]}", *shown, f"{millivolts(away)} mV" if round(away, 2) else SAME)
            )
    return found
