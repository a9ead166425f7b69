"""Charts of the directions of the leads and of one beat, from the simulator."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from sample_images import LEADS, QUIET, RHYTHMS, project, simulate, twelve_leads

LINE_COLOUR, CHOSEN_COLOUR = "#717c80", "#c8542b"
WAVE_COLOUR = "#1f8a96"
VIEWS_PX, BEAT_PX = 300, 320
# Streamlit keeps this free below a chart; without it the two axes would differ in scale.
BELOW_PX = 20
FRONTAL, HORIZONTAL = "Limb leads, from the front", "Chest leads, from the feet"
# The axis and sign, of x (left), y (feet) and z (front), that runs across and up in each plane.
PLANES = {FRONTAL: ((0, 1), (1, -1)), HORIZONTAL: ((0, 1), (2, 1))}
SIDES = {
    FRONTAL: {"left arm": (1.2, -0.2), "right arm": (-1.2, -0.2), "head": (0.0, 1.4), "feet": (0.0, -1.42)},
    HORIZONTAL: {"left": (1.25, -0.5), "right": (-1.25, -0.5), "front": (0.0, 1.4), "back": (0.0, -1.42)},
}
# Length of the simulated P wave, s.
P_S = 0.11


def views(plane: str) -> pd.DataFrame:
    """Return the unit vectors of the leads of a plane: ``lead, across, up, from_across, from_up``."""
    (across, across_sign), (up, up_sign) = PLANES[plane]
    directions = twelve_leads(project(np.eye(3)))
    rows = []
    for lead in LEADS[:6] if plane == FRONTAL else LEADS[6:]:
        x, y = directions[LEADS.index(lead)][[across, up]] * (across_sign, up_sign)
        length = float(np.hypot(x, y))
        rows.append({"lead": lead, "across": x / length, "up": y / length, "from_across": 0.0, "from_up": 0.0})
    return pd.DataFrame(rows)


def views_chart(plane: str, chosen: str) -> alt.LayerChart:
    """Show the directions of the leads of a plane; the selected one has its own colour and width."""
    table = views(plane).assign(chosen=lambda rows: rows["lead"] == chosen)
    table = table.assign(name_across=1.2 * table["across"], name_up=1.2 * table["up"])
    sides = pd.DataFrame([{"side": side, "across": at[0], "up": at[1]} for side, at in SIDES[plane].items()])
    scale = alt.Scale(domain=[-1.5, 1.5], nice=False)
    x, y = (alt.X("across:Q", axis=None, scale=scale), alt.Y("up:Q", axis=None, scale=scale))
    marked = alt.ColorValue(LINE_COLOUR, condition={"test": "datum.chosen", "value": CHOSEN_COLOUR})
    base = alt.Chart(table)
    lines = base.mark_rule().encode(
        x=alt.X("from_across:Q", axis=None, scale=scale),
        y=alt.Y("from_up:Q", axis=None, scale=scale),
        x2=alt.X2("across:Q"),
        y2=alt.Y2("up:Q"),
        color=marked,
        strokeWidth=alt.StrokeWidthValue(1.5, condition={"test": "datum.chosen", "value": 4}),
    )
    tips = base.mark_point(filled=True, opacity=1, size=70).encode(x=x, y=y, color=marked)
    names = base.mark_text(fontWeight="bold", fontSize=14).encode(
        x=alt.X("name_across:Q", axis=None, scale=scale),
        y=alt.Y("name_up:Q", axis=None, scale=scale),
        text=alt.Text("lead:N"),
    )
    words = alt.Chart(sides).mark_text(fontStyle="italic").encode(x=x, y=y, text=alt.Text("side:N"))
    return alt.LayerChart(layer=[lines, tips, names, words], width=VIEWS_PX, height=VIEWS_PX + BELOW_PX)


def one_beat(rhythm: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one simulated beat of lead II and its intervals.

    Returns
    -------
    wave : DataFrame
        ``time_ms, mv``, from the R wave.
    intervals : DataFrame
        ``interval, start_ms, stop_ms, ms``: P, PR, QRS and QT; without P and PR if there is no P wave.
    """
    beat = RHYTHMS[rhythm].beat
    assert beat is not None
    recording = simulate(rhythm, seed=1, noise=QUIET)
    before_s, at_s = recording.r_times_s[1:3]
    rr_s = at_s - before_s
    on_s, qt_s = beat.onset_s, beat.qt_s(rr_s)
    spans = {"QRS": (on_s, on_s + beat.qrs_s), "QT": (on_s, on_s + qt_s)}
    if beat.p_mv is not None:
        spans = {"P": (on_s - beat.pr_s, on_s - beat.pr_s + P_S), "PR": (on_s - beat.pr_s, on_s), **spans}
    time_s = np.arange(recording.signals_mv.shape[1]) / recording.rate_hz - at_s
    shown = (time_s > min(on_s - beat.pr_s, -0.2) - 0.06) & (time_s < on_s + qt_s + 0.08)
    wave = pd.DataFrame({"time_ms": 1000 * time_s[shown], "mv": recording.lead("II")[shown]})
    intervals = pd.DataFrame(
        [
            {"interval": name, "start_ms": 1000 * start, "stop_ms": 1000 * stop, "ms": round(1000 * (stop - start))}
            for name, (start, stop) in spans.items()
        ]
    )
    return wave, intervals


def beat_chart(wave: pd.DataFrame, intervals: pd.DataFrame) -> alt.LayerChart:
    """Show one beat and, below it, its intervals as brackets with name and length."""
    low, high = float(wave["mv"].min()), float(wave["mv"].max())
    step = 0.12 * (high - low)
    placed = intervals.assign(
        mv=[low - step * (1.2 + row) for row in range(len(intervals))],
        middle_ms=(intervals["start_ms"] + intervals["stop_ms"]) / 2,
        words=[f"{name} {ms} ms" for name, ms in zip(intervals["interval"], intervals["ms"], strict=True)],
    )
    time = alt.Scale(domain=[float(wave["time_ms"].min()), float(wave["time_ms"].max())], nice=False)
    line = (
        alt.Chart(wave)
        .mark_line(color=WAVE_COLOUR, strokeWidth=2)
        .encode(
            x=alt.X("time_ms:Q", title="ms from the R wave", scale=time),
            y=alt.Y("mv:Q", title="mV", scale=alt.Scale(domain=[low - step * (len(placed) + 1), high + step])),
        )
    )
    base = alt.Chart(placed)
    brackets = base.mark_rule(color=CHOSEN_COLOUR, strokeWidth=3).encode(
        x=alt.X("start_ms:Q"), x2=alt.X2("stop_ms:Q"), y=alt.Y("mv:Q")
    )
    edges = base.mark_rule(color=CHOSEN_COLOUR, strokeDash=[3, 3], opacity=0.6)
    starts, stops = edges.encode(x=alt.X("start_ms:Q")), edges.encode(x=alt.X("stop_ms:Q"))
    words = base.mark_text(align="left", baseline="middle", dx=6, fontWeight="bold").encode(
        x=alt.X("stop_ms:Q"), y=alt.Y("mv:Q"), text=alt.Text("words:N")
    )
    return alt.LayerChart(layer=[starts, stops, brackets, words, line], height=BEAT_PX)
