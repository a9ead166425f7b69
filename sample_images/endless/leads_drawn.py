"""The leads of a page: traces and calibration pulses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from sample_images.endless.arrangement import Arrangement, Cell, lead_signal
from sample_images.endless.canvas import Canvas
from sample_images.endless.looks import PageLook, chosen, log_uniform
from sample_images.endless.truth import Floats, Points

DrawnCell = tuple[Cell, Points, Points]


@dataclass(frozen=True)
class PulseLook:
    """Calibration pulses: where they stand, and their size in mm; a foot of 0 is missing."""

    where: str
    height_mm: float
    width_mm: float
    before_mm: float
    after_mm: float
    gap_mm: float
    slope_mm: float


def random_pulses(rng: np.random.Generator, arrangement: Arrangement) -> PulseLook:
    """Return the pulses of a page."""
    touching = rng.random() < 0.45
    height = arrangement.gain_mm_mv if rng.random() < 0.85 else float(rng.choice([5, 10, 20]))
    feet = rng.random() < 0.8
    return PulseLook(
        chosen(rng, {"left": 0.55, "right": 0.1, "both": 0.05, "columns": 0.06, "first": 0.05, "none": 0.19}),
        height,
        float(rng.choice([5, 5, 5, 2.5, 2, 3, 10]) * rng.uniform(0.9, 1.1)),
        float(rng.uniform(0.3, 3)) if feet else 0.0,
        float(rng.uniform(0.3, 3)) if feet else 0.0,
        0.0 if touching else float(rng.uniform(0.3, 4)),
        float(rng.uniform(0.1, 0.8)) if rng.random() < 0.15 else 0.0,
    )


def pulse_line(look: PulseLook, right_mm: float, y_mm: float) -> Points:
    """Return a pulse that ends at `right_mm`, its feet at `y_mm`."""
    end = right_mm - look.after_mm
    start = end - look.width_mm
    top = y_mm - look.height_mm
    points = [(start - look.before_mm, y_mm), (start, y_mm), (start + look.slope_mm, top), (end, top),
              (end + look.slope_mm, y_mm), (max(right_mm, end + look.slope_mm), y_mm)]  # fmt: skip
    return np.array(points[0 if look.before_mm else 1 : 6 if look.after_mm else 5])


def draw_leads(
    canvas: Canvas, rng: np.random.Generator, look: PageLook, plan: Arrangement, recording: Points, rate_hz: float
) -> list[DrawnCell]:
    """Draw traces and pulses; return each cell with its samples in mV and their places in mm."""
    cells = _paths(rng, plan, _altered(rng, recording, rate_hz), rate_hz)
    join = plan.gap_mm == 0 and rng.random() < 0.4
    lines = [line for _, _, line in cells]
    if join:
        rows = [cell.row for cell, _, _ in cells]
        lines = [
            np.vstack([line for line, at in zip(lines, rows, strict=True) if at == row]) for row in sorted(set(rows))
        ]
    if rng.random() < 0.05:
        lines = [_stairs(line) for line in lines]
    _pen(canvas, rng, look, "trace", lines)
    pulses = random_pulses(rng, plan)
    drawn = [pulse_line(pulses, x, y) for x, y in _pulse_places(rng, pulses, cells, plan)]
    if drawn:
        _pen(canvas, rng, look, "pulse", drawn)
    # A page has some four pulses and thirty ends of traces.
    canvas.rare_mm += 4 * [(float(pulse[0, 0]), float(pulse[0, 1])) for pulse in drawn]
    for cell, _, line in cells:
        canvas.rare_mm += [(cell.x_mm, cell.y_mm), (float(line[-1, 0]), cell.y_mm)]
    return cells


def _altered(rng: np.random.Generator, recording: Points, rate_hz: float) -> Points:
    """Return the recording smoothed, made taller, noisy or wandering, as recorders and patients do."""
    altered = recording.astype(np.float64)
    if rng.random() < 0.15:
        altered = scipy.ndimage.gaussian_filter1d(altered, rate_hz * rng.uniform(0.003, 0.012), axis=1)
    if rng.random() < 0.15:
        altered = altered * rng.uniform(1.3, 3.0)
    elif rng.random() < 0.1:
        altered = altered * rng.uniform(0.25, 0.7)
    if rng.random() < 0.15:
        altered = altered + rng.normal(0, log_uniform(rng, 0.005, 0.06), altered.shape)
    if rng.random() < 0.15:
        times = np.arange(altered.shape[1]) / rate_hz
        turns = rng.uniform(0.05, 0.5, (12, 1)) * times + rng.random((12, 1))
        altered = altered + rng.uniform(0, 0.5, (12, 1)) * np.sin(2 * np.pi * turns)
    if rng.random() < 0.04:
        altered = np.clip(altered, -rng.uniform(0.5, 1.5), rng.uniform(0.5, 1.5))
    return altered


def _paths(rng: np.random.Generator, plan: Arrangement, recording: Points, rate_hz: float) -> list[DrawnCell]:
    broken = rng.random() < 0.06
    cells = []
    for cell in plan.cells:
        times, samples = lead_signal(cell, recording, rate_hz)
        samples = samples.copy()
        if broken and rng.random() < 0.4 and len(samples) > 20:
            first = int(rng.integers(len(samples)))
            samples[first : first + int(rate_hz * rng.uniform(0.02, 0.4))] = np.nan
        line = np.column_stack([cell.x_mm + times * cell.speed_mm_s, cell.y_mm - samples * cell.gain_mm_mv])
        cells.append((cell, samples, line))
    return cells


def _stairs(line: Points) -> Points:
    """Return a line that keeps each sample until the next."""
    stairs = line.repeat(2, axis=0)[1:]
    stairs[1::2, 1] = line[:-1, 1] if len(stairs[1::2]) == len(line) - 1 else stairs[1::2, 1]
    return stairs


def _pen(canvas: Canvas, rng: np.random.Generator, look: PageLook, label: str, lines: list[Points]) -> None:
    found = canvas.lines(lines, look.pen.width_mm)
    if found is None:
        return
    coverage, corner = found
    x, y = corner
    coverage = coverage[: canvas.height - y, : canvas.width - x]
    canvas.mark(label, coverage, corner)
    if look.pen.fading:
        coverage = (coverage * _fading(rng, coverage.shape[1], look.pen.fading, canvas.scale)).astype(np.uint8)
    canvas.paint(coverage, corner, look.pen.rgb, look.pen.opacity)


def _fading(rng: np.random.Generator, width: int, depth: float, scale: float) -> Floats:
    """Return how much ink a worn head leaves along the page."""
    slow = scipy.ndimage.gaussian_filter1d(rng.normal(size=width), rng.uniform(1, 15) * scale, mode="wrap")
    slow = (slow - slow.min()) / (np.ptp(slow) + 1e-9)
    kept: Floats = (1 - depth * slow).astype(np.float32)
    return kept


def _pulse_places(
    rng: np.random.Generator, look: PulseLook, cells: list[DrawnCell], plan: Arrangement
) -> list[tuple[float, float]]:
    """Return where each pulse ends on the right, and the height of its feet."""
    follows = rng.random() < 0.4
    places: list[tuple[float, float]] = []
    if look.where == "none":
        return places
    for cell, _, line in cells:
        good = line[~np.isnan(line[:, 1])]
        if not len(good):
            continue
        level = float(good[0, 1]) if follows and look.gap_mm == 0 else cell.y_mm
        first = cell.column == 0
        if look.where == "first" and not (first and cell.row == 0):
            continue
        if look.where == "columns" or (first and look.where != "right"):
            places.append((cell.x_mm - look.gap_mm, level))
        last_column = cell.column == len(plan.column_x_mm) - 1 or cell.role == "rhythm"
        if last_column and look.where in ("right", "both"):
            whole = look.before_mm + look.width_mm + look.after_mm
            places.append((plan.right_mm + look.gap_mm + whole, cell.y_mm))
    return places
