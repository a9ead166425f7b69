"""Charts of many reports without labels: histograms of confidence, two models side by side, distributions."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from ecgviz.charts.evaluation_charts import GUIDE, SHARE, colour_of, dash_of, shape_of, tips

HISTOGRAM_PX, PAIR_PX, DISTRIBUTION_PX = 160, 420, 300


def confidence_chart(table: pd.DataFrame, most: int) -> alt.Chart:
    """Show one model's histogram of confidence.

    Parameters
    ----------
    table : DataFrame
        One model's rows of `ecgviz.batch_results.overview_tables.confidence_table`.
    most : int
        The most reports of a bin of any model, so that the charts share their scale.
    """
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_bar(color="#2a8a96")
        .encode(
            x=alt.X(
                "low:Q",
                bin="binned",
                title="confidence",
                scale=alt.Scale(domain=[0.25, 1]),
                axis=alt.Axis(format="%", tickCount=4),
            ),
            x2=alt.X2("high:Q"),
            y=alt.Y("reports:Q", scale=alt.Scale(domain=[0, max(1, most)]), axis=alt.Axis(tickMinStep=1)),
            tooltip=tips(["reports"], ["low", "high"]),
        )
        .properties(height=HISTOGRAM_PX)
    )
    return chart


def pair_chart(table: pd.DataFrame, first: str, second: str, agreements: Sequence[str]) -> alt.LayerChart:
    """Show two models' probabilities of one class, one point a report, coloured and shaped by agreement.

    Parameters
    ----------
    table : DataFrame
        As `ecgviz.batch_results.overview_tables.pair_table` returns it.
    first, second : str
        Names of the models.
    agreements : sequence of str
        The values of its column ``agreement``.
    """
    names, order = list(dict.fromkeys(table["agreement"])), apart(*agreements)
    points = (
        alt.Chart(table)
        .mark_point(filled=True, size=55, opacity=0.75)
        .encode(
            x=alt.X("first:Q", title=first, scale=SHARE, axis=alt.Axis(format="%")),
            y=alt.Y("second:Q", title=second, scale=SHARE, axis=alt.Axis(format="%")),
            color=colour_of(names, order, "agreement"),
            shape=shape_of(names, order, "agreement"),
            tooltip=tips(["number", "file", "first_class", "second_class"], ["first", "second"]),
        )
    )
    line = (
        alt.Chart(pd.DataFrame({"from": [0], "to": [1]}))
        .mark_rule(strokeDash=[4, 4], color=GUIDE)
        .encode(x=alt.X("from:Q"), y=alt.Y("from:Q"), x2=alt.X2("to:Q"), y2=alt.Y2("to:Q"))
    )
    return alt.LayerChart(layer=[line, points], height=PAIR_PX)


def distribution_chart(table: pd.DataFrame, title: str) -> alt.Chart:
    """Show the distribution functions of two samples; their largest distance is the Kolmogorov-Smirnov statistic.

    Parameters
    ----------
    table : DataFrame
        As `ecgviz.batch_results.drift_tables.distribution_table` returns it.
    title : str
        Of the values.
    """
    names = list(dict.fromkeys(table["reports"]))
    order = apart(*names)
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("value:Q", title=title, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=8)),
            y=alt.Y("share:Q", title="share of reports", scale=SHARE),
            color=colour_of(names, order, "reports"),
            strokeDash=dash_of(names, order, "reports", legend=0),
            tooltip=tips(["reports"], ["value", "share"]),
        )
        .properties(height=DISTRIBUTION_PX)
    )
    return chart


def apart(first: str, second: str) -> tuple[str, str, str]:
    """Return two names in an order that gives them colours far apart, also to those who confuse green and blue."""
    return first, "", second
