"""Where the leads stand: rows, columns and strips of every usual and unusual layout, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_images.endless.looks import chosen, log_uniform
from sample_images.endless.truth import Points
from sample_images.leads import LEADS


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in text.split("/"))


LAYOUT_ROWS = {
    "3x4": _rows("I aVR V1 V4/II aVL V2 V5/III aVF V3 V6"),
    "6x2": _rows("I V1/II V2/III V3/aVR V4/aVL V5/aVF V6"),
    "12x1": tuple((lead,) for lead in LEADS),
    "2x6": _rows("I II III aVR aVL aVF/V1 V2 V3 V4 V5 V6"),
    "4x3": _rows("I II III/aVR aVL aVF/V1 V2 V3/V4 V5 V6"),
    "cabrera-6x2": _rows("aVL V1/I V2/-aVR V3/II V4/aVF V5/III V6"),
    "cabrera-3x4": _rows("aVL II V1 V4/I aVF V2 V5/-aVR III V3 V6"),
    "cabrera-12x1": _rows("aVL/I/-aVR/II/aVF/III/V1/V2/V3/V4/V5/V6"),
    "cabrera-2x6": _rows("aVL I -aVR II aVF III/V1 V2 V3 V4 V5 V6"),
}
_WEIGHTS = {"3x4": 0.46, "6x2": 0.2, "12x1": 0.12, "2x6": 0.03, "4x3": 0.05, "cabrera-6x2": 0.06, "cabrera-3x4": 0.04,
            "cabrera-12x1": 0.02, "cabrera-2x6": 0.02}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Cell:
    """One lead's place: it starts at `x_mm`, 0 mV is at `y_mm`; `gain_mm_mv` and `speed_mm_s` are its own."""

    lead: str
    role: str
    row: int
    column: int
    x_mm: float
    y_mm: float
    start_s: float
    end_s: float
    speed_mm_s: float
    gain_mm_mv: float


@dataclass(frozen=True)
class Arrangement:
    """All cells of a page; `left_mm` to `right_mm` is the time axis, `pulse_mm` the room beside it for pulses."""

    layout: str
    cells: tuple[Cell, ...]
    left_mm: float
    right_mm: float
    column_x_mm: tuple[float, ...]
    gap_mm: float
    pitch_mm: float
    pulse_mm: float
    top_mm: float
    bottom_mm: float
    gain_mm_mv: float


def arrange(rng: np.random.Generator, duration_s: float, left_mm: float, top_mm: float) -> Arrangement:
    """Arrange a recording of `duration_s` on a page: rows begin below `top_mm`, pulses right of `left_mm`."""
    layout = chosen(rng, _WEIGHTS)
    rows = LAYOUT_ROWS[layout]
    columns = len(rows[0])
    strips = _strips(rng, layout)
    speed = float(rng.choice([25, 50, 12.5], p=[0.87, 0.08, 0.05]))
    gain = float(rng.choice([10, 5, 20, 7.5], p=[0.82, 0.1, 0.06, 0.02]))
    most_mm = rng.uniform(180, 400)
    sequential = rng.random() < 0.8
    usual_s = {1: 10.0, 2: 5.0, 3: 3.3, 4: 2.5, 6: 1.7}[columns] * (1 if rng.random() < 0.6 else rng.uniform(0.6, 1.6))
    room_s = duration_s / columns if sequential else duration_s
    each_s = min(usual_s, room_s, most_mm / columns / speed)
    durations = np.full(columns, each_s)
    if rng.random() < 0.12:
        durations *= rng.uniform(0.7, 1.0, columns)
    gap_mm = float({"none": 0, "gap": rng.uniform(0.3, 14), "overlap": rng.uniform(-1.5, 0)}[
        chosen(rng, {"none": 0.6, "gap": 0.36, "overlap": 0.04})])  # fmt: skip
    pulse_mm = float(rng.uniform(5, 16))
    start_mm = left_mm + pulse_mm
    column_x = start_mm + np.concatenate([[0], np.cumsum(durations * speed + gap_mm)])
    count = len(rows) + len(strips)
    pitch = float(np.clip(log_uniform(rng, 10, 45), 10, max(12, 260 / count)))
    y = top_mm + pitch * rng.uniform(0.4, 0.8) + pitch * np.arange(count)
    if rng.random() < 0.2:
        y += rng.normal(0, 0.07, count) * pitch
    if strips and rng.random() < 0.3:
        y[len(rows) :] += pitch * rng.uniform(0.1, 0.6)
    step_mm = rng.normal(0, 1.5, (count, columns)) if rng.random() < 0.25 else np.zeros((count, columns))
    chest_gain = gain * (0.5 if rng.random() < 0.05 else 1)
    starts = np.concatenate([[0], np.cumsum(durations)])[:-1] if sequential else np.zeros(columns)
    cells = [
        Cell(lead, "12-lead", row, column, float(column_x[column]), float(y[row] + step_mm[row, column]),
             float(starts[column]), float(starts[column] + durations[column]), speed,
             chest_gain if lead.startswith("V") else gain)
        for row, leads in enumerate(rows)
        for column, lead in enumerate(leads)
    ]  # fmt: skip
    end_mm = float(column_x[-1] - gap_mm)
    strip_s = min(duration_s, (end_mm - start_mm) / speed)
    if rng.random() < 0.1:
        strip_s *= rng.uniform(0.6, 1)
    cells += [
        Cell(lead, "rhythm", len(rows) + nth, 0, start_mm, float(y[len(rows) + nth]), 0.0, strip_s, speed, gain)
        for nth, lead in enumerate(strips)
    ]
    name = f"{layout}+{len(strips)}" if strips else layout
    bottom = float(y.max() + pitch * rng.uniform(0.3, 0.7))
    return Arrangement(name, tuple(cells), start_mm, end_mm, tuple(map(float, column_x[:-1])), gap_mm, pitch, pulse_mm,
                       top_mm, bottom, gain)  # fmt: skip


def _strips(rng: np.random.Generator, layout: str) -> tuple[str, ...]:
    if "12x1" in layout:
        return ("II",) if rng.random() < 0.1 else ()
    count = int(rng.choice(4, p=[0.3, 0.5, 0.08, 0.12] if "3x4" in layout else [0.55, 0.33, 0.06, 0.06]))
    usual = ("II", "V1", "V5")
    if rng.random() < 0.75:
        return usual[:count]
    return tuple(str(lead) for lead in rng.choice(LEADS, count, replace=False))


def lead_signal(cell: Cell, recording: Points, rate_hz: float) -> tuple[Points, Points]:
    """Return the times after the start in s, and the samples in mV, that a cell prints."""
    first, last = round(cell.start_s * rate_hz), round(cell.end_s * rate_hz)
    samples = recording[LEADS.index(cell.lead.removeprefix("-")), first:last]
    return np.arange(len(samples)) / rate_hz, -samples if cell.lead.startswith("-") else samples
