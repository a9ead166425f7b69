"""Charts of probabilities: of each model for the report, and from each lead."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.predictions import NAMES
from models.classes import CLASSES

# Blue for CNN, orange for CNN-LSTM, green for combined, as far apart for those who confuse colours; paler over traces,
# grey for the article's. At least 3:1 on both backgrounds; place, name and value distinguish the models as well.
COLOURS = dict(
    zip(NAMES.values(), ("#8a9296", "#767f83", "#2f6fc0", "#b85512", "#5b8fd6", "#cf7636", "#2b9a6c"), strict=True)
)
GREYS = dict(
    zip(NAMES.values(), ("#d5d9da", "#c6cbcd", "#b9bec0", "#a9b0b2", "#9aa1a4", "#878f92", "#757d80"), strict=True)
)
# The colour scale of differences spans at least this, which keeps small ones pale.
LEAST_SHIFT = 0.01
# Heights include legend and axis.
LEAST_HEIGHT_PX, AROUND_PX, BAR_PX, CELL_HEIGHT_PX = 300, 210, 19, 28
# Where the axis ends: values stand beside their bars.
AXIS_END = 1.16


def report_chart(table: pd.DataFrame, grey: bool = False) -> alt.LayerChart:
    """Show each model's probability of each class, side by side, the percentages at the bars.

    Parameters
    ----------
    table : DataFrame
        As `prediction_tables.report_table` returns it, or one lead's part of `lead_table`.
    grey : bool
        For probabilities that are no prediction.
    """
    shown = set(table["model"])
    colours = {model: colour for model, colour in (GREYS if grey else COLOURS).items() if model in shown}
    models = list(colours)
    base = alt.Chart(table).encode(
        x=alt.X("probability:Q", title="probability", scale=alt.Scale(domain=[0, AXIS_END], nice=False),
                axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])),
        y=alt.Y("class:N", title=None, sort=list(CLASSES), scale=alt.Scale(paddingInner=0.12),
                axis=alt.Axis(labelLimit=200)),
        yOffset=alt.YOffset("model:N", sort=models),
        tooltip=[alt.Tooltip("model:N"), alt.Tooltip("class:N"), alt.Tooltip("probability:Q", format=".1%")],
    )  # fmt: skip
    bars = base.mark_bar().encode(
        color=alt.Color(
            "model:N",
            title=None,
            sort=models,
            scale=alt.Scale(domain=models, range=list(colours.values())),
            legend=alt.Legend(orient="top", columns=1, labelLimit=0),
        )
    )
    # Vega-Lite places words at the upper edge of the band that a bar fills, whatever `bandPosition` says.
    words = base.mark_text(align="left", baseline="top", dx=4, fontSize=cell_charts.LETTERS_PX).encode(
        text=alt.Text("probability:Q", format=".0%")
    )
    height = max(LEAST_HEIGHT_PX, AROUND_PX + BAR_PX * len(models) * len(CLASSES))
    return alt.LayerChart(layer=[bars, words], height=height)


def models_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show each model's probabilities for the report: models by classes, the percentages written in.

    Parameters
    ----------
    table : DataFrame
        As `prediction_tables.report_table` returns it.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y("model:N", title=None, sort=list(dict.fromkeys(table["model"])),
                axis=alt.Axis(labelFlush=False, labelOverlap=False, labelLimit=0)),
        tooltip=[alt.Tooltip("model:N"), alt.Tooltip("class:N"), alt.Tooltip("probability:Q", format=".1%")],
    )  # fmt: skip
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def vote_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show how many networks find each class most probable: leads by classes, the counts written in.

    Parameters
    ----------
    table : DataFrame
        As `comparisons.vote_table` returns it.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y("lead:N", title=None, sort=list(dict.fromkeys(table["lead"])), axis=cell_charts.row_axis()),
        tooltip=[alt.Tooltip("lead:N"), alt.Tooltip("class:N"), alt.Tooltip("networks:Q"), alt.Tooltip("names:N")],
    )
    return cell_charts.of_shares(base, "share", alt.Text("networks:Q", format="d"), CELL_HEIGHT_PX)


def lead_chart(table: pd.DataFrame, model: str) -> alt.LayerChart:
    """Show one network's probabilities from each lead alone: leads by classes, the percentages written in.

    Parameters
    ----------
    table : DataFrame
        As `prediction_tables.lead_table` returns it.
    model : str
        One of its models.
    """
    own = table[table["model"] == model]
    base = alt.Chart(own).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y("lead:N", title=None, sort=list(dict.fromkeys(own["lead"])), axis=cell_charts.row_axis()),
        tooltip=[alt.Tooltip("lead:N"), alt.Tooltip("class:N"), alt.Tooltip("probability:Q", format=".1%")],
    )
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def difference_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show where two networks differ: leads by classes, the differences in percentage points written in.

    Parameters
    ----------
    table : DataFrame
        As `comparisons.difference_table` returns it.
    """
    return point_cells(table, "difference")


def point_cells(table: pd.DataFrame, value: str) -> alt.LayerChart:
    """Show differences of probabilities, leads by classes, written in percentage points."""
    # Rounded here, and zero added: D3 would write minus zero.
    points = table.assign(**{value: (100 * table[value]).round(1) + 0.0})
    return difference_cells(points, value, list(dict.fromkeys(table["lead"])), "lead", "+.1f", 100 * LEAST_SHIFT)


def difference_cells(
    table: pd.DataFrame, value: str, rows: list[str], row: str, form: str, least: float = LEAST_SHIFT
) -> alt.LayerChart:
    """Show differences as rows by classes, negative in blue, positive in red, the values written in.

    Parameters
    ----------
    table : DataFrame
        With the columns ``class``, row and value.
    value, row : str
        Columns.
    rows : list of str
        All rows in order.
    form : str
        D3 format of a value.
    least : float
        The colour scale spans at least this, to both sides of zero.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y(f"{row}:N", title=None, sort=rows, axis=cell_charts.row_axis()),
    )
    largest = max(float(table[value].abs().max()), least)
    return cell_charts.of_differences(base, value, largest, form, CELL_HEIGHT_PX)
