"""Charts of what an answer depends on."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.sensitivity import Sensitivity, row_names
from models.classes import CLASSES

WAVE_COLOUR = "#1f6f78"
SEEN_COLOURS = ("#ffffff00", "#e3a36b")
LOST_COLOURS = ("#2f6fb5", "#f4f4f4", "#c8542b")
ROW_HEIGHT_PX, COLUMNS = 64, 4
CHANGE_HEIGHT_PX = 26


def along_chart(found: Sensitivity, kind: str) -> alt.FacetChart:
    """Show each lead over what a map says of its stretches.

    Parameters
    ----------
    found : Sensitivity
    kind : str
        ``seen`` for Grad-CAM, ``lost`` for what hiding a stretch costs.
    """
    largest = max(float(found.along["lost"].abs().max()), 0.01)
    colours = {
        "seen": alt.Scale(domain=[0, 1], range=list(SEEN_COLOURS)),
        "lost": alt.Scale(domain=[-largest, 0, largest], range=list(LOST_COLOURS)),
    }
    titles = {"seen": "speaks for it", "lost": "lost when hidden"}
    both = alt.Chart(pd.concat([found.along, found.waves], ignore_index=True))
    bands = both.transform_filter("isValid(datum.stop_s)").mark_rect().encode(
        x=alt.X("start_s:Q", title="s", scale=alt.Scale(domain=[0, 2.5])),
        x2="stop_s:Q",
        color=alt.Color(f"{kind}:Q", title=titles[kind], scale=colours[kind], legend=alt.Legend(orient="top")),
        tooltip=["row:N", "start_s:Q", alt.Tooltip("seen:Q", format=".2f"), alt.Tooltip("lost:Q", format="+.3f")],
    )  # fmt: skip
    lines = both.transform_filter("isValid(datum.mv)").mark_line(color=WAVE_COLOUR, strokeWidth=1.2).encode(
        x="time_s:Q", y=alt.Y("mv:Q", title=None, axis=alt.Axis(tickCount=3))
    )  # fmt: skip
    shown = [row for row in row_names() if row in set(found.along["row"])]
    return (
        alt.layer(bands, lines)
        .properties(height=ROW_HEIGHT_PX, width=230)
        .facet(facet=alt.Facet("row:N", title=None, sort=shown), columns=COLUMNS)
    )


def change_chart(found: Sensitivity) -> alt.LayerChart:
    """Show how each class's probability changes when a lead is left out, shares written in."""
    order = list(dict.fromkeys(found.left_out["lead"]))
    largest = max(float(found.left_out["change"].abs().max()), 0.01)
    base = alt.Chart(found.left_out).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=alt.Axis(orient="top", labelAngle=0, labelLimit=140)),
        y=alt.Y("lead:N", title=None, sort=order),
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "change:Q", legend=None, scale=alt.Scale(domain=[-largest, 0, largest], range=list(LOST_COLOURS))
        )
    )
    strong = f"abs(datum.change) > {0.6 * largest}"
    words = base.mark_text().encode(
        text=alt.Text("change:Q", format="+.1%"),
        color=alt.condition(strong, alt.value("#ffffff"), alt.value("#1d2b2e")),
    )
    return (cells + words).properties(height=alt.Step(CHANGE_HEIGHT_PX))
