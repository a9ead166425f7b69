"""Charts of how two raters agree: a matrix of classes, and agreement by month."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from ecgviz.charts.evaluation_charts import CELL_PX, MATRICES_PX, SHARE, tips
from models.classes import CLASSES

HEIGHT_PX = 220


def matrix_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show counts of reports: the reference's class by row, the other's by column, shaded by the share of the row.

    Parameters
    ----------
    table : DataFrame
        With the columns ``reference, compared, reports, row_share``.
    """
    rows = alt.Axis(labelFlush=False, labelExpr=cell_charts.TWO_LINES, labelFontSize=cell_charts.letters(MATRICES_PX))
    columns = cell_charts.class_axis(MATRICES_PX)
    base = alt.Chart(table).encode(
        x=alt.X("compared:N", title=None, sort=list(CLASSES), axis=columns),
        y=alt.Y("reference:N", title=None, sort=list(CLASSES), axis=rows),
        tooltip=tips(["reference", "compared", "reports"], ["row_share"]),
    )
    return cell_charts.of_shares(base, "row_share", alt.Text("reports:Q"), CELL_PX, letters_px=14)


def months_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show the share with the same class by month, with intervals and the number of reports.

    Parameters
    ----------
    table : DataFrame
        With the columns ``month, reports, value, low, high``.
    """
    base = alt.Chart(table).encode(
        x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0, labelFontSize=14)),
        tooltip=tips(["month", "reports"], ["value", "low", "high"]),
    )
    share = alt.Y("low:Q", title="same class", scale=SHARE, axis=alt.Axis(format="%", tickCount=5, labelFontSize=14))
    spans = base.mark_rule(strokeWidth=2).encode(y=share, y2=alt.Y2("high:Q"))
    points = base.mark_point(filled=True, size=80, opacity=1).encode(y=alt.Y("value:Q"))
    words = base.mark_text(dx=10, align="left", fontSize=14).encode(
        y=alt.Y("value:Q"), text=alt.Text("reports:Q", format="d")
    )
    return alt.LayerChart(layer=[spans, points, words], height=HEIGHT_PX)
