"""Charts of what goes into a network, what its layers answer, and what comes out."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ecgviz.charts import difference_scale, share_scale, shifts
from ecgviz.predictions import row_names
from models.classes import CLASSES
from models.networks import RATE_HZ, ROW_SAMPLES
from models.scoring import probabilities
from preprocessing.lead_id import LEADS

WAVE_COLOUR, ANSWER_COLOUR = "#1f8a96", "#d9722b"
ROW_PX, HEAT_STEP_PX = 200, 18
STRONGEST = 12
PATTERN_CHANNELS = ("millivolts", "read or not")
ALL_LABELS = alt.Axis(labelOverlap=False)
TIME = alt.X("time_s:Q", title="s", scale=alt.Scale(domain=[0, ROW_SAMPLES / RATE_HZ], nice=False))


def row_of(key: str) -> int | None:
    """Return in which row the networks get a printed lead, or None for a strip, which has four."""
    lead = key.removeprefix("-")
    return LEADS.index(lead) if lead in LEADS else None


def step_s(steps: int) -> float:
    """Return for how long a step stands, s, where a row has so many: each halving rounds up.

    Examples
    --------
    >>> [step_s(steps) for steps in (125, 63, 32, 16)]
    [0.02, 0.04, 0.08, 0.16]
    """
    return float(2 ** round(np.log2(ROW_SAMPLES / steps)) / RATE_HZ)


def row_chart(row: np.ndarray, answer: np.ndarray | None = None) -> alt.LayerChart:
    """Show one row as the networks get it, and how one pattern answers along it.

    Parameters
    ----------
    row : ndarray, shape (250, 2)
    answer : ndarray, shape (steps,), optional
    """
    # A sample that was not read breaks the line.
    wave = pd.DataFrame({"time_s": np.arange(len(row)) / RATE_HZ, "mv": np.where(row[:, 1] > 0, row[:, 0], np.nan)})
    title = "mV" if answer is None else "mV (line)"
    line = (
        alt.Chart(wave)
        .mark_line(color=WAVE_COLOUR, strokeWidth=1.6)
        .encode(x=TIME, y=alt.Y("mv:Q", title=title, axis=alt.Axis(tickCount=4)))
    )
    if answer is None:
        return alt.LayerChart(layer=[line], height=ROW_PX)
    middles_s = (np.arange(len(answer)) + 0.5) * step_s(len(answer))
    steps = pd.DataFrame({"time_s": middles_s, "answer": answer})
    area = (
        alt.Chart(steps)
        .mark_area(color=ANSWER_COLOUR, opacity=0.35, line={"color": ANSWER_COLOUR, "strokeWidth": 1})
        .encode(
            x=TIME,
            y=alt.Y("answer:Q", title="answer (area)", axis=alt.Axis(grid=False, tickCount=4)),
        )
    )
    return alt.LayerChart(layer=[area, line], resolve={"scale": {"y": "independent"}}, height=ROW_PX)


def pattern_chart(pattern: np.ndarray) -> alt.Chart:
    """Show a learnt pattern, shape (9, 2): its weights for millivolts and for whether a sample was read."""
    middle = len(pattern) // 2
    table = pd.DataFrame(
        [
            {"ms": 1000 * (sample - middle) / RATE_HZ, "weight": float(weight), "of": name}
            for sample, weights in enumerate(pattern)
            for name, weight in zip(PATTERN_CHANNELS, weights, strict=True)
        ]
    )
    return (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("ms:O", title="ms from its middle", axis=alt.Axis(labelAngle=0, format=".0f")),
            xOffset=alt.XOffset("of:N", sort=list(PATTERN_CHANNELS)),
            y=alt.Y("weight:Q", title="weight"),
            color=alt.Color(
                "of:N", title=None, sort=list(PATTERN_CHANNELS), legend=alt.Legend(orient="top"),
                scale=alt.Scale(domain=list(PATTERN_CHANNELS), range=[WAVE_COLOUR, ANSWER_COLOUR]),
            ),
            tooltip=["of:N", "ms:O", alt.Tooltip("weight:Q", format="+.3f")],
        )
        .properties(height=ROW_PX)
    )  # fmt: skip


def strongest_channels(answers: np.ndarray) -> np.ndarray:
    """Return the channels that answer most, the strongest first, of answers of shape (steps, channels)."""
    return np.argsort(-np.abs(answers).max(axis=0), kind="stable")[:STRONGEST]


def depth_chart(answers: np.ndarray) -> alt.Chart:
    """Show how a layer answers along one row: time across, its strongest channels down."""
    steps, long_s = len(answers), step_s(len(answers))
    table = pd.DataFrame(
        [
            {"from_s": step * long_s, "to_s": min((step + 1) * long_s, ROW_SAMPLES / RATE_HZ),
             "channel": f"{channel + 1}", "answer": float(answers[step, channel])}
            for channel in strongest_channels(answers)
            for step in range(steps)
        ]
    )  # fmt: skip
    largest = max(float(np.abs(table["answer"]).max()), 1e-6)
    signed = bool((table["answer"] < 0).any())
    shades = difference_scale(largest) if signed else share_scale(largest)
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("from_s:Q", title="s", scale=alt.Scale(domain=[0, ROW_SAMPLES / RATE_HZ], nice=False)),
            x2="to_s:Q",
            y=alt.Y("channel:N", title="channel", sort=list(dict.fromkeys(table["channel"])), axis=ALL_LABELS),
            color=alt.Color(
                "answer:Q", title="answer", scale=shades,
                legend=alt.Legend(orient="top", tickCount=3),
            ),
            tooltip=["channel:N", alt.Tooltip("from_s:Q", format=".2f"), alt.Tooltip("answer:Q", format="+.2f")],
        )
        .properties(height=alt.Step(HEAT_STEP_PX))
    )  # fmt: skip


def rows_chart(by_row: np.ndarray) -> alt.Chart:
    """Show what is left of each row: rows down, their numbers across."""
    names = row_names()
    table = pd.DataFrame(
        [
            {"row": names[row], "number": place + 1, "answer": float(value)}
            for row, values in enumerate(by_row)
            for place, value in enumerate(values)
        ]
    )
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            x=alt.X("number:O", title="number", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("row:N", title=None, sort=names, axis=ALL_LABELS),
            color=alt.Color(
                "answer:Q", title="answer", scale=share_scale(max(float(by_row.max()), 1e-6)),
                legend=alt.Legend(orient="top", tickCount=3),
            ),
            tooltip=["row:N", "number:O", alt.Tooltip("answer:Q", format=".2f")],
        )
        .properties(height=alt.Step(HEAT_STEP_PX))
    )  # fmt: skip


def heard_chart(heard: np.ndarray) -> alt.LayerChart:
    """Show how much of each class's score came from each row, numbers written in."""
    names = row_names()
    table = pd.DataFrame(
        [
            {"row": names[row], "class": label, "part": float(part)}
            for row, parts in enumerate(heard)
            for label, part in zip(CLASSES, parts, strict=True)
        ]
    )
    return shifts(table, "part", names, "row", "+.2f")


def shares(scores: np.ndarray, temperature: float) -> pd.DataFrame:
    """Return what softmax makes of scores at a temperature: ``class, score, probability``."""
    made = probabilities(scores, temperature)
    return pd.DataFrame({"class": CLASSES, "score": scores.astype(float), "probability": made.astype(float)})


def shares_chart(table: pd.DataFrame) -> alt.Chart:
    """Show the probabilities of `shares`, each beside its class's name: written there it has the theme's colour."""
    named = table.assign(
        named=[f"{name}, {share:.1%}" for name, share in zip(table["class"], table["probability"], strict=True)]
    )
    return (
        alt.Chart(named)
        .mark_bar(color=WAVE_COLOUR)
        .encode(
            x=alt.X("probability:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")),
            y=alt.Y("named:N", title=None, sort=list(named["named"]), axis=alt.Axis(labelLimit=240)),
            tooltip=["class:N", alt.Tooltip("probability:Q", format=".1%")],
        )
        .properties(height=160)
    )
