"""Charts of probabilities: each model's for the report, and each lead's."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.answers import NAMES
from models.classes import CLASSES

# Darker for both together, which is what the page leads with; told apart by place and name as well.
COLOURS = ("#8fb8bd", "#d9a47f", "#2b8a95")
SHIFT_COLOURS, LEAST_SHIFT = ["#2f6fb5", "#f4f4f4", "#c8542b"], 0.01
BAR_HEIGHT_PX, CELL_HEIGHT_PX = 260, 26
# In two lines at most, so that four classes stand side by side on a narrow screen.
TWO_LINES = "split(replace(datum.label, ' ', '|'), '|')"
CLASS_AXIS = alt.Axis(
    orient="top", labelAngle=0, labelAlign="center", labelFlush=False, labelOverlap=False, labelExpr=TWO_LINES
)


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
                legend=alt.Legend(orient="top", columns=2, labelLimit=0),
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
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=CLASS_AXIS),
        y=alt.Y("lead:N", title=None, sort=list(dict.fromkeys(own["lead"]))),
        tooltip=["lead:N", "class:N", alt.Tooltip("probability:Q", format=".1%")],
    )
    cells = base.mark_rect().encode(
        color=alt.Color("probability:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["#eef3f4", "#1f6f78"]))
    )
    words = base.mark_text().encode(
        text=alt.Text("probability:Q", format=".0%"),
        color=alt.condition("datum.probability > 0.5", alt.value("#ffffff"), alt.value("#1d2b2e")),
    )
    return (cells + words).properties(height=alt.Step(CELL_HEIGHT_PX))


def difference_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show where the two networks differ, as leads by classes with the differences written in.

    Parameters
    ----------
    table : DataFrame
        As `answers.difference_table` gives it.
    """
    return shifts(table, "difference", list(dict.fromkeys(table["lead"])))


def shifts(table: pd.DataFrame, value: str, leads: list[str]) -> alt.LayerChart:
    """Show differences of probability as leads by classes, less in blue, more in red, the figures written in."""
    largest = max(float(table[value].abs().max()), LEAST_SHIFT)
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=list(CLASSES), axis=CLASS_AXIS),
        y=alt.Y("lead:N", title=None, sort=leads),
    )
    cells = base.mark_rect().encode(
        color=alt.Color(f"{value}:Q", legend=None, scale=alt.Scale(domain=[-largest, 0, largest], range=SHIFT_COLOURS))
    )
    strong = f"abs(datum.{value}) > {0.6 * largest}"
    words = base.mark_text().encode(
        text=alt.Text(f"{value}:Q", format="+.1%"),
        color=alt.condition(strong, alt.value("#ffffff"), alt.value("#1d2b2e")),
    )
    return (cells + words).properties(height=alt.Step(CELL_HEIGHT_PX))
