"""Pages as other programs draw them: Matplotlib's strokes and Pillow's, with other grids, names, pulses and dividers.

Nothing of `sample_images` draws here: this shows how far the traces depend on its pen. Matplotlib comes with wfdb.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sample_images import LAYOUTS, Drawing, DrawnLead, Recording

MM_PER_INCH, POINTS_PER_INCH = 25.4, 72
SPEED_MM_S, GAIN_MM_MV, TRUTH_HZ = 25.0, 10.0, 500


@dataclass(frozen=True)
class OtherStyle:
    """How a page looks.

    Attributes
    ----------
    by : "matplotlib" or "pillow"; Pillow's strokes have hard, cut-off ends
    dpi, line_px : scale and width of the strokes
    grid, grid_rgb : "lines", "dots" or "none", and the colours of its 1 mm and 5 mm lines
    rate_hz : samples drawn per second, connected by straight lines
    name_mm : where a name stands from the start of its trace
    pulse : "left", "right", "touching" or "none"
    dividers : "first" (centred on the first sample), "bars" or "none"
    gap_mm : paper between columns
    two_tone : black and white only
    """

    layout: str = "3x4+1"
    by: str = "matplotlib"
    dpi: int = 200
    line_px: float = 1.6
    ink_rgb: tuple[float, float, float] = (0.0, 0.0, 0.0)
    grid: str = "lines"
    grid_rgb: tuple[tuple[float, float, float], tuple[float, float, float]] = ((1, 0.85, 0.85), (1, 0.6, 0.6))
    rate_hz: int = 500
    cap: str = "projecting"
    antialiased: bool = True
    name_mm: tuple[float, float] = (1.0, -6.0)
    pulse: str = "none"
    dividers: str = "none"
    pitch_mm: float = 30.0
    left_mm: float = 15.0
    gap_mm: float = 0.0
    two_tone: bool = False


OTHER_STYLES: dict[str, OtherStyle] = {
    # As the package ecg-plot draws: a brown-red grid, thin lines, a bar at each lead's first sample.
    "plot": OtherStyle(line_px=1.4, grid_rgb=((1, 0.7, 0.7), (1, 0, 0)), dividers="first", left_mm=2.0, pitch_mm=40),
    "plot 100 Hz": OtherStyle(line_px=2.0, rate_hz=100, dividers="first", left_mm=5.0, pitch_mm=40),
    # As ECG image kits draw: names below the trace, a pulse that runs into it.
    "kit": OtherStyle(line_px=2.1, name_mm=(2, 6), pulse="touching", left_mm=25.0, pitch_mm=35),
    "kit 100 Hz": OtherStyle(line_px=1.5, name_mm=(2, 6), pulse="touching", left_mm=25.0, rate_hz=100, dividers="bars"),
    "kit 300 dpi": OtherStyle(dpi=300, line_px=3.0, name_mm=(2, 6), pulse="left", left_mm=25.0, dividers="bars"),
    "kit 100 dpi": OtherStyle(dpi=100, line_px=1.0, name_mm=(2, 6), pulse="left", left_mm=25.0),
    "kit 72 dpi": OtherStyle(dpi=72, line_px=0.8, pulse="left", left_mm=25.0),
    "round": OtherStyle(line_px=3.0, cap="round", grid_rgb=((0.8, 0.9, 1), (0.5, 0.6, 0.9)), pulse="right"),
    "names over": OtherStyle(line_px=2.0, name_mm=(0.5, 1.0), grid_rgb=((0.85,) * 3, (0.7,) * 3), dividers="bars"),
    "no grid": OtherStyle(grid="none", line_px=1.5, pulse="left", left_mm=25.0, dividers="bars"),
    "gaps": OtherStyle(gap_mm=4.0, pulse="left", left_mm=20.0),
    "6x2": OtherStyle(layout="6x2", pitch_mm=27.0, pulse="left", left_mm=25.0, dividers="bars"),
    "12x1": OtherStyle(layout="12x1", pitch_mm=15.0, pulse="left", left_mm=25.0, line_px=1.2),
    "hard": OtherStyle(by="pillow", line_px=2, pulse="left", left_mm=25.0, dividers="bars"),
    "hard thin": OtherStyle(by="pillow", line_px=1, dpi=150, pulse="left", left_mm=25.0),
    "black and white": OtherStyle(by="pillow", line_px=3, grid="dots", two_tone=True, pulse="left", left_mm=25.0),
    "no smoothing": OtherStyle(antialiased=False, line_px=1.5, grid_rgb=((0.8, 0.95, 0.8), (0.5, 0.8, 0.5))),
}

Stroke = tuple[NDArray[Any], float, tuple[float, float, float]]


def draw_other(recording: Recording, style: OtherStyle) -> Drawing:
    """Draw a recording; the truth of a lead is the line drawn, read 500 times a second."""
    plan = LAYOUTS[style.layout]
    column_s = 10.0 / plan.columns
    column_mm = column_s * SPEED_MM_S
    rows = [*plan.rows, *((strip,) for strip in plan.strips)]
    width_mm = style.left_mm + 10 * SPEED_MM_S + style.gap_mm * (plan.columns - 1) + 20
    height_mm = 25 + style.pitch_mm * len(rows) + 10
    scale = style.dpi / MM_PER_INCH
    strokes, names, leads = [], [], []
    for row, cells in enumerate(rows):
        y_mm = 20 + (row + 0.55) * style.pitch_mm
        for column, lead in enumerate(cells):
            is_strip = len(cells) < plan.columns
            length_s, start_s = (10.0, 0.0) if is_strip else (column_s, column * column_s)
            x_mm = style.left_mm + column * (column_mm + style.gap_mm)
            mv = recording.lead(lead)[round(start_s * TRUTH_HZ) : round((start_s + length_s) * TRUTH_HZ)]
            step = TRUTH_HZ // style.rate_hz
            times_s = np.arange(mv.size) / TRUTH_HZ
            truth = np.interp(times_s, times_s[::step], mv[::step])
            points = np.column_stack([x_mm + times_s[::step] * SPEED_MM_S, y_mm - mv[::step] * GAIN_MM_MV])
            strokes.append(points)
            names.append((x_mm + style.name_mm[0], y_mm + style.name_mm[1], lead))
            if column and style.dividers != "none":
                middle = points[0, 1] if style.dividers == "first" else y_mm
                strokes.append(np.array([(x_mm, middle - 3), (x_mm, middle + 3)]))
            right_mm = x_mm + length_s * SPEED_MM_S
            top, bottom = y_mm - style.pitch_mm / 2, y_mm + style.pitch_mm / 2
            quad = np.array([(x_mm, top), (right_mm, top), (right_mm, bottom), (x_mm, bottom)]) * scale - 0.5
            role = "rhythm" if is_strip else "12-lead"
            leads.append(DrawnLead(lead, role, quad, start_s, truth, points * scale - 0.5))
        if style.pulse != "none":
            start = {"left": style.left_mm - 9, "touching": style.left_mm - 7}.get(style.pulse, width_mm - 15)
            x = start + np.cumsum([0, 1, 0, 5, 0, 1])
            strokes.append(np.column_stack([x, y_mm - np.array([0, 0, 10, 10, 0, 0])]))
    pen = _matplotlib_page if style.by == "matplotlib" else _pillow_page
    image = pen(style, (width_mm, height_mm), strokes, names)
    if style.two_tone:
        image = np.where(image.mean(axis=2, keepdims=True) < 128, 0, 255).repeat(3, axis=2).astype(np.uint8)
    return Drawing(image, "ecg", scale, tuple(leads), layout=style.layout, speed_mm_s=25.0, gain_mm_mv=10.0)


def _grid_mm(size_mm: tuple[float, float]) -> list[tuple[int, bool, float]]:
    """Return each grid line's axis, whether it is one of every fifth, and its place; every fifth ones last."""
    lines = [(axis, place % 5 == 0, float(place)) for axis in (0, 1) for place in range(int(size_mm[axis]) + 1)]
    return sorted(lines, key=lambda line: line[1])


def _matplotlib_page(
    style: OtherStyle, size_mm: tuple[float, float], strokes: list[NDArray[Any]], names: list[tuple[float, float, str]]
) -> NDArray[np.uint8]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    points_per_px = POINTS_PER_INCH / style.dpi
    figure = Figure(figsize=(size_mm[0] / MM_PER_INCH, size_mm[1] / MM_PER_INCH), dpi=style.dpi)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, size_mm[0])
    axes.set_ylim(size_mm[1], 0)
    axes.axis("off")
    if style.grid == "lines":
        for axis, fifth, place in _grid_mm(size_mm):
            line = axes.axvline if axis == 0 else axes.axhline
            line(place, color=style.grid_rgb[fifth], linewidth=points_per_px * (1.5 if fifth else 1.0))
    for points in strokes:
        axes.plot(
            *points.T,
            color=style.ink_rgb,
            linewidth=style.line_px * points_per_px,
            antialiased=style.antialiased,
            solid_capstyle=style.cap,
        )
    for x, y, name in names:
        axes.text(x, y, name, fontsize=9)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=style.dpi)
    return np.array(Image.open(file).convert("RGB"))


def _pillow_page(
    style: OtherStyle, size_mm: tuple[float, float], strokes: list[NDArray[Any]], names: list[tuple[float, float, str]]
) -> NDArray[np.uint8]:
    scale = style.dpi / MM_PER_INCH
    image = Image.new("RGB", (round(size_mm[0] * scale), round(size_mm[1] * scale)), "white")
    pen = ImageDraw.Draw(image)
    if style.grid == "lines":
        for axis, fifth, place in _grid_mm(size_mm):
            at = round(place * scale - 0.5)
            ends = (at, 0, at, image.height) if axis == 0 else (0, at, image.width, at)
            pen.line(ends, fill=tuple(round(255 * part) for part in style.grid_rgb[fifth]))
    if style.grid == "dots":
        for column in range(int(size_mm[0])):
            for row in range(int(size_mm[1])):
                if column % 5 == 0 or row % 5 == 0:
                    pen.point((round(column * scale), round(row * scale)), fill="black")
    for points in strokes:
        pen.line(
            [tuple(point) for point in np.floor(points * scale)],
            fill="black",
            width=round(style.line_px),
            joint="curve",
        )
    font = ImageFont.load_default(size=3.2 * scale)
    for x, y, name in names:
        pen.text((x * scale, y * scale), name, fill="black", font=font, anchor="ls")
    return np.array(image)
