"""The median beats of two reports, laid over each other lead by lead, as one sheet to scale."""

from __future__ import annotations

from math import ceil

import numpy as np

from ecgviz.drawing import GAIN_MM_MV, SPEED_MM_S, beats_over, well_shown
from ecgviz.export.report.sheets import UNITS_MM, WIDTH_MM, Label, Sheet, polylines
from ecgviz.study import Study, rank
from preprocessing.lead_id import LeadId

PER_ROW, NAME_MM, GAP_MM = 6, 5, 3
# mm at least and at most above and below 0 mV: taller beats are cut off.
LEAST_MM, MOST_MM = 4, 36
WORDS = "Median beats at 25 mm/s and 10 mm/mV, aligned at the middle of QRS: the first report solid, the second dashed."


def beat_sheet(first: Study, second: Study) -> Sheet | None:
    """Lay out the beats of the leads that both reports show; None without such a lead."""
    beat = first.measurements.beat
    if beat is None or second.measurements.beat is None:
        return None
    over = beats_over(beat, second)
    leads = sorted(over, key=lambda lead: rank(LeadId.of_key(lead)))
    if not leads:
        return None
    pair = {lead: (well_shown(beat, lead) * GAIN_MM_MV, over[lead] * GAIN_MM_MV) for lead in leads}
    pitch_mm = WIDTH_MM / PER_ROW
    width_mm = (beat.times_ms[-1] - beat.times_ms[0]) / 1000 * SPEED_MM_S
    traces: list[np.ndarray] = []
    others: list[np.ndarray] = []
    names: list[Label] = []
    top_mm = 0
    for start in range(0, len(leads), PER_ROW):
        row = leads[start : start + PER_ROW]
        highest = max(float(np.nanmax(mm, initial=0)) for lead in row for mm in pair[lead])
        lowest = min(float(np.nanmin(mm, initial=0)) for lead in row for mm in pair[lead])
        above, below = (min(MOST_MM, max(LEAST_MM, ceil(reach) + 1)) for reach in (highest, -lowest))
        zero_mm = top_mm + NAME_MM + above
        for column, lead in enumerate(row):
            x_mm = column * pitch_mm + (pitch_mm - width_mm) / 2
            one, two = (np.where((mm > above) | (mm < -below), np.nan, mm) for mm in pair[lead])
            traces += polylines(one, x_mm, zero_mm)
            others += polylines(two, x_mm, zero_mm)
            names.append(Label(lead, round((column * pitch_mm + 1) * UNITS_MM), (top_mm + 4) * UNITS_MM))
        top_mm = zero_mm + below + GAP_MM
    size = WIDTH_MM * UNITS_MM, top_mm * UNITS_MM
    return Sheet(*size, tuple(traces), (), (), tuple(names), (), WORDS, tuple(others))
