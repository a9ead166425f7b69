"""Pages as web viewers and recorders of other countries draw them: SVG written by hand, painted by Chromium.

Cabrera's order, names as they are printed elsewhere, names on the trace, rows that overlap, pens of any colour with
round joins, dotted and dashed grids under or over the trace, tinted paper, marks between columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.independent.choices import Settings, one_of, some_colour, some_layout, some_lines, some_settings
from tests.independent.chromium import painted
from tests.independent.known_page import MM_PER_INCH, Form, KnownPage, Line, Sheet, pulse_mm

FONTS = ("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono", "DejaVu Sans Condensed", "DejaVu Sans Light")
# As recorders print the names here and there; most print the first.
SPELLINGS = {
    "usual": lambda lead: lead,
    "capitals": lambda lead: lead.upper(),
    "short": lambda lead: lead.replace("aV", "V"),
    "chest": lambda lead: lead.replace("V", "C") if lead[0] == "V" else lead,
    "derivation": lambda lead: f"D{lead}" if set(lead) == {"I"} else lead,
    "colon": lambda lead: f"{lead}:",
}
HEARTBEAT = '<path d="M10 10h3l1 -3l1.5 6l1 -3h3" stroke="#fff" fill="none"/>'
ROW_MM = {3: (22, 36), 5: (19, 32), 8: (13, 24), 13: (9, 14)}


@dataclass(frozen=True)
class Look:
    """How one page looks: colours, widths in mm, and what stands where."""

    settings: Settings
    paper: tuple[str, str]
    grid: str
    grid_rgb: tuple[str, str]
    grid_over: bool
    pens: tuple[str, ...]
    pen_mm: float
    join: str
    font: str
    bold: bool
    name_mm: tuple[float, float]
    size_mm: float
    spelling: str
    pulse: str
    mark: str
    beyond_mm: float


def draw_page(data: Path, seed: int, dpi: float) -> KnownPage:
    """Draw one page; the same seed is the same page at any resolution."""
    rng = np.random.default_rng([seed, 3])
    form = some_layout(rng, cabrera=0.4)
    look = _look(rng, form)
    sheet = _sheet(rng, form, look)
    size_mm = sheet.left_mm + sheet.width_mm(form) + look.beyond_mm + 10, sheet.top_mm + sheet.height_mm(form) + 18
    lines = some_lines(data, rng, form, sheet, size_mm[1])
    image = painted(_svg(rng, form, sheet, lines, look, size_mm), size_mm, dpi)
    scale = dpi / MM_PER_INCH
    leads = tuple(line.known(sheet, (scale, scale)) for line in lines)
    looks = f"grid {look.grid}, names {look.spelling}, rows of {sheet.row_mm:.0f} mm, {look.settings.words}"
    return KnownPage(image, form.name, leads, dpi, looks)


def _look(rng: np.random.Generator, form: Form) -> Look:
    tint = some_colour(rng, (0.93, 0.985), (0.2, 0.9))
    paper = one_of(rng, [("#ffffff", "#ffffff"), (tint, tint), (tint, "#ffffff")])
    hue = some_colour(rng, (0.5, 0.72), (0.25, 1.0))
    grid_rgb = one_of(rng, [(hue, hue), ("#f08a8a", "#f6bcbc"), ("#777777", "#aaaaaa"), ("#d8853b", "#ecc08f")])
    ink = some_colour(rng, (0.08, 0.3), (0.3, 1.0))
    pens = one_of(rng, [("#000000",), ("#000000",), (ink,), (ink, "#000000"), ("#0b3d91", "#7a1010", "#0a5c2f")])
    return Look(
        settings=some_settings(rng, form),
        paper=paper,
        grid=one_of(rng, ["dots", "dots", "dotted lines", "dashed", "lines", "lines", "large lines"]),
        grid_rgb=grid_rgb,
        grid_over=bool(rng.random() < 0.25),
        pens=pens,
        pen_mm=rng.uniform(0.18, 0.55),
        join=one_of(rng, ["round", "round", "bevel"]),
        font=one_of(rng, FONTS),
        bold=bool(rng.random() < 0.4),
        # Above the line, on it, or before it.
        name_mm=one_of(rng, [(1.0, 5.0), (1.0, 7.0), (2.0, 1.0), (0.5, -1.0), (-8.5, -1.0)]),
        size_mm=rng.uniform(2.4, 4.2),
        spelling=one_of(rng, ["usual"] * 6 + list(SPELLINGS)),
        pulse=one_of(rng, ["left", "left", "right", "touching", "none"]),
        mark=one_of(rng, ["none", "none", "bar", "wedge", "dots"]),
        beyond_mm=rng.uniform(0, 20),
    )


def _sheet(rng: np.random.Generator, form: Form, look: Look) -> Sheet:
    speed, gain = look.settings.speed_mm_s, look.settings.gain_mm_mv
    page_s = 250.0 / speed
    row_mm = rng.uniform(*next(span for rows, span in ROW_MM.items() if form.rows <= rows))
    column_s = page_s / form.columns
    left_mm = 8.0 + (9.0 if look.pulse in ("left", "touching") or look.name_mm[0] < 0 else 0.0) + rng.uniform(0, 8)
    gap_mm = one_of(rng, [0.0, 0.0, 0.0, 2.0, 4.0]) if form.columns > 1 else 0.0
    together = form.columns == 2 and rng.random() < 0.25
    top_mm = rng.uniform(22, 40)
    return Sheet(left_mm, top_mm, row_mm, row_mm * rng.uniform(1, 1.3), column_s, page_s, speed, gain, gap_mm, together)


def _svg(
    rng: np.random.Generator, form: Form, sheet: Sheet, lines: Sequence[Line], look: Look, size_mm: tuple[float, float]
) -> str:
    """Write a page; its units are mm."""
    width, height = size_mm
    grid = _grid(form, sheet, look)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" style="display:block" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" font-family="{look.font}">',
        f'<defs><linearGradient id="paper" x2="1" y2="0.4"><stop stop-color="{look.paper[0]}"/>'
        f'<stop offset="1" stop-color="{look.paper[1]}"/></linearGradient></defs>',
        f'<rect width="{width}" height="{height}" fill="url(#paper)"/>',
        "" if look.grid_over else grid,
        *(_lead(form, sheet, line, look, number) for number, line in enumerate(lines)),
        grid if look.grid_over else "",
        _print(rng, look, size_mm),
        "</svg>",
    ]
    return "".join(parts)


def _grid(form: Form, sheet: Sheet, look: Look) -> str:
    """Write the grid as patterns of 1 and 5 mm, repeated over the rows and beyond their end."""
    large, small = look.grid_rgb
    dot = '<circle cx="0.5" cy="0.5" r="{}" fill="{}"/>'
    stroke = '<path d="M0 0H{0}M0 0V{0}" fill="none" stroke="{1}" stroke-width="{2}" stroke-dasharray="{3}" {4}/>'
    fine, coarse = {
        "dots": (dot.format(0.13, small), '<circle cx="0.5" cy="0.5" r="0.24" fill="' + large + '"/>'),
        "dotted lines": ("", stroke.format(5, large, 0.3, "0.01 0.99", 'stroke-linecap="round"')),
        "dashed": (stroke.format(1, small, 0.08, "0.5 0.5", ""), stroke.format(5, large, 0.2, "0.6 0.4", "")),
        "lines": (stroke.format(1, small, 0.1, "none", ""), stroke.format(5, large, 0.2, "none", "")),
        "large lines": ("", stroke.format(5, large, 0.2, "none", "")),
    }[look.grid]
    # From a whole square before the rows, so that they begin on a line.
    x, y = sheet.left_mm - 10, sheet.top_mm
    width = (sheet.width_mm(form) + 10 + look.beyond_mm) // 5 * 5
    height = sheet.height_mm(form) // 5 * 5 + 5
    area = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    patterns = "".join(
        f'<pattern id="g{step}" x="{x}" y="{y}" width="{step}" height="{step}" patternUnits="userSpaceOnUse">{inside}'
        "</pattern>"
        for step, inside in ((1, fine), (5, coarse))
    )
    return f'<defs>{patterns}</defs><rect {area} fill="url(#g1)"/><rect {area} fill="url(#g5)"/>'


def _lead(form: Form, sheet: Sheet, line: Line, look: Look, number: int) -> str:
    """Write one lead: its line, its name, and the pulse or the mark that belongs to it."""
    place, pen = line.place, look.pens[number % len(look.pens)]
    first, last = place.x_mm == sheet.left_mm, place.is_strip or place.lead in {row[-1] for row in form.grid}
    style = f'fill="none" stroke="{pen}" stroke-width="{look.pen_mm:.3f}" stroke-linejoin="{look.join}"'
    cap = "round" if look.join == "round" else "butt"
    strokes = [line.points_mm]
    if first and look.pulse in ("left", "touching"):
        foot = 1.0 if look.pulse == "left" else 1.6
        strokes.append(pulse_mm(sheet.left_mm - 5 - 2 * foot, place.baseline_mm, sheet, foot))
    if last and look.pulse == "right":
        strokes.append(pulse_mm(sheet.left_mm + sheet.width_mm(form) + 1, place.baseline_mm, sheet))
    drawn = [f'<polyline points="{_points(points)}" stroke-linecap="{cap}" {style}/>' for points in strokes]
    x, y = place.x_mm, place.baseline_mm
    if not first:
        drawn.append(
            {
                "none": "",
                "bar": f'<path d="M{x} {y - 4}V{y + 4}" stroke="{pen}" stroke-width="0.35"/>',
                "wedge": f'<path d="M{x} {y - 5}l-1 -2h2z" fill="{pen}"/>',
                "dots": f'<path d="M{x} {y - 6}v12" stroke="{pen}" stroke-width="0.4" stroke-dasharray="0.4 1.2"/>',
            }[look.mark]
        )
    weight = "bold" if look.bold else "normal"
    # In close rows a name stands nearer to its own line than to the next.
    up = min(look.name_mm[1], 0.35 * sheet.row_mm)
    name = SPELLINGS[look.spelling](place.lead)
    drawn.append(
        f'<text x="{x + look.name_mm[0]:.2f}" y="{y - up:.2f}" font-size="{look.size_mm:.2f}" font-weight="{weight}" '
        f'fill="{pen}">{name}</text>'
    )
    return "".join(drawn)


def _points(points_mm: np.ndarray) -> str:
    return " ".join(f"{x:.3f},{y:.3f}" for x, y in points_mm)


def _print(rng: np.random.Generator, look: Look, size_mm: tuple[float, float]) -> str:
    """Write the head with a logo, and the foot."""
    colour = some_colour(rng, (0.25, 0.5), (0.4, 1.0))
    logo = f'<circle cx="14" cy="10" r="4" fill="{colour}"/>{HEARTBEAT}'
    facts = ("HR", "PQ", "QRS", "QTc", "P/QRS/T")
    rows = [f"{name} {rng.integers(40, 480)}" for name in facts[: int(rng.integers(2, 6))]]
    text = '<text x="{:.1f}" y="{:.1f}" font-size="{:.1f}" fill="#222">{}</text>'
    head = [text.format(22, 9, 4.2, one_of(rng, ["Ruhe-EKG", "ECG de repos", "Vilo-EKG", "Resting ECG", "EKG 12"]))]
    head += [text.format(90 + 32 * (nth % 3), 8 + 5 * (nth // 3), 3.2, words) for nth, words in enumerate(rows)]
    foot = look.settings.words if look.settings.printed else one_of(rng, ["", "0,05 - 40 Hz", "AC 50 Hz"])
    return "".join([logo if rng.random() < 0.6 else "", *head, text.format(12, size_mm[1] - 4, 3.0, foot)])
