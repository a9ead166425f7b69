"""Pages as recorders print them from a vector PDF, drawn with ReportLab and turned into pixels by PDFium.

Letter and A4 paper, black square grids of 1 and 5 mm, a pulse at the right or at the left, headers as tables with
rules, statements, ticks between columns, names in the printer's own fonts.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from tests.independent.choices import Settings, one_of, some_colour, some_layout, some_lines, some_settings
from tests.independent.known_page import Form, KnownPage, Line, Sheet, pulse_mm

FONTS = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Courier", "Courier-Bold")
STATEMENTS = (
    "Sinus rhythm",
    "Normal ECG",
    "Left axis deviation",
    "Nonspecific ST-T abnormality",
    "Consider anterior infarct, age undetermined",
    "Borderline prolonged QT interval",
    "Unconfirmed report",
)
FOOT_MM, HEAD_MM = 11.0, 32.0
POINTS_PER_INCH = 72
# PDFium draws no line thinner than a pixel: coarser pictures are means of finer ones, as a scanner sees the paper.
FINEST_DPI = 300


@dataclass(frozen=True)
class Look:
    """How one page looks: colours, widths in mm, and what stands where."""

    settings: Settings
    grid: str
    grid_rgb: tuple[str, str]
    grid_mm: tuple[float, float]
    whole_sheet: bool
    over: bool
    pen_rgb: str
    pen_mm: float
    ends: int
    font: str
    name_pt: float
    name_mm: tuple[float, float]
    pulse: str
    separators: str
    table: str


def draw_page(data: Path, seed: int, dpi: float) -> KnownPage:
    """Draw one page; the same seed is the same page at any resolution."""
    content, (form, sheet, lines, look) = draw_pdf(data, seed)
    finer = math.ceil(FINEST_DPI / dpi)
    document = pypdfium2.PdfDocument(content)
    picture = document[0].render(scale=finer * dpi / POINTS_PER_INCH).to_pil().convert("RGB")
    width_pt, height_pt = document[0].get_size()
    document.close()
    # PDFium stretches the paper to whole pixels.
    px_per_mm = picture.width / width_pt * mm / finer, picture.height / height_pt * mm / finer
    whole = picture.crop((0, 0, picture.width // finer * finer, picture.height // finer * finer))
    image = np.array(whole.reduce(finer))
    leads = tuple(line.known(sheet, px_per_mm) for line in lines)
    looks = f"grid {look.grid}, pulse {look.pulse}, separators {look.separators}, {look.settings.words}"
    return KnownPage(image, form.name, leads, dpi, looks)


def draw_pdf(data: Path, seed: int) -> tuple[bytes, tuple[Form, Sheet, Sequence[Line], Look]]:
    """Return the PDF of a page, and what is printed on it."""
    rng = np.random.default_rng([seed, 2])
    form = some_layout(rng, cabrera=0.08)
    width_pt, height_pt = landscape(letter if rng.random() < 0.6 else A4)
    width_mm, height_mm = width_pt / mm, height_pt / mm
    look = _look(rng, form)
    sheet = _sheet(rng, form, look, width_mm, height_mm)
    lines = some_lines(data, rng, form, sheet, height_mm)
    file = io.BytesIO()
    # Invariant: the file holds no time, so that a seed gives the same bytes.
    canvas = Canvas(file, pagesize=(width_pt, height_pt), invariant=1)
    # Millimetres from the upper left corner, as in all of the generators.
    canvas.translate(0, height_pt)
    canvas.scale(mm, mm)
    if not look.over:
        _grid(canvas, sheet, form, look, (width_mm, height_mm))
    _lines(canvas, form, sheet, lines, look)
    if look.over:
        _grid(canvas, sheet, form, look, (width_mm, height_mm))
    _print(canvas, rng, look, (width_mm, height_mm))
    canvas.showPage()
    canvas.save()
    return file.getvalue(), (form, sheet, lines, look)


def _look(rng: np.random.Generator, form: Form) -> Look:
    dark = one_of(rng, [("#000000", "#000000"), ("#404040", "#808080"), ("#606060", "#b0b0b0")])
    red = one_of(rng, [("#e08080", "#f4c8c8"), ("#c04040", "#e8a0a0"), ("#ff6a4d", "#ffd0c4")])
    other = some_colour(rng, (0.45, 0.65), (0.3, 1.0)), some_colour(rng, (0.75, 0.9), (0.3, 1.0))
    small = 13 if form.rows > 8 else 99
    return Look(
        settings=some_settings(rng, form),
        grid=one_of(rng, ["square"] * 6 + ["5 mm", "dots", "none"]),
        grid_rgb=one_of(rng, [dark, dark, dark, red, red, other]),
        grid_mm=(rng.uniform(0.12, 0.3), rng.uniform(0.03, 0.12)),
        whole_sheet=bool(rng.random() < 0.3),
        over=bool(rng.random() < 0.3),
        pen_rgb=one_of(rng, ["#000000"] * 5 + ["#10106a", "#202020"]),
        pen_mm=rng.uniform(0.2, 0.5),
        ends=one_of(rng, [0, 1, 2]),
        font=one_of(rng, FONTS),
        name_pt=min(rng.uniform(7, 13), small * 0.6),
        name_mm=(rng.uniform(0.5, 3), rng.uniform(3, 8) if form.rows < 8 else rng.uniform(2, 4)),
        pulse=one_of(rng, ["right", "right", "right", "left", "both", "none"]),
        separators=one_of(rng, ["ticks", "ticks", "line", "double", "none"]),
        table=one_of(rng, ["boxed", "ruled", "plain"]),
    )


def _sheet(rng: np.random.Generator, form: Form, look: Look, width_mm: float, height_mm: float) -> Sheet:
    speed, gain = look.settings.speed_mm_s, look.settings.gain_mm_mv
    page_s = 250.0 / speed
    before = 10.0 if look.pulse in ("left", "both") else 2.0
    after = 9.5 if look.pulse in ("right", "both") else 2.0
    left_mm = before + rng.uniform(0, width_mm - 250 - before - after)
    top_mm = HEAD_MM + rng.uniform(0, 4)
    # Rows fill the paper, or end before it does; a strip may have more room than a row.
    row_mm = min((height_mm - top_mm - FOOT_MM) / (form.rows + 0.3), 38.0) * rng.uniform(0.85, 1)
    return Sheet(left_mm, top_mm, row_mm, row_mm * rng.uniform(1, 1.15), page_s / form.columns, page_s, speed, gain)


def _grid(canvas: Canvas, sheet: Sheet, form: Form, look: Look, size_mm: tuple[float, float]) -> None:
    """Rule the paper: squares of 1 and 5 mm, of 5 mm alone, dots at each mm, or nothing."""
    if look.grid == "none":
        return
    left, top = (0.0, 0.0) if look.whole_sheet else (sheet.left_mm - 0.5, sheet.top_mm)
    right = size_mm[0] if look.whole_sheet else min(size_mm[0] - 1, sheet.left_mm + sheet.width_mm(form) + 9.5)
    bottom = size_mm[1] if look.whole_sheet else sheet.top_mm + sheet.height_mm(form)
    across, down = int((right - left) // 5) * 5, int((bottom - top) // 5) * 5
    for width, colour, step in zip(look.grid_mm[::-1], look.grid_rgb[::-1], (1, 5), strict=True):
        if look.grid == "5 mm" and step == 1:
            continue
        canvas.setStrokeColor(HexColor(colour))
        # Dots: the lines along the page are dashes as long as they are wide.
        dot = width + 0.15
        canvas.setLineWidth(dot if look.grid == "dots" else width)
        canvas.setDash([dot, 1 - dot] if look.grid == "dots" else [])
        lines = [(left, -top - at, left + across, -top - at) for at in range(0, down + 1, step)]
        if look.grid != "dots":
            lines += [(left + at, -top, left + at, -top - down) for at in range(0, across + 1, step)]
        canvas.lines(lines)
    canvas.setDash([])


def _lines(canvas: Canvas, form: Form, sheet: Sheet, lines: Sequence[Line], look: Look) -> None:
    """Draw the leads with their names, pulses and what stands between columns."""
    canvas.setStrokeColor(HexColor(look.pen_rgb))
    canvas.setFillColor(HexColor("#000000"))
    canvas.setLineJoin(look.ends)
    canvas.setLineCap(look.ends)
    for line in lines:
        place = line.place
        canvas.setLineWidth(look.pen_mm)
        _polyline(canvas, line.points_mm)
        canvas.setFont(look.font, look.name_pt / mm)
        canvas.drawString(place.x_mm + look.name_mm[0], -place.baseline_mm + look.name_mm[1], place.lead)
        first, last = place.x_mm == sheet.left_mm, place.is_strip or place.lead in {row[-1] for row in form.grid}
        if first and look.pulse in ("left", "both"):
            _polyline(canvas, pulse_mm(sheet.left_mm - 9.0, place.baseline_mm, sheet))
        if last and look.pulse in ("right", "both"):
            _polyline(canvas, pulse_mm(sheet.left_mm + sheet.width_mm(form) + 1.5, place.baseline_mm, sheet))
        if not first and look.separators != "none":
            canvas.setLineWidth(0.25)
            y, x, half = -place.baseline_mm, place.x_mm, sheet.row_mm / 2
            pieces = {
                "ticks": [(x, y + 3, x, y + 6), (x, y - 3, x, y - 6)],
                "line": [(x, y - half, x, y + half)],
                "double": [(x - 0.4, y - 3, x - 0.4, y + 3), (x + 0.4, y - 3, x + 0.4, y + 3)],
            }
            canvas.lines(pieces[look.separators])


def _polyline(canvas: Canvas, points_mm: np.ndarray) -> None:
    path = canvas.beginPath()
    path.moveTo(points_mm[0, 0], -points_mm[0, 1])
    for x, y in points_mm[1:]:
        path.lineTo(x, -y)
    canvas.drawPath(path, stroke=1, fill=0)


def _print(canvas: Canvas, rng: np.random.Generator, look: Look, size_mm: tuple[float, float]) -> None:
    """Print the header's table, statements and the foot."""
    face = look.font.split("-")[0]
    font = "Times-Roman" if face == "Times" else face
    rows: list[list[Any]] = [
        ["ID", f"{rng.integers(10**6, 10**7)}", "Vent. rate", f"{rng.integers(45, 120)} bpm"],
        [
            "Age, sex",
            f"{rng.integers(18, 95)} {one_of(rng, ['M', 'F'])}",
            "PR interval",
            f"{rng.integers(110, 230)} ms",
        ],
        ["Room", f"{rng.integers(1, 400)}", "QRS duration", f"{rng.integers(70, 160)} ms"],
        ["Device", "Model 12", "P-R-T axes", " ".join(str(rng.integers(-90, 120)) for _ in range(3))],
    ]
    style: list[tuple[Any, ...]] = [("FONT", (0, 0), (-1, -1), font, 8), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    if look.table != "plain":
        rule = "GRID" if look.table == "boxed" else "LINEBELOW"
        style.append((rule, (0, 0), (-1, -1), 0.4, HexColor("#000000")))
    canvas.saveState()
    # Tables and paragraphs count in points.
    canvas.scale(1 / mm, 1 / mm)
    canvas.setFillColor(HexColor("#000000"))
    table = Table(rows, colWidths=[52, 58, 66, 62], rowHeights=14, style=TableStyle(style))
    table.wrapOn(canvas, 260, 80)
    table.drawOn(canvas, 12 * mm, -(7 * mm + 4 * 14))
    canvas.setFont(font, 10)
    for number in range(int(rng.integers(1, 5))):
        canvas.drawString(size_mm[0] / 2 * mm + 10, -(10 + 5 * number) * mm, one_of(rng, STATEMENTS))
    canvas.setFont(font, 8)
    words = f"{look.settings.words}   " if look.settings.printed else ""
    canvas.drawString(
        14 * mm, -(size_mm[1] - 5) * mm, f"{words}{one_of(rng, ['0.05-150 Hz', '0.5-40 Hz', '~'])}   F 60"
    )
    canvas.drawRightString((size_mm[0] - 14) * mm, -(size_mm[1] - 5) * mm, f"SN {rng.integers(10**4, 10**5)}  1/1")
    canvas.restoreState()
