"""Charts of what a prediction depends on: Grad-CAM and occlusion along the leads, and leads left out."""

from __future__ import annotations

import altair as alt
import numpy as np

from ecgviz.charts.cell_charts import difference_scale
from ecgviz.charts.probability_charts import LEAST_SHIFT, point_cells
from ecgviz.predictions import Sensitivity, row_names

WAVE_COLOUR = "#2b8a95"
CAM_COLOURS = ("#ffffff00", "#e3a36b")
HEIGHT_PX = 480
COLUMNS, CELL_S = 4, 2.5
# Row by row, as most pages print them.
PAPER_ORDER = ("I", "aVR", "V1", "V4", "II", "aVL", "V2", "V5", "III", "aVF", "V3", "V6", *row_names()[-COLUMNS:])
# The least and the most room for a row.
PITCH_MV = (1.5, 4.0)
TITLES = {"grad_cam": "Grad-CAM", "occlusion": "drop of probability when occluded"}


def along_chart(found: Sensitivity, label: str, kind: str) -> alt.LayerChart:
    """Show a saliency map behind each lead, laid out as on paper: four columns above the strip.

    Parameters
    ----------
    found : Sensitivity
    label : str
        One of `CLASSES`.
    kind : str
        ``grad_cam`` or ``occlusion``.
    """
    own = found.of_class(label)
    largest = max(float(own["occlusion"].abs().max()), LEAST_SHIFT)
    colours = {
        "grad_cam": alt.Scale(domain=[0, 1], range=list(CAM_COLOURS)),
        "occlusion": difference_scale(largest),
    }
    pitch_mv = float(np.clip(found.waves["mv"].max() - found.waves["mv"].min(), *PITCH_MV))
    cell = {name: divmod(place, COLUMNS)[::-1] for place, name in enumerate(PAPER_ORDER)}
    waves, along = (
        part.assign(
            left_s=[cell[row][0] * CELL_S for row in part["row"]],
            level_mv=[-cell[row][1] * pitch_mv for row in part["row"]],
        )
        for part in (found.waves, own)
    )
    waves = waves.assign(
        at_s=waves["left_s"] + waves["time_s"], at_mv=waves["level_mv"] + waves["mv"].clip(-pitch_mv, pitch_mv)
    )
    along = along.assign(
        from_s=along["left_s"] + along["start_s"],
        to_s=along["left_s"] + along["stop_s"],
        low_mv=along["level_mv"] - pitch_mv / 2,
        high_mv=along["level_mv"] + pitch_mv / 2,
    )
    time = alt.X("from_s:Q", title="s", scale=alt.Scale(domain=[0, COLUMNS * CELL_S], nice=False))
    bands = (
        alt.Chart(along)
        .mark_rect()
        .encode(
            x=time,
            x2=alt.X2("to_s:Q"),
            y=alt.Y("low_mv:Q", title=None, axis=None),
            y2=alt.Y2("high_mv:Q"),
            color=alt.Color(
                f"{kind}:Q", title=TITLES[kind], scale=colours[kind], legend=alt.Legend(orient="top", tickCount=3)
            ),
            tooltip=[
                alt.Tooltip("row:N"),
                alt.Tooltip("start_s:Q"),
                alt.Tooltip("grad_cam:Q", format=".2f"),
                alt.Tooltip("occlusion:Q", format="+.3f"),
            ],
        )
    )
    lines = (
        alt.Chart(waves)
        .mark_line(color=WAVE_COLOUR, strokeWidth=1.2)
        .encode(x=alt.X("at_s:Q"), y=alt.Y("at_mv:Q"), detail=alt.Detail("row:N"), order=alt.Order("at_s:Q"))
    )
    names = (
        alt.Chart(along.drop_duplicates("row"))
        .mark_text(align="left", baseline="top", dx=3, dy=2)
        .encode(x=alt.X("left_s:Q"), y=alt.Y("high_mv:Q"), text=alt.Text("row:N"))
    )
    return alt.LayerChart(layer=[bands, lines, names], height=HEIGHT_PX)


def change_chart(found: Sensitivity) -> alt.LayerChart:
    """Show by how many percentage points each class's probability changes when a lead is left out."""
    return point_cells(found.left_out, "change")
