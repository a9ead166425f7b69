"""Charts of figures with intervals, confusion matrices and counts. Each model has its colour, dash and shape."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.drawing import DARK_INK
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES

# Each stands out from white and from the dark theme's ground at three to one or more, and dark ink on each at 4.5.
COLOURS = ("#2a8a96", "#3f7fc1", "#c8692e", "#8a6bbf", "#b85c8e", "#5a8f3a", "#9c7440", "#7d8a8d")
DASHES = ([1, 0], [8, 3], [3, 3], [10, 3, 3, 3], [6, 2, 2, 2], [2, 2], [12, 4], [1, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "stroke")
MODELS = list(EVERY_NAME.values())
ROW_PX, GROUP_PX, CELL_PX = 34, 20, 46
# Three matrices stand beside each other, each with its four classes.
CLASS_LETTERS_PX = 10
SHARE = alt.Scale(domain=[0, 1], nice=False)
# Longer names of rows are broken into lines. So many letters of legend fit beside each other on a narrow screen, the
# fewer where names of rows take room.
LABEL_LETTERS, BROAD, SLIM = 24, 52, 34
LINES = "split(datum.label, '\\n')"
# A part of a bar that is smaller has no room for its number.
WRITTEN_SHARE = 0.06


def colour_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.Color:
    """Return the colour of models, or of whatever the field names, in an order that stays when some are left out.

    `legend` is how many letters of it fit beside each other; 0 draws none.
    """
    return alt.Color(f"{field}:N", **_channel(names, order, COLOURS, legend))


def shape_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.Shape:
    """Return the shape that goes with `colour_of`."""
    return alt.Shape(f"{field}:N", **_channel(names, order, SHAPES, legend))


def dash_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.StrokeDash:
    """Return the dash that goes with `colour_of`."""
    return alt.StrokeDash(f"{field}:N", **_channel(names, order, DASHES, legend))


def tips(names: Sequence[str], figures: Sequence[str] = ()) -> list[alt.Tooltip]:
    """Return what is told of a mark: names and counts as they are, figures with three decimals."""
    # Spelt out, as Altair takes milliseconds for every channel that it must guess.
    return [alt.Tooltip(name, type="nominal") for name in names] + [
        alt.Tooltip(name, type="quantitative", format=".3f") for name in figures
    ]


def _channel(names: Sequence[str], order: Sequence[str], values: Sequence[Any], legend: int) -> dict[str, Any]:
    shown = [name for name in order if name in set(names)]
    columns = max(1, legend // (max(map(len, shown), default=0) + 4))
    # One name alone needs no legend.
    told = (
        alt.Legend(orient="top", columns=columns, labelLimit=260, symbolSize=110, symbolStrokeWidth=1.5)
        if legend and len(shown) > 1
        else None
    )
    scale = alt.Scale(domain=shown, range=[values[order.index(name)] for name in shown])
    return {"title": None, "sort": shown, "scale": scale, "legend": told}


def interval_chart(
    table: pd.DataFrame, row: str, title: str, order: Sequence[str] = MODELS, field: str = "model"
) -> alt.LayerChart:
    """Show figures as points with their intervals, and written out; one row each, groups side by side within a row.

    Parameters
    ----------
    table : DataFrame
        Has ``value, low, high, n``, the row and the field.
    row : str
        The column that makes the rows.
    title : str
        What the values are.
    order : sequence of str
        All values that the field can have.
    """
    groups = list(dict.fromkeys(table[field]))
    told = table.assign(told=[f"{value:.3f}" for value in table["value"]], line=_lines(table[row]))
    base = alt.Chart(told).encode(
        y=_row_axis(told["line"]),
        tooltip=tips([*dict.fromkeys((row, field)), "n"], ["value", "low", "high"]),
    )
    if row != field:
        base = base.encode(yOffset=alt.YOffset(f"{field}:N", sort=[name for name in order if name in groups]))
    legend = SLIM if row != field else 0
    colour, shape = (channel(groups, order, field, legend) for channel in (colour_of, shape_of))
    axis = alt.X(
        "low:Q",
        title=title,
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(domain=[0, max(1.0, float(told["high"].max()))], nice=False),
    )
    spans = base.mark_rule(strokeWidth=2).encode(x=axis, x2=alt.X2("high:Q"), color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("value:Q"), color=colour, shape=shape)
    words = base.mark_text(dy=-8, fontSize=10).encode(x=alt.X("value:Q"), text=alt.Text("told:N"))
    height = alt.Step(ROW_PX if row == field else GROUP_PX)
    return alt.LayerChart(layer=[spans, points, words], height=height)


def confusion_chart(table: pd.DataFrame, shares: bool) -> alt.LayerChart:
    """Show one model's confusion matrix: truth by row, prediction by column, counts or shares of the row written in.

    Parameters
    ----------
    table : DataFrame
        One model's rows of `evaluation_tables.confusion_table`.
    """
    rows = alt.Axis(labelExpr=cell_charts.TWO_LINES, labelFontSize=CLASS_LETTERS_PX)
    base = alt.Chart(table).encode(
        x=alt.X("predicted:N", title="predicted", sort=list(CLASSES), axis=cell_charts.class_axis(CLASS_LETTERS_PX)),
        y=alt.Y("truth:N", title="truth", sort=list(CLASSES), axis=rows),
        tooltip=tips(["truth", "predicted", "reports"], ["row_share"]),
    )
    written = alt.Text("row_share:Q", format=".0%") if shares else alt.Text("reports:Q")
    return cell_charts.of_shares(base, "row_share", written, CELL_PX, letters_px=13)


def stacked_chart(
    table: pd.DataFrame, row: str, part: str, count: str, title: str, order: Sequence[str]
) -> alt.LayerChart:
    """Show how counts are shared out, as bars of equal length in parts with their counts written in.

    Parameters
    ----------
    table : DataFrame
    row, part, count : str
        Columns: what makes a bar, what its parts are, and how many.
    order : sequence of str
        All parts, as they follow each other.
    """
    whole = table.groupby(row)[count].transform("sum")
    named = [f"{name} (n {n})" for name, n in zip(table[row], whole, strict=True)]
    drawn = table.assign(line=_lines(pd.Series(named)), place=table[part].map(list(order).index))
    drawn["written"] = drawn[count].astype(str).where(table[count] / whole > WRITTEN_SHARE, "")
    base = alt.Chart(drawn[drawn[count] > 0]).encode(
        x=alt.X(f"{count}:Q", title=title, stack="normalize", axis=alt.Axis(format="%", tickCount=5)),
        y=_row_axis(drawn["line"]),
        order=alt.Order("place:Q"),
        tooltip=tips([row, part, count]),
    )
    bars = base.mark_bar().encode(color=colour_of(list(order), list(order), part, SLIM))
    words = base.mark_text(color=DARK_INK, fontWeight="bold", align="right", dx=-4).encode(
        text=alt.Text("written:N"), detail=alt.Detail(f"{part}:N")
    )
    return alt.LayerChart(layer=[bars, words], height=alt.Step(ROW_PX))


def paired_chart(table: pd.DataFrame, row: str, part: str, count: str, title: str) -> alt.LayerChart:
    """Show counts as bars side by side within a row, each written out.

    Parameters
    ----------
    table : DataFrame
    row, part, count : str
        Columns: what makes a row, what stands beside each other in it, and how many.
    """
    parts = list(dict.fromkeys(table[part]))
    drawn = table.assign(line=_lines(table[row]))
    base = alt.Chart(drawn).encode(
        x=alt.X(f"{count}:Q", title=title, axis=alt.Axis(tickCount=5)),
        y=_row_axis(drawn["line"]),
        yOffset=alt.YOffset(f"{part}:N", sort=parts),
        tooltip=tips([row, part, count]),
    )
    bars = base.mark_bar().encode(color=colour_of(parts, parts, part, SLIM))
    words = base.mark_text(align="left", dx=4).encode(text=alt.Text(f"{count}:Q"))
    return alt.LayerChart(layer=[bars, words], height=alt.Step(GROUP_PX))


def history_chart(table: pd.DataFrame, kinds: Sequence[str], model: str) -> alt.LayerChart:
    """Show one network's losses by epoch, a line a fold; the point marks the epoch whose weights were kept.

    Parameters
    ----------
    table : DataFrame
        As `background_tables.history_table` gives it.
    kinds : sequence of str
        Its kinds: what the loss is of.
    """
    own = table[table["model"] == model]
    base = alt.Chart(own).encode(
        x=alt.X("epoch:Q", axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("loss:Q", scale=alt.Scale(zero=False, domain=[table["loss"].min(), table["loss"].max()], nice=True)),
        color=colour_of(kinds, list(kinds), "kind"),
        detail=alt.Detail("fold:N"),
        tooltip=tips(["fold", "kind", "epoch"], ["loss"]),
    )
    lines = base.mark_line(strokeWidth=1.5).encode(strokeDash=dash_of(kinds, list(kinds), "kind"))
    kept = base.transform_filter("datum.kept").mark_point(filled=True, size=60, opacity=1)
    return alt.LayerChart(layer=[lines, kept], height=260)


def _lines(names: pd.Series) -> list[str]:
    return [textwrap.fill(name, LABEL_LETTERS) for name in names]


def _row_axis(lines: pd.Series) -> alt.Y:
    axis = alt.Axis(labelLimit=170, labelExpr=LINES, labelOverlap=False, grid=False)
    return alt.Y("line:N", title=None, sort=list(dict.fromkeys(lines)), axis=axis)
