"""Charts of the input of a network, the activations of its layers, and its output."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ecgviz.charts import difference_cells, difference_scale, share_scale
from ecgviz.predictions import row_names
from models.classes import CLASSES
from models.networks import RATE_HZ, ROW_SAMPLES
from models.scoring import probabilities
from preprocessing.lead_id import LEADS

WAVE_COLOUR, RESPONSE_COLOUR = "#1f8a96", "#d9722b"
ROW_PX, HEAT_STEP_PX = 200, 18
# Its legend takes the rest.
FILTER_PX = 250
# Here a filter of the first convolution reaches beyond the ends of the row.
BORDER_STEPS = 3
STRONGEST = 12
INPUT_CHANNELS = ("voltage", "read (1) or not (0)")
ALL_LABELS = alt.Axis(labelFlush=False, labelOverlap=False)
TIME = alt.X("time_s:Q", title="s", scale=alt.Scale(domain=[0, ROW_SAMPLES / RATE_HZ], nice=False))


def row_of(key: str) -> int | None:
    """Return the row of a printed lead in the network input, or None for a rhythm strip, which has four."""
    lead = key.removeprefix("-")
    return LEADS.index(lead) if lead in LEADS else None


def step_s(steps: int) -> float:
    """Return the length of a step in seconds, given the steps of a row: each halving rounds up.

    Examples
    --------
    >>> [step_s(steps) for steps in (125, 63, 32, 16)]
    [0.02, 0.04, 0.08, 0.16]
    """
    return float(2 ** round(np.log2(ROW_SAMPLES / steps)) / RATE_HZ)


def row_chart(row: np.ndarray, response: np.ndarray | None = None) -> alt.LayerChart:
    """Show one row of the network input, and the response of one filter along it.

    Parameters
    ----------
    row : ndarray, shape (250, 2)
    response : ndarray, shape (steps,), optional
    """
    # A sample that was not read breaks the line.
    wave = pd.DataFrame({"time_s": np.arange(len(row)) / RATE_HZ, "mv": np.where(row[:, 1] > 0, row[:, 0], np.nan)})
    title = "mV" if response is None else "mV (line)"
    line = (
        alt.Chart(wave)
        .mark_line(color=WAVE_COLOUR, strokeWidth=1.6)
        .encode(x=TIME, y=alt.Y("mv:Q", title=title, axis=alt.Axis(tickCount=4)))
    )
    if response is None:
        return alt.LayerChart(layer=[line], height=ROW_PX)
    middles_s = (np.arange(len(response)) + 0.5) * step_s(len(response))
    steps = pd.DataFrame({"time_s": middles_s, "response": response})
    area = (
        alt.Chart(steps)
        .mark_area(color=RESPONSE_COLOUR, opacity=0.35, line={"color": RESPONSE_COLOUR, "strokeWidth": 1})
        .encode(
            x=TIME,
            y=alt.Y("response:Q", title="response (area)", axis=alt.Axis(grid=False, tickCount=4)),
        )
    )
    return alt.LayerChart(layer=[area, line], resolve={"scale": {"y": "independent"}}, height=ROW_PX)


def filter_chart(weights: np.ndarray) -> alt.Chart:
    """Show the weights of a filter, shape (9, 2): for the voltage and for whether a sample was read."""
    middle = len(weights) // 2
    table = pd.DataFrame(
        [
            {"ms": 1000 * (sample - middle) / RATE_HZ, "weight": float(weight), "input": name}
            for sample, pair in enumerate(weights)
            for name, weight in zip(INPUT_CHANNELS, pair, strict=True)
        ]
    )
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("ms:O", title="ms from the centre", axis=alt.Axis(labelAngle=0, format=".0f")),
            xOffset=alt.XOffset("input:N", sort=list(INPUT_CHANNELS)),
            y=alt.Y("weight:Q", title="weight"),
            color=alt.Color(
                "input:N", title=None, sort=list(INPUT_CHANNELS), legend=alt.Legend(orient="top"),
                scale=alt.Scale(domain=list(INPUT_CHANNELS), range=[WAVE_COLOUR, RESPONSE_COLOUR]),
            ),
            tooltip=[alt.Tooltip("input:N"), alt.Tooltip("ms:O"), alt.Tooltip("weight:Q", format="+.3f")],
        )
        .properties(height=FILTER_PX)
    )  # fmt: skip
    return chart


def strongest_channels(maps: np.ndarray) -> np.ndarray:
    """Return the channels with the strongest response, strongest first, of maps of shape (steps, channels)."""
    return np.argsort(-np.abs(maps).max(axis=0), kind="stable")[:STRONGEST]


def depth_chart(maps: np.ndarray) -> alt.Chart:
    """Show the feature maps of a layer along one row: time across, strongest channels down."""
    steps, long_s = len(maps), step_s(len(maps))
    table = pd.DataFrame(
        [
            {"from_s": step * long_s, "to_s": min((step + 1) * long_s, ROW_SAMPLES / RATE_HZ),
             "channel": f"{channel + 1}", "response": float(maps[step, channel])}
            for channel in strongest_channels(maps)
            for step in range(steps)
        ]
    )  # fmt: skip
    largest = max(float(np.abs(table["response"]).max()), 1e-6)
    signed = bool((table["response"] < 0).any())
    shades = difference_scale(largest) if signed else share_scale(largest)
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("from_s:Q", title="s", scale=alt.Scale(domain=[0, ROW_SAMPLES / RATE_HZ], nice=False)),
            x2=alt.X2("to_s:Q"),
            y=alt.Y("channel:N", title="channel", sort=list(dict.fromkeys(table["channel"])), axis=ALL_LABELS),
            color=alt.Color(
                "response:Q", title="response", scale=shades,
                legend=alt.Legend(orient="top", tickCount=3),
            ),
            tooltip=[
                alt.Tooltip("channel:N"),
                alt.Tooltip("from_s:Q", format=".2f"),
                alt.Tooltip("response:Q", format="+.2f"),
            ],
        )
        .properties(height=alt.Step(HEAT_STEP_PX))
    )  # fmt: skip
    return chart


def rows_chart(by_row: np.ndarray) -> alt.Chart:
    """Show the features of each row: rows down, features across."""
    names = row_names()
    table = pd.DataFrame(
        [
            {"row": names[row], "feature": place + 1, "value": float(value)}
            for row, values in enumerate(by_row)
            for place, value in enumerate(values)
        ]
    )
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("feature:O", title="feature", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("row:N", title=None, sort=names, axis=ALL_LABELS),
            color=alt.Color(
                "value:Q", title="value", scale=share_scale(max(float(by_row.max()), 1e-6)),
                legend=alt.Legend(orient="top", tickCount=3),
            ),
            tooltip=[alt.Tooltip("row:N"), alt.Tooltip("feature:O"), alt.Tooltip("value:Q", format=".2f")],
        )
        .properties(height=alt.Step(HEAT_STEP_PX))
    )  # fmt: skip
    return chart


def contributions_chart(contributions: np.ndarray) -> alt.LayerChart:
    """Show the contribution of each row to the logit of each class, values written in."""
    names = row_names()
    table = pd.DataFrame(
        [
            {"row": names[row], "class": label, "contribution": float(value)}
            for row, values in enumerate(contributions)
            for label, value in zip(CLASSES, values, strict=True)
        ]
    )
    return difference_cells(table, "contribution", names, "row", "+.2f")


def softmax_table(logits: np.ndarray, temperature: float) -> pd.DataFrame:
    """Return the softmax of logits at a temperature: ``class, logit, probability``."""
    shares = probabilities(logits, temperature)
    return pd.DataFrame({"class": CLASSES, "logit": logits.astype(float), "probability": shares.astype(float)})


def softmax_chart(table: pd.DataFrame) -> alt.Chart:
    """Show the probabilities of `softmax_table`, written beside the class names, which have the theme's colour."""
    named = table.assign(
        named=[f"{name}, {share:.1%}" for name, share in zip(table["class"], table["probability"], strict=True)]
    )
    chart: alt.Chart = (
        alt.Chart(named)
        .mark_bar(color=WAVE_COLOUR)
        .encode(
            x=alt.X("probability:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("named:N", title=None, sort=list(named["named"]), axis=alt.Axis(labelLimit=240)),
            tooltip=[alt.Tooltip("class:N"), alt.Tooltip("probability:Q", format=".1%")],
        )
        .properties(height=160)
    )
    return chart
