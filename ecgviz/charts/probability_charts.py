"""Charts of probabilities: each model's for the report, and each lead's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.predictions import NAMES
from models.classes import CLASSES

# Darker for both together, which is what the page leads with; told apart by place and name as well.
COLOURS = ("#8fb8bd", "#d9a47f", "#2b8a95")
# Differences no larger than this stay pale.
LEAST_SHIFT = 0.01
BAR_HEIGHT_PX, CELL_HEIGHT_PX = 300, 26


def report_chart(table: pd.DataFrame) -> alt.Chart:
    """Show each model's probability of each class, side by side.

    Parameters
    ----------
    table : DataFrame
        As `answers.report_table` gives it, or one lead's part of `answers.lead_table`.
    """
    colours = {
        model: colour for model, colour in zip(NAMES.values(), COLOURS, strict=True) if model in set(table["model"])
    }
    models = list(colours)
    return (
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


def lead_chart(table: pd.DataFrame, model: str) -> alt.LayerChart:
    """Show what each lead alone would say, as leads by classes with the shares written in.

    Parameters
    ----------
    table : DataFrame
        As `answers.lead_table` gives it.
    model : str
        One of its models.
    """
    own = table[table["model"] == model]
    base = alt.Chart(own).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y("lead:N", title=None, sort=list(dict.fromkeys(own["lead"]))),
        tooltip=["lead:N", "class:N", alt.Tooltip("probability:Q", format=".1%")],
    )
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def difference_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show where the two networks differ, as leads by classes with the differences written in.

    Parameters
    ----------
    table : DataFrame
        As `answers.difference_table` gives it.
    """
    return shifts(table, "difference", list(dict.fromkeys(table["lead"])))


def shifts(table: pd.DataFrame, value: str, rows: list[str], row: str = "lead", form: str = "+.1%") -> alt.LayerChart:
    """Show differences as rows by classes, less in blue, more in red, the figures written in.

    Parameters
    ----------
    table : DataFrame
        Has ``class``, the row and the value.
    value, row : str
        Columns.
    rows : list of str
        All rows in their order.
    form : str
        How a figure is written, as D3 has it.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=cell_charts.class_axis()),
        y=alt.Y(f"{row}:N", title=None, sort=rows, axis=alt.Axis(labelOverlap=False)),
    )
    largest = max(float(table[value].abs().max()), LEAST_SHIFT)
    return cell_charts.of_differences(base, value, largest, form, CELL_HEIGHT_PX)
