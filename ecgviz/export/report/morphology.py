"""ST and morphology in a report: the map of ST, the named criteria, and each lead's waves."""

from __future__ import annotations

from ecgviz.export.report.blocks import Table, Words
from ecgviz.study import Study
from ecgviz.words import criteria, doubts, printed
from preprocessing.measuring import criteria_of
from preprocessing.trust import Rest

NOT_MEASURED = "No ST segment was measured: no distinct QRS complex was found."
_MOMENT = "st_j60_mv"
_PER_ROW = max(map(len, criteria.WALLS.values()))
_HEAD, _WIDTHS = ("Criterion", "State", "Measured, limits and source"), (0.22, 0.14, 0.64)
_MAP_WIDTHS = (0.14, *[0.86 / _PER_ROW] * _PER_ROW)
_WAVE_WIDTHS = (0.1, *[0.1] * len(criteria.WAVE_HEAD))


def morphology_blocks(study: Study) -> list[Words | Table]:
    """Return the blocks of the part."""
    found = study.measurements
    if not found.waves:
        return [Words(NOT_MEASURED)]
    reasons = study.trust.doubts(Rest.VOLTAGES)
    mark = [Words(f"Voltages are provisional, because {doubts.because(reasons)}.", "warning")] if reasons else []
    filtered = printed.filter_warning(study)
    mark += [] if filtered is None else [Words(filtered, "warning")]
    met, others = criteria.order(criteria_of(found))
    rows = [
        (one.name, criteria.state_in_words(one, study.trust), f"{one.facts} {one.source}.") for one in (*met, *others)
    ]
    return [
        *mark,
        st_map(study),
        Table("Named criteria", _HEAD, tuple(rows), widths=_WIDTHS),
        Words(criteria.NOT_DIAGNOSES, "small"),
        Table(
            "Waves of each lead, mV unless named otherwise",
            ("Lead", *criteria.WAVE_HEAD),
            tuple(criteria.wave_rows(found)),
            widths=_WAVE_WIDTHS,
        ),
    ]


def st_map(study: Study) -> Table:
    """Return ST at J + 60 ms of the leads of each wall."""
    rows = []
    levels = criteria.st_levels(study.measurements, _MOMENT)
    for wall in dict.fromkeys(one.wall for one in levels):
        cells = [f"{one.lead} {criteria.in_mv_and_mm(one.mv)}" for one in levels if one.wall == wall]
        rows.append((wall, *cells, *[""] * (_PER_ROW - len(cells))))
    head = ("Wall", "Leads", *[""] * (_PER_ROW - 1))
    caption = f"Map of ST at {criteria.MOMENTS[_MOMENT]}, leads of one wall side by side: mV, and mm at 10 mm/mV"
    return Table(caption, head, tuple(rows), widths=_MAP_WIDTHS)
