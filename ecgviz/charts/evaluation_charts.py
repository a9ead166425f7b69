"""Charts of scores with intervals, confusion matrices and counts. Each model has its colour, dash and shape."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.drawing import shades
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES

# Contrast of at least 3:1 with both themes' backgrounds, and of at least 4.5:1 with dark text on each.
COLOURS = ("#2b9a6c", "#3f7fc1", "#c8692e", "#8a6bbf", "#b85c8e", "#5a8f3a", "#9c7440", "#7d8a8d", "#c95a5a", "#5f7fa8")
DASHES = ([1, 0], [8, 3], [3, 3], [10, 3, 3, 3], [6, 2, 2, 2], [2, 2], [12, 4], [1, 3], [8, 2, 2, 2], [4, 6])
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "stroke",
    "triangle-left",
    "wedge",
)
MODELS = list(EVERY_NAME.values())
# Around the longest interval of differences.
MARGIN = 1.05
# Colour of guide lines.
GUIDE = "#7d8a8d"
ROW_PX, GROUP_PX, CELL_PX = 40, 27, 46
# Three matrices of four classes stand side by side: their labels need so wide a window.
MATRICES_PX = 1200
SHARE = alt.Scale(domain=[0, 1], nice=False)
# Letters per line of a row's name, and letters of a legend that fit side by side on a narrow screen: fewer where row
# names take room.
LABEL_LETTERS, BROAD, SLIM = 24, 50, 34
LINES = "split(datum.label, '\\n')"
# The least share of a bar that has room for its number.
WRITTEN_SHARE = 0.06


def colour_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.Color:
    """Return the colour channel of models, or of another field, with colours that stay when some are left out.

    `legend` is how many letters fit side by side in the legend; 0 draws none.
    """
    return alt.Color(f"{field}:N", **_channel(names, order, COLOURS, legend))


def shape_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.Shape:
    """Return the shape channel that matches `colour_of`."""
    return alt.Shape(f"{field}:N", **_channel(names, order, SHAPES, legend))


def dash_of(names: Sequence[str], order: Sequence[str], field: str = "model", legend: int = BROAD) -> alt.StrokeDash:
    """Return the dash channel that matches `colour_of`."""
    return alt.StrokeDash(f"{field}:N", **_channel(names, order, DASHES, legend))


def tips(names: Sequence[str], figures: Sequence[str] = ()) -> list[alt.Tooltip]:
    """Return the tooltips of a mark: names and counts as they are, figures with three decimals."""
    # With explicit types: guessing them takes Altair milliseconds per channel.
    return [alt.Tooltip(name, type="nominal") for name in names] + [
        alt.Tooltip(name, type="quantitative", format=".3f") for name in figures
    ]


def _channel(names: Sequence[str], order: Sequence[str], values: Sequence[Any], legend: int) -> dict[str, Any]:
    shown = [name for name in order if name in set(names)]
    columns = max(1, legend // (max(map(len, shown), default=0) + 4))
    # One name alone needs no legend.
    drawn = (
        alt.Legend(orient="top", columns=columns, labelLimit=260, symbolSize=110, symbolStrokeWidth=1.5)
        if legend and len(shown) > 1
        else None
    )
    scale = alt.Scale(domain=shown, range=[values[order.index(name)] for name in shown])
    return {"title": None, "sort": shown, "scale": scale, "legend": drawn}


def interval_chart(
    table: pd.DataFrame,
    row: str,
    title: str,
    order: Sequence[str] = MODELS,
    field: str = "model",
    signed: bool = False,
) -> alt.LayerChart:
    """Show scores as points with intervals and values; one row each, groups side by side within a row.

    Parameters
    ----------
    table : DataFrame
        With the columns ``value, low, high, n``, row and field.
    row : str
        The column of the rows.
    title : str
        Title of the axis.
    order : sequence of str
        All values of the field.
    signed : bool
        For differences: the axis reaches as far below 0 as above, and 0 is marked.
    """
    groups = list(dict.fromkeys(table[field]))
    form = "+.3f" if signed else ".3f"
    shown = table.assign(text=[f"{value:{form}}" for value in table["value"]], line=_lines(table[row]))
    far = float(shown[["low", "high"]].abs().max().max())
    domain = [-MARGIN * far, MARGIN * far] if signed else [0, max(1.0, far)]
    base = alt.Chart(shown).encode(
        y=_row_axis(shown["line"]),
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
        scale=alt.Scale(domain=domain, nice=False),
    )
    spans = base.mark_rule(strokeWidth=2).encode(x=axis, x2=alt.X2("high:Q"), color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("value:Q"), color=colour, shape=shape)
    words = base.mark_text(dy=-9, fontSize=cell_charts.LETTERS_PX).encode(x=alt.X("value:Q"), text=alt.Text("text:N"))
    height = alt.Step(ROW_PX if row == field else GROUP_PX)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(strokeDash=[4, 4], color=GUIDE).encode(x=alt.X("zero:Q"))
    return alt.LayerChart(layer=[*([zero] if signed else []), spans, points, words], height=height)


def confusion_chart(table: pd.DataFrame, shares: bool) -> alt.LayerChart:
    """Show one model's confusion matrix: true class by row, predicted class by column, counts or row shares written in.

    Parameters
    ----------
    table : DataFrame
        One model's rows of `ecgviz.evaluation.tables.confusion_table`.
    """
    rows = alt.Axis(labelFlush=False, labelExpr=cell_charts.TWO_LINES, labelFontSize=cell_charts.letters(MATRICES_PX))
    columns = cell_charts.class_axis(MATRICES_PX)
    # A class without reports has no shares: its cells are pale, not see-through, and say so.
    drawn = table.assign(
        shade=table["row_share"].fillna(0),
        share=["none" if pd.isna(share) else f"{share:.0%}" for share in table["row_share"]],
    )
    base = alt.Chart(drawn).encode(
        x=alt.X("predicted:N", title="predicted class", sort=list(CLASSES), axis=columns),
        y=alt.Y("truth:N", title="true class", sort=list(CLASSES), axis=rows),
        tooltip=tips(["truth", "predicted", "reports"], ["row_share"]),
    )
    written = alt.Text("share:N") if shares else alt.Text("reports:Q")
    return cell_charts.of_shares(base, "shade", written, CELL_PX, letters_px=cell_charts.LETTERS_PX)


def stacked_chart(
    table: pd.DataFrame, row: str, part: str, count: str, title: str, order: Sequence[str]
) -> alt.LayerChart:
    """Show the parts of a whole as bars of equal length, the counts written in.

    Parameters
    ----------
    table : DataFrame
    row, part, count : str
        Columns: the bars, their parts and the counts.
    order : sequence of str
        All parts in order.
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
    words = base.mark_text(color=shades.DARK_INK, fontWeight="bold", align="right", dx=-4).encode(
        text=alt.Text("written:N"), detail=alt.Detail(f"{part}:N")
    )
    return alt.LayerChart(layer=[bars, words], height=alt.Step(ROW_PX))


def paired_chart(table: pd.DataFrame, row: str, part: str, count: str, title: str) -> alt.LayerChart:
    """Show counts as bars side by side within a row, each with its value.

    Parameters
    ----------
    table : DataFrame
    row, part, count : str
        Columns: the rows, the bars within a row and the counts.
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
    words = base.mark_text(align="left", baseline="top", dx=4).encode(text=alt.Text(f"{count}:Q"))
    return alt.LayerChart(layer=[bars, words], height=alt.Step(GROUP_PX))


def history_chart(table: pd.DataFrame, kinds: Sequence[str], model: str) -> alt.LayerChart:
    """Show one network's training history: losses by epoch, a line per fold, the kept epoch marked.

    Parameters
    ----------
    table : DataFrame
        As `ecgviz.evaluation.background_tables.history_table` returns it.
    kinds : sequence of str
        Values of its column ``kind``: which loss.
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
    axis = alt.Axis(labelFlush=False, labelLimit=170, labelExpr=LINES, labelOverlap=False, grid=False)
    return alt.Y("line:N", title=None, sort=list(dict.fromkeys(lines)), axis=axis)
