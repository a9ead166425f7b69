"""Charts of Otsu's threshold. Each is a named base, named layers and a composition."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts
from preprocessing.stages import OtsuCurve, Stage, otsu_curve

HISTOGRAM_COLOUR = "#8b979b"
VARIANCE_COLOUR = "#2f9aa5"
THRESHOLD_COLOUR = "#d9722b"
HEIGHT_PX = 320
OTSU, USED = "Otsu's threshold", "threshold used"


def otsu_chart(curve: OtsuCurve, used: float) -> alt.LayerChart:
    """Show the histogram and the between-class variance behind Otsu's threshold, and the threshold used.

    Parameters
    ----------
    curve : OtsuCurve
        Of the smoothed picture.
    used : float
        Threshold used, grey level in [0, 1].

    Returns
    -------
    altair.LayerChart
        Bars: pixels per grey level, on a square-root scale because paper outnumbers ink. Line: the variance. Rules:
        Otsu's threshold, dashed, and the threshold used.
    """
    levels = pd.DataFrame({"grey": curve.centres, "pixels": curve.counts, "variance": curve.between_class_variance})
    marks = pd.DataFrame({"grey": [curve.threshold, used], "mark": [OTSU, USED]})
    grey = alt.X("grey:Q", title="grey level (0 ink, 1 paper)", scale=alt.Scale(domain=[0, 1], nice=False))

    base = alt.Chart(levels).encode(x=grey)
    histogram = base.mark_bar(color=HISTOGRAM_COLOUR, width=2, clip=True).encode(
        y=alt.Y(
            "pixels:Q",
            title="pixels (square-root scale)",
            scale=alt.Scale(type="sqrt"),
            axis=alt.Axis(tickCount=4),
        ),
        tooltip=[alt.Tooltip("grey:Q", format=".3f"), alt.Tooltip("pixels:Q", format=",")],
    )
    variance = base.mark_line(color=VARIANCE_COLOUR, strokeWidth=2).encode(
        y=alt.Y(
            "variance:Q",
            title="between-class variance",
            axis=alt.Axis(titleColor=VARIANCE_COLOUR, tickCount=4, grid=False, format=".3~f"),
        ),
    )
    thresholds = (
        alt.Chart(marks)
        .mark_rule(color=THRESHOLD_COLOUR, strokeWidth=2)
        .encode(
            x=grey,
            strokeDash=alt.StrokeDash(
                "mark:N",
                title=None,
                scale=alt.Scale(domain=[OTSU, USED], range=[[4, 4], [1, 0]]),
                legend=alt.Legend(
                    orient="top",
                    columns=cell_charts.legend_columns(2),
                    symbolStrokeColor=THRESHOLD_COLOUR,
                    symbolType="stroke",
                ),
            ),
            tooltip=[alt.Tooltip("mark:N"), alt.Tooltip("grey:Q", format=".3f")],
        )
    )
    counted = alt.LayerChart(layer=[histogram, thresholds])
    return alt.LayerChart(layer=[counted, variance], resolve={"scale": {"y": "independent"}}, height=HEIGHT_PX)


def otsu_chart_of(stages: Sequence[Stage]) -> alt.LayerChart:
    """Draw `otsu_chart` for one lead: its smoothed picture's curve and the threshold of its Otsu stage."""
    by_key = {stage.key: stage for stage in stages}
    return otsu_chart(otsu_curve(by_key["smoothed"].picture), float(by_key["otsu"].parameters["threshold"]))
