"""Pages as Python programs draw them with Matplotlib: one figure of all leads, or a small plot for each.

Columns of 62 mm that end before the grid does, grids of any colour, dashed and dotted, spines with ticks and their
labels, titles and legends, lines in the colours of the cycle, samples connected at the record's own rate.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator
from PIL import Image

from tests.independent.choices import Settings, one_of, some_colour, some_layout, some_lines, some_settings
from tests.independent.known_page import MM_PER_INCH, Form, KnownPage, Line, Sheet, pulse_mm

FONTS = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "STIXGeneral", "cmr10", "cmss10")
PENS = ("black",) * 5 + ("C0", "C0", "midnightblue", "darkred", "darkgreen", "#333333", "cycle")
ROW_MM = {4: (26, 40), 6: (20, 30), 12: (13, 18)}
SMALL_S, LARGE_S, SMALL_MV, LARGE_MV = 0.04, 0.2, 0.1, 0.5


@dataclass(frozen=True)
class Grid:
    """Lines of a grid: colour, style and width in points of the 5 mm lines; those of 1 mm are paler, or missing."""

    large: str
    small: str | None
    dashes: str
    width: float


@dataclass(frozen=True)
class Look:
    """How one page looks."""

    settings: Settings
    grid: Grid | None
    pen: str
    pen_width: float
    rate_hz: int
    font: str
    name_at: str
    pulse: bool
    separators: str
    title: str
    legend: bool
    spines: bool
    plots: bool
    beyond_mm: float


def draw_page(data: Path, seed: int, dpi: float) -> KnownPage:
    """Draw one page; the same seed is the same page at any resolution."""
    rng = np.random.default_rng([seed, 1])
    form = some_layout(rng)
    look = _look(rng, form)
    sheet = _sheet(rng, form, look)
    right_mm, below_mm = look.beyond_mm + 6, 14.0
    size_mm = sheet.left_mm + sheet.width_mm(form) + right_mm, sheet.top_mm + sheet.height_mm(form) + below_mm
    lines = some_lines(data, rng, form, sheet, size_mm[1], look.rate_hz)
    with mpl.rc_context({"font.family": [look.font, "DejaVu Sans"], "axes.formatter.use_mathtext": True}):
        figure = Figure(figsize=(size_mm[0] / MM_PER_INCH, size_mm[1] / MM_PER_INCH), dpi=dpi)
        (_small_plots if look.plots else _one_plot)(figure, size_mm, form, sheet, lines, look)
        figure.suptitle(look.title, fontsize=rng.uniform(9, 16), y=1 - 4 / size_mm[1], va="top")
        if look.settings.printed:
            figure.text(0.05, 4 / size_mm[1], look.settings.words, fontsize=rng.uniform(6, 9))
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=dpi)
    image = np.array(Image.open(file).convert("RGB"))
    scale = dpi / MM_PER_INCH
    # Matplotlib cuts the picture to whole pixels at the right and at the top.
    cut_mm = size_mm[1] - image.shape[0] / scale
    leads = tuple(line.known(sheet, (scale, scale)) for line in lines)
    for lead in leads:
        lead.line_px[:, 1] -= cut_mm * scale
    kind = "small plots" if look.plots else "one plot"
    return KnownPage(image, form.name, leads, dpi, f"{kind}, pen {look.pen}, {look.rate_hz} Hz, {look.settings.words}")


def _look(rng: np.random.Generator, form: Form) -> Look:
    grid = None
    if rng.random() < 0.93:
        pale = some_colour(rng, (0.8, 0.93), (0.2, 1.0))
        large = one_of(
            rng, ["#ff9999", "#ffb3b3", "red", "lightgray", "gray", "tab:blue", some_colour(rng, (0.5, 0.8), (0, 1))]
        )
        small = None if rng.random() < 0.2 else one_of(rng, ["#ffd6d6", "#e8e8e8", pale, pale])
        grid = Grid(large, small, one_of(rng, ["-", "-", "-", "--", ":", "-."]), rng.uniform(0.35, 0.9))
    patient = f"Record {rng.integers(1, 99999):05d}"
    title = one_of(rng, ["", "ECG", "12-lead ECG", f"{patient} (500 Hz)", "Electrocardiogram, leads I-V6"])
    return Look(
        settings=some_settings(rng, form),
        grid=grid,
        pen=one_of(rng, PENS),
        pen_width=rng.uniform(0.5, 1.5),
        rate_hz=one_of(rng, [100, 250, 500, 500]),
        font=one_of(rng, FONTS),
        name_at=one_of(rng, ["above", "above", "left", "boxed"]),
        pulse=bool(rng.random() < 0.4),
        separators=one_of(rng, ["none", "none", "dashed", "short"]),
        title=title,
        legend=bool(rng.random() < 0.25),
        spines=bool(rng.random() < 0.6),
        # A plot for each of twelve rows would be all frames.
        plots=bool(rng.random() < 0.25) and form.rows <= 7,
        beyond_mm=rng.uniform(4, 28) if rng.random() < 0.7 else 2.0,
    )


def _sheet(rng: np.random.Generator, form: Form, look: Look) -> Sheet:
    speed, gain = look.settings.speed_mm_s, look.settings.gain_mm_mv
    row_mm = rng.uniform(*next(span for rows, span in ROW_MM.items() if form.rows <= rows + 1))
    page_s = 250.0 / speed
    # 62 mm at 25 mm/s: a program that cuts a record into whole columns of its own grid.
    short = 0.992 if rng.random() < 0.5 else 1.0
    column_s = page_s / form.columns * short
    left_mm = rng.uniform(16, 24) if look.pulse or look.name_at == "left" else rng.uniform(9, 16)
    gap_mm = rng.uniform(4, 9) if look.plots else 0.0
    strip_s = min(page_s, column_s * form.columns) if rng.random() < 0.5 else page_s
    together = form.columns == 2 and rng.random() < 0.3
    return Sheet(left_mm, rng.uniform(18, 30), row_mm, row_mm, column_s, strip_s, speed, gain, gap_mm, together)


def _axes(figure: Figure, size_mm: tuple[float, float], frame_mm: tuple[float, float, float, float]) -> Any:
    """Add axes at left, top, width and height in mm of the page."""
    left, top, width, height = frame_mm
    at = left / size_mm[0], 1 - (top + height) / size_mm[1], width / size_mm[0], height / size_mm[1]
    return figure.add_axes(at)


def _one_plot(
    figure: Figure, size_mm: tuple[float, float], form: Form, sheet: Sheet, lines: Sequence[Line], look: Look
) -> None:
    """Draw all leads into one set of axes, in seconds and mV, each at its own level."""
    before_mm = 8.0 if look.pulse or look.name_at == "left" else 2.0
    left, top = sheet.left_mm - before_mm, sheet.top_mm
    width, height = sheet.width_mm(form) + before_mm + look.beyond_mm, sheet.height_mm(form)
    axes = _axes(figure, size_mm, (left, top, width, height))
    axes.set_xlim(-before_mm / sheet.speed_mm_s, (width - before_mm) / sheet.speed_mm_s)
    axes.set_ylim(-height / sheet.gain_mm_mv, 0)
    _rule(axes, sheet, look)
    handles = []
    for number, line in enumerate(lines):
        handles += _plot(axes, line, sheet, look, number, (sheet.left_mm, top))
        first = line.place.x_mm == sheet.left_mm
        if look.pulse and first:
            points = pulse_mm(sheet.left_mm - 7.5, line.place.baseline_mm, sheet)
            _stroke(axes, points, sheet, look, number, (sheet.left_mm, top))
        if not first and look.separators != "none":
            at = (line.place.x_mm - sheet.left_mm) / sheet.speed_mm_s
            level = (top - line.place.baseline_mm) / sheet.gain_mm_mv
            half = 0.3 if look.separators == "short" else sheet.row_mm / 2 / sheet.gain_mm_mv
            axes.plot([at, at], [level - half, level + half], "k-" if half == 0.3 else "k--", linewidth=0.7)
    if look.legend:
        axes.legend(handles[:1], ["recorded signal"], loc="lower right", bbox_to_anchor=(1, 1), fontsize=7)


def _small_plots(
    figure: Figure, size_mm: tuple[float, float], form: Form, sheet: Sheet, lines: Sequence[Line], look: Look
) -> None:
    """Draw each lead into axes of its own; lines may leave them."""
    for number, line in enumerate(lines):
        place = line.place
        height = sheet.row_mm - 5
        top = place.baseline_mm - 0.55 * height
        axes = _axes(figure, size_mm, (place.x_mm, top, place.seconds * sheet.speed_mm_s, height))
        axes.set_xlim(0, place.seconds)
        axes.set_ylim(-0.45 * height / sheet.gain_mm_mv, 0.55 * height / sheet.gain_mm_mv)
        axes.patch.set_alpha(0)
        _rule(axes, sheet, look)
        handles = _plot(axes, line, sheet, look, number, (place.x_mm, place.baseline_mm))
        if look.legend and number == 0:
            axes.legend(handles, ["mV"], loc="lower right", bbox_to_anchor=(1, 1), fontsize=5)


def _rule(axes: Any, sheet: Sheet, look: Look) -> None:
    """Draw the grid, 1 mm and 5 mm at the page's speed and gain, and spines with ticks at whole seconds and mV."""
    # Paper of 1 mm squares: 40 ms and 0.1 mV at the usual settings.
    squares = 25 / sheet.speed_mm_s, 10 / sheet.gain_mm_mv
    for axis, small, large, factor in zip(
        (axes.xaxis, axes.yaxis), (SMALL_S, SMALL_MV), (LARGE_S, LARGE_MV), squares, strict=True
    ):
        axis.set_major_locator(MultipleLocator(large * factor))
        axis.set_minor_locator(MultipleLocator(small * factor))
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{value:.0f}" if abs(value - round(value)) < 1e-6 else "")
        )
    axes.set_axisbelow(True)
    if look.grid is not None:
        axes.grid(True, which="major", color=look.grid.large, linestyle=look.grid.dashes, linewidth=look.grid.width)
        if look.grid.small is not None:
            width = 0.6 * look.grid.width
            axes.grid(True, which="minor", color=look.grid.small, linestyle=look.grid.dashes, linewidth=width)
    if look.spines:
        axes.tick_params(which="both", labelsize=5, length=2, width=0.4)
    else:
        axes.spines[:].set_visible(False)
        axes.tick_params(which="both", length=0, labelbottom=False, labelleft=False)


def _plot(axes: Any, line: Line, sheet: Sheet, look: Look, number: int, origin_mm: tuple[float, float]) -> list[Any]:
    """Draw one lead and its name in axes whose (0, 0) is at this place of the page."""
    drawn = _stroke(axes, line.points_mm, sheet, look, number, origin_mm)
    x = (line.place.x_mm - origin_mm[0]) / sheet.speed_mm_s
    y = (origin_mm[1] - line.place.baseline_mm) / sheet.gain_mm_mv
    mm = 1 / sheet.gain_mm_mv
    boxed = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8} if look.name_at == "boxed" else None
    if look.name_at == "left":
        offset = 1 / sheet.speed_mm_s
        axes.text(x - offset, y + 3 * mm, line.place.lead, fontsize=8, ha="right", va="bottom")
    else:
        offset = 1 / sheet.speed_mm_s
        size = 7 if sheet.row_mm < 18 else 9
        axes.text(x + offset, y + 0.2 * sheet.row_mm * mm, line.place.lead, fontsize=size, va="bottom", bbox=boxed)
    return drawn


def _stroke(
    axes: Any, points_mm: np.ndarray, sheet: Sheet, look: Look, number: int, origin_mm: tuple[float, float]
) -> list[Any]:
    x = (points_mm[:, 0] - origin_mm[0]) / sheet.speed_mm_s
    y = (origin_mm[1] - points_mm[:, 1]) / sheet.gain_mm_mv
    colour = f"C{number % 10}" if look.pen == "cycle" else look.pen
    return list(axes.plot(x, y, color=colour, linewidth=look.pen_width, clip_on=False))
