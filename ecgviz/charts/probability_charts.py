"""Charts of probabilities: of each model for the report, and from each lead."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.predictions import NAMES
from models.classes import CLASSES

# Darkest for the combined prediction, which the page leads with; place and name distinguish the models as well.
COLOURS = ("#8fb8bd", "#d9a47f", "#2b8a95")
GREYS = ("#b9bec0", "#9aa1a4", "#757d80")
# The colour scale of differences spans at least this, which keeps small ones pale.
LEAST_SHIFT = 0.01
BAR_HEIGHT_PX, CELL_HEIGHT_PX = 300, 26


def report_chart(table: pd.DataFrame, grey: bool = False) -> alt.Chart:
    """Show each model's probability of each class, side by side.

    Parameters
    ----------
    table : DataFrame
        As `prediction_tables.report_table` returns it, or one lead's part of `lead_table`.
    grey : bool
        For probabilities that are no prediction.
    """
    shades = GREYS if grey else COLOURS
    colours = {
        model: colour for model, colour in zip(NAMES.values(), shades, strict=True) if model in set(table["model"])
    }
    models = list(colours)
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("probability:Q", title="probability", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("class:N", title=None, sort=list(CLASSES), axis=alt.Axis(labelLimit=200)),
            yOffset=alt.YOffset("model:N", sort=models),
            color=alt.Color(
                "model:N",
                title=None,
                sort=models,
                scale=alt.Scale(domain=models, range=list(colours.values())),
                legend=alt.Legend(orient="top", columns=1, labelLimit=0),
            ),
            tooltip=["model:N", "class:N", alt.Tooltip("probability:Q", format=".1%")],
        )
        .properties(height=BAR_HEIGHT_PX)
    )
    return chart


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
        tooltip=["lead:N", "class:N", alt.Tooltip("probability:Q", format=".1%")],
    )
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def difference_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show where the two networks differ: leads by classes, the differences in percentage points written in.

    Parameters
    ----------
    table : DataFrame
        As `prediction_tables.difference_table` returns it.
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
