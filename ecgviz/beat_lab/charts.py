"""Charts of the beat lab: probabilities of many networks, spectra, and confusion matrices."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ecgviz.charts import cell_charts, tips
from models.beats import Spectrum, decibels

CELL_HEIGHT_PX, SPECTRUM_HEIGHT_PX = 30, 360
# A screen does not resolve more cells, and a browser draws them slowly.
MAX_TIMES, MAX_FREQUENCIES = 96, 48
# A logarithmic axis has no 0 Hz.
MIN_HZ = 0.1


def prediction_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Show each network's probability of each class: networks by row, classes by column, percentages in the cells.

    Parameters
    ----------
    table : DataFrame
        With ``network, class, probability``, networks and classes in the order in which they are shown: named in the
        chart, they would make another chart of each choice of classes, which the browser builds anew.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=None, axis=cell_charts.class_axis()),
        y=alt.Y("network:N", title=None, sort=None, axis=alt.Axis(labelFlush=False, labelLimit=170)),
        tooltip=tips(["network", "class"], ["probability"]),
    )
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def confusion_chart(table: pd.DataFrame, classes: list[str]) -> alt.LayerChart:
    """Show a confusion matrix as shares of each class's beats: true class by row, predicted class by column.

    Parameters
    ----------
    table : DataFrame
        As `tables.confusion` gives it.
    classes : list of str
    """
    base = alt.Chart(table).encode(
        x=alt.X("prediction:N", title="predicted", sort=classes, axis=cell_charts.class_axis()),
        y=alt.Y(
            "truth:N", title="true", sort=classes, axis=alt.Axis(labelFlush=False, labelOverlap=False, labelLimit=170)
        ),
        tooltip=tips(["truth", "prediction", "beats"], ["row_share"]),
    )
    return cell_charts.of_shares(base, "row_share", alt.Text("row_share:Q", format=".0%"), CELL_HEIGHT_PX)


def spectrum_table(spectrum: Spectrum, r_wave_ms: float) -> pd.DataFrame:
    """Return one row a cell: ``ms`` from the R wave and ``hz``, with their edges, and ``db`` below the maximum."""
    power_db = decibels(spectrum)
    times, frequencies = (
        np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
        for count, most in zip(power_db.shape[::-1], (MAX_TIMES, MAX_FREQUENCIES), strict=True)
    )
    ms = spectrum.times_ms[times] - r_wave_ms
    hz = spectrum.frequencies_hz[frequencies]
    rows, columns = np.meshgrid(range(len(hz)), range(len(ms)), indexing="ij")
    return pd.DataFrame(
        {
            "ms": ms[columns].ravel(),
            **{f"ms_{side}": edges[columns].ravel() for side, edges in _edges(ms).items()},
            "hz": hz[rows].ravel(),
            **{f"hz_{side}": np.maximum(edges[rows].ravel(), MIN_HZ) for side, edges in _edges(hz).items()},
            "db": power_db[np.ix_(frequencies, times)].ravel(),
        }
    )


def spectrum_chart(table: pd.DataFrame, log_hz: bool) -> alt.Chart:
    """Show power over time and frequency, on a logarithmic frequency axis where `log_hz`."""
    scale = alt.Scale(type="log", nice=False) if log_hz else alt.Scale(nice=False)
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("ms_begin:Q", title="ms from the R wave", scale=alt.Scale(nice=False)),
            x2=alt.X2("ms_end"),
            y=alt.Y("hz_begin:Q", title="Hz", scale=scale),
            y2=alt.Y2("hz_end"),
            color=alt.Color(
                "db:Q",
                title="Power (dB)",
                scale=alt.Scale(scheme="viridis"),
                legend=alt.Legend(orient="top", gradientLength=160),
            ),
            tooltip=[alt.Tooltip(name, type="quantitative", format=".0f") for name in ("ms", "hz", "db")],
        )
        .properties(height=SPECTRUM_HEIGHT_PX)
    )
    return chart


def _edges(centres: np.ndarray) -> dict[str, np.ndarray]:
    """Return the edges of cells: halfway between centres, and as far beyond the first and the last."""
    between = (centres[1:] + centres[:-1]) / 2
    first, last = 2 * centres[0] - between[0], 2 * centres[-1] - between[-1]
    return {"begin": np.concatenate([[first], between]), "end": np.concatenate([between, [last]])}
