"""Charts of predictions that follow the settings of the stages: from each lead, and for the report."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.drawing import CLASS_COLOURS
from ecgviz.predictions import live
from models.classes import CLASSES

# Heights include legend and axis.
ROW_PX, REPORT_PX, LETTERS_PX = 26, 320, 14
# For a class to read from the last row.
LARGE_ROW_PX, LARGE_REPORT_PX, LARGE_LETTERS_PX = 34, 400, 18
WRITTEN_FROM = 0.18
INK = "#0f191a"
SETTINGS_COLOURS = {live.USUAL: "#9fb4b7", live.CHOSEN: "#2b8a95"}


def lead_bars(table: pd.DataFrame, large: bool = False) -> alt.LayerChart:
    """Show each lead's probabilities as one bar of four parts, the larger ones written in.

    Parameters
    ----------
    table : DataFrame
        As `live.lead_table` returns it.
    large : bool
        For a projector.
    """
    letters = LARGE_LETTERS_PX if large else LETTERS_PX
    ends = table.groupby("lead", sort=False)["probability"].cumsum()
    placed = table.assign(end=ends, start=ends - table["probability"], middle=ends - table["probability"] / 2)
    rows = list(dict.fromkeys(table["lead"]))
    base = alt.Chart(placed).encode(
        y=alt.Y(
            "lead:N", title=None, sort=rows, axis=alt.Axis(labelFlush=False, labelOverlap=False, labelFontSize=letters)
        ),
        tooltip=[
            alt.Tooltip("lead:N"),
            alt.Tooltip("class:N"),
            alt.Tooltip("probability:Q", format=".1%"),
            alt.Tooltip("usual:Q", format=".1%", title=live.USUAL),
            alt.Tooltip("change:Q", format="+.1%"),
        ],
    )
    share = alt.Scale(domain=[0, 1], nice=False)
    bars = base.mark_bar().encode(
        x=alt.X(
            "start:Q", title="probability", scale=share, axis=alt.Axis(format="%", tickCount=5, labelFontSize=letters)
        ),
        x2=alt.X2("end:Q"),
        color=alt.Color(
            "class:N",
            title=None,
            sort=list(CLASSES),
            scale=alt.Scale(domain=list(CLASSES), range=list(CLASS_COLOURS.values())),
            legend=alt.Legend(orient="top", columns=cell_charts.legend_columns(2), labelLimit=0, labelFontSize=letters),
        ),
    )
    words = (
        base.transform_filter(alt.datum.probability >= WRITTEN_FROM)
        .mark_text(color=INK, fontSize=letters)
        .encode(x=alt.X("middle:Q"), text=alt.Text("probability:Q", format=".0%"))
    )
    return alt.LayerChart(layer=[bars, words], height=alt.Step(LARGE_ROW_PX if large else ROW_PX))


def report_bars(table: pd.DataFrame, large: bool = False) -> alt.LayerChart:
    """Show the report's probabilities with the article's settings and with those chosen, the percentages beside.

    Parameters
    ----------
    table : DataFrame
        As `live.report_table` returns it.
    large : bool
        For a projector.
    """
    settings, letters = list(SETTINGS_COLOURS), LARGE_LETTERS_PX if large else LETTERS_PX
    base = alt.Chart(table).encode(
        x=alt.X("probability:Q", title="probability", scale=alt.Scale(domain=[0, 1.12], nice=False),
                axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFontSize=letters)),
        # In two lines: the column of settings is narrow, and its legend is as wide as the bars.
        y=alt.Y("class:N", title=None, sort=list(CLASSES),
                axis=alt.Axis(labelLimit=240, labelFontSize=letters, labelExpr=cell_charts.TWO_LINES)),
        yOffset=alt.YOffset("settings:N", sort=settings),
        tooltip=[alt.Tooltip("settings:N"), alt.Tooltip("class:N"), alt.Tooltip("probability:Q", format=".1%")],
    )  # fmt: skip
    bars = base.mark_bar().encode(
        color=alt.Color(
            "settings:N",
            title=None,
            sort=settings,
            scale=alt.Scale(domain=settings, range=list(SETTINGS_COLOURS.values())),
            legend=alt.Legend(orient="top", columns=2 if large else 1, labelLimit=0, labelFontSize=letters),
        )
    )
    # Vega-Lite places words at the upper edge of the band that a bar fills.
    words = base.mark_text(align="left", baseline="top", dx=4, fontSize=letters).encode(
        text=alt.Text("probability:Q", format=".0%")
    )
    return alt.LayerChart(layer=[bars, words], height=LARGE_REPORT_PX if large else REPORT_PX)
