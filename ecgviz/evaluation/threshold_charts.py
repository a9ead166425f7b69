"""Charts over thresholds: ROC, precision-recall, risk and coverage with their points, reliability diagrams."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ecgviz.charts import GUIDE, MODELS, SHARE, colour_of, dash_of, shape_of, tips

HEIGHT_PX, RELIABILITY_PX = 380, 280
# Share of an axis: a third of a pixel. Without the points that bend a curve by less, three of four, it looks the same
# and the browser draws it in half the time.
BEND = 0.001


def roc_chart(curves: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """Show the ROC curves, and each model's point at the selected threshold.

    Parameters
    ----------
    curves, points : DataFrame
        As `threshold_tables.curve_table` and `threshold_table` give them.
    """
    drawn = _curve(curves, points, "threshold", "false_positive_rate", "recall", "false positive rate", "recall")
    return alt.LayerChart(layer=[_diagonal(), *drawn], height=HEIGHT_PX)


def precision_recall_chart(curves: pd.DataFrame, points: pd.DataFrame) -> alt.LayerChart:
    """Show the precision-recall curves, and each model's point at the selected threshold."""
    defined = curves.dropna(subset="precision")
    selected = points.dropna(subset="precision")
    drawn = _curve(defined, selected, "threshold", "recall", "precision", "recall", "precision")
    return alt.LayerChart(layer=list(drawn), height=HEIGHT_PX)


def risk_chart(curves: pd.DataFrame, points: pd.DataFrame, shipped: pd.DataFrame, accepted: float) -> alt.LayerChart:
    """Show risk over coverage.

    Parameters
    ----------
    curves, points : DataFrame
        As `threshold_tables.risk_table` and `abstention_table` give them.
    shipped : DataFrame
        As ``points``, at the shipped thresholds: drawn hollow.
    accepted : float
        The risk that the shipped thresholds were set for: a dashed line.
    """
    highest = max(float(curves["risk"].max()), 2 * accepted)
    line = (
        alt.Chart(pd.DataFrame({"risk": [accepted]}))
        .mark_rule(strokeDash=[4, 4], color=GUIDE)
        .encode(y=alt.Y("risk:Q"))
    )
    drawn = _curve(
        curves,
        points,
        "threshold",
        "coverage",
        "risk",
        "coverage",
        "risk",
        highest,
    )
    names = list(dict.fromkeys(curves["model"]))
    hollow = (
        alt.Chart(shipped)
        .mark_point(filled=False, size=160, strokeWidth=2)
        .encode(
            x=alt.X("coverage:Q"),
            y=alt.Y("risk:Q"),
            color=colour_of(names, MODELS),
            shape=shape_of(names, MODELS),
            tooltip=tips(["model"], ["threshold", "coverage", "risk"]),
        )
    )
    return alt.LayerChart(layer=[line, *drawn, hollow], height=HEIGHT_PX)


def reliability_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show the reliability diagram of one model: accuracy over mean confidence, n at each point.

    Parameters
    ----------
    table : DataFrame
        One model's rows of `threshold_tables.reliability_table`.
    """
    base = alt.Chart(table).encode(
        x=alt.X("confidence:Q", title="mean confidence", scale=SHARE),
        tooltip=tips(["bin", "n"], ["confidence", "accuracy", "low", "high"]),
    )
    accuracy = alt.Y("accuracy:Q", title="accuracy", scale=SHARE)
    coloured = base.encode(color=colour_of(list(table["model"]), MODELS))
    spans = coloured.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    points = coloured.mark_point(filled=True, opacity=1).encode(
        y=accuracy, size=alt.Size("n:Q", legend=None, scale=alt.Scale(range=[40, 300]))
    )
    words = base.mark_text(dx=-12, align="right", fontSize=14).encode(y=accuracy, text=alt.Text("n:Q"))
    return alt.LayerChart(layer=[_diagonal(), points, spans, words], height=RELIABILITY_PX)


def _curve(
    curves: pd.DataFrame,
    points: pd.DataFrame,
    at: str,
    x: str,
    y: str,
    x_title: str,
    y_title: str,
    highest: float = 1.0,
) -> tuple[alt.Chart, alt.Chart]:
    """Return the lines and the points on them."""
    names = list(dict.fromkeys(curves["model"]))
    across, up = (
        alt.X(f"{x}:Q", title=x_title, scale=SHARE),
        alt.Y(f"{y}:Q", title=y_title, scale=alt.Scale(domain=[0, highest], nice=False)),
    )
    figures = [at, x, y]
    lines = (
        alt.Chart(_thinned(curves, x, y, highest))
        .mark_line(strokeWidth=2, interpolate="linear")
        .encode(
            x=across,
            y=up,
            order=alt.Order("step:Q"),
            color=colour_of(names, MODELS),
            strokeDash=dash_of(names, MODELS, legend=0),
            tooltip=tips(["model"], figures),
        )
    )
    marked = (
        alt.Chart(points)
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x=across,
            y=up,
            color=colour_of(names, MODELS),
            shape=shape_of(names, MODELS),
            tooltip=tips(["model"], figures),
        )
    )
    return lines, marked


def _thinned(curves: pd.DataFrame, x: str, y: str, highest: float) -> pd.DataFrame:
    """Return the points that bend each model's curve, with ``step``, their order."""
    points = curves[[x, y]].to_numpy(float) / (1, highest)
    of_models = curves.groupby("model", sort=False).indices.values()
    kept = sorted(row for rows in of_models for row in rows[_bends(points[rows])])
    return curves.assign(step=range(len(curves))).iloc[kept]


def _bends(points: np.ndarray) -> np.ndarray:
    """Return which points of a curve, shape (n, 2), it needs: no other is farther than `BEND` from it.

    The algorithm of Douglas and Peucker.
    """
    kept, between = {0, len(points) - 1}, [(0, len(points) - 1)]
    while between:
        first, last = between.pop()
        inner, along = points[first + 1 : last] - points[first], points[last] - points[first]
        if not len(inner):
            continue
        length = np.hypot(*along)
        away = np.abs(inner @ (-along[1], along[0])) / length if length else np.hypot(*inner.T)
        farthest = first + 1 + int(np.argmax(away))
        if not away.max() <= BEND:
            kept.add(farthest)
            between += [(first, farthest), (farthest, last)]
    return np.array(sorted(kept))


def _diagonal() -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(pd.DataFrame({"from": [0], "to": [1]}))
        .mark_rule(strokeDash=[4, 4], color=GUIDE)
        .encode(x=alt.X("from:Q"), y=alt.Y("from:Q"), x2=alt.X2("to:Q"), y2=alt.Y2("to:Q"))
    )
    return line
