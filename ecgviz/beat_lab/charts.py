"""Charts of the beat lab: probabilities of many networks, spectra, and confusions."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ecgviz.charts import cell_charts, tips
from models.beats import Spectrum, decibels

CELL_HEIGHT_PX, SPECTRUM_HEIGHT_PX = 30, 360
# More cells than these a screen does not show apart, and a browser draws them late.
MOST_TIMES, MOST_FREQUENCIES = 96, 48
# A logarithm has no place for 0 Hz.
LEAST_HZ = 0.1


def answers_chart(table: pd.DataFrame, classes: list[str]) -> alt.LayerChart:
    """Show each network's probability of each class, as networks by classes with the shares written in.

    Parameters
    ----------
    table : DataFrame
        Has ``network, class, probability``.
    classes : list of str
        In their order.
    """
    base = alt.Chart(table).encode(
        x=alt.X("class:N", title=None, sort=classes, axis=cell_charts.class_axis()),
        y=alt.Y("network:N", title=None, sort=list(dict.fromkeys(table["network"])), axis=alt.Axis(labelLimit=170)),
        tooltip=tips(["network", "class"], ["probability"]),
    )
    return cell_charts.of_shares(base, "probability", alt.Text("probability:Q", format=".0%"), CELL_HEIGHT_PX)


def confusion_chart(table: pd.DataFrame, classes: list[str]) -> alt.LayerChart:
    """Show a confusion as shares of each class's beats, truth by row.

    Parameters
    ----------
    table : DataFrame
        As `tables.confusion` gives it.
    """
    base = alt.Chart(table).encode(
        x=alt.X("answer:N", title="answer", sort=classes, axis=cell_charts.class_axis()),
        y=alt.Y("truth:N", title="truth", sort=classes, axis=alt.Axis(labelOverlap=False, labelLimit=170)),
        tooltip=tips(["truth", "answer", "beats"], ["row_share"]),
    )
    return cell_charts.of_shares(base, "row_share", alt.Text("row_share:Q", format=".0%"), CELL_HEIGHT_PX)


def spectrum_table(spectrum: Spectrum, r_wave_ms: float) -> pd.DataFrame:
    """Return one row a cell: ``ms`` from the R wave and ``hz``, where each begins and ends, and ``db``, 0 the most."""
    strength = decibels(spectrum)
    times, frequencies = (
        np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int))
        for count, most in zip(strength.shape[::-1], (MOST_TIMES, MOST_FREQUENCIES), strict=True)
    )
    ms = spectrum.times_ms[times] - r_wave_ms
    hz = spectrum.frequencies_hz[frequencies]
    rows, columns = np.meshgrid(range(len(hz)), range(len(ms)), indexing="ij")
    return pd.DataFrame(
        {
            "ms": ms[columns].ravel(),
            **{f"ms_{side}": edges[columns].ravel() for side, edges in _edges(ms).items()},
            "hz": hz[rows].ravel(),
            **{f"hz_{side}": np.maximum(edges[rows].ravel(), LEAST_HZ) for side, edges in _edges(hz).items()},
            "db": strength[np.ix_(frequencies, times)].ravel(),
        }
    )


def spectrum_chart(table: pd.DataFrame, by_octaves: bool) -> alt.Chart:
    """Show strength over time and frequency; by octaves, each doubling of the frequency is as high as another."""
    scale = alt.Scale(type="log", nice=False) if by_octaves else alt.Scale(nice=False)
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("ms_begin:Q", title="ms from the R wave", scale=alt.Scale(nice=False)),
            x2="ms_end",
            y=alt.Y("hz_begin:Q", title="Hz", scale=scale),
            y2="hz_end",
            color=alt.Color(
                "db:Q",
                title="dB, 0 the strongest",
                scale=alt.Scale(scheme="viridis"),
                legend=alt.Legend(orient="top", gradientLength=160),
            ),
            tooltip=[alt.Tooltip(name, type="quantitative", format=".0f") for name in ("ms", "hz", "db")],
        )
        .properties(height=SPECTRUM_HEIGHT_PX)
    )


def _edges(centres: np.ndarray) -> dict[str, np.ndarray]:
    """Return where cells begin and end: halfway to the next, and as far beyond the first and the last."""
    between = (centres[1:] + centres[:-1]) / 2
    first, last = 2 * centres[0] - between[0], 2 * centres[-1] - between[-1]
    return {"begin": np.concatenate([[first], between]), "end": np.concatenate([between, [last]])}
