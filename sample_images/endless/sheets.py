"""Whole sheets: ECG pages and pages that are none, planned first and drawn onto any window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import scipy

from sample_images.endless import words
from sample_images.endless.arrangement import Arrangement, arrange
from sample_images.endless.canvas import Canvas, box_outline
from sample_images.endless.fonts import random_face, write
from sample_images.endless.furniture import Sheet, draw_furniture, draw_marks
from sample_images.endless.grids import GridPlace, draw_grid
from sample_images.endless.lead_marks import draw_dividers, draw_names
from sample_images.endless.leads_drawn import DrawnCell, draw_leads
from sample_images.endless.looks import PageLook, chosen, hsv, log_uniform, random_look
from sample_images.endless.surroundings import photograph_texture, surround
from sample_images.endless.truth import Points


@dataclass(frozen=True, eq=False)
class Plan:
    """A sheet before it is drawn: its kind, size, looks, grid and leads."""

    kind: str
    look: PageLook
    sheet: Sheet
    grids: tuple[GridPlace, ...]
    leads: Arrangement
    recording: Points
    rate_hz: float


def plan_sheet(rng: np.random.Generator, recording: Points, rate_hz: float, kind: str) -> Plan:
    """Plan a sheet: "ecg", or one that is none, "grid", "names", "text", "table", "plot", "strips", "photograph"."""
    look = random_look(rng)
    left, top = rng.uniform(0, 30), rng.uniform(0, 45)
    leads = arrange(rng, recording.shape[1] / rate_hz, left, top)
    margin = rng.uniform(0, 14)
    chart_right = leads.right_mm + float(rng.choice([0, 1, 1]) * rng.uniform(-8, 25))
    chart = (left + rng.uniform(-5, 3), top + rng.uniform(-3, 3), chart_right, leads.bottom_mm + rng.uniform(-3, 8))
    sheet = Sheet(max(chart_right, leads.right_mm) + margin, leads.bottom_mm + rng.uniform(2, 20), top, leads.bottom_mm)
    if rng.random() < 0.3:
        chart = (-9.0, -9.0, sheet.width_mm + 9, sheet.height_mm + 9)
    origin = (chart[0], chart[1]) if rng.random() < 0.4 else (rng.uniform(0, 5), rng.uniform(0, 5))
    step = 1 + (rng.normal(0, 0.01, 2) if rng.random() < 0.2 else np.zeros(2))
    place = GridPlace(chart, (float(origin[0]), float(origin[1])), (float(step[0]), float(step[1])))
    return Plan(kind, look, sheet, _panels(rng, place, leads), leads, recording, rate_hz)


def _panels(rng: np.random.Generator, whole: GridPlace, leads: Arrangement) -> tuple[GridPlace, ...]:
    """Divide the grid into panels: one for each column or each row, on some pages."""
    left, top, right, bottom = whole.box_mm
    pick = rng.random()
    if pick < 0.35 and leads.gap_mm > 5:
        room = rng.uniform(0.2, 0.8) * leads.gap_mm
        edges = [left, *(x - leads.gap_mm / 2 for x in leads.column_x_mm[1:]), right]
        boxes = [(a + room / 2, top, b - room / 2, bottom) for a, b in pairwise(edges)]
    elif pick > 0.96:
        rows = sorted({cell.y_mm for cell in leads.cells if cell.column == 0})
        half = leads.pitch_mm * rng.uniform(0.3, 0.48)
        boxes = [(left, y - half, right, y + half) for y in rows]
    else:
        return (whole,)
    apart = rng.random() < 0.5
    return tuple(replace(whole, box_mm=box, origin_mm=box[:2] if apart else whole.origin_mm) for box in boxes)


def draw_sheet(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> list[DrawnCell]:
    """Draw what the window shows; return the leads with their samples and places in mm."""
    look, sheet = plan.look, plan.sheet
    if plan.kind == "photograph":
        photograph_texture(canvas, rng)
        return []
    gridded = plan.kind in ("ecg", "grid", "names") or rng.random() < (0.6 if plan.kind == "strips" else 0.15)
    over = look.grid is not None and look.grid.over
    if gridded and look.grid is not None and not over:
        for place in plan.grids:
            draw_grid(canvas, look.grid, place)
    if rng.random() < 0.1:
        for _ in range(int(rng.integers(1, 4))):
            left, top = rng.uniform(0, sheet.width_mm), rng.uniform(0, sheet.height_mm)
            canvas.blank((left, top, left + rng.uniform(8, 90), top + rng.uniform(4, 25)), look.paper_rgb)
    cells: list[DrawnCell] = []
    if plan.kind == "ecg":
        for step in rng.permutation(3):
            if step == 0:
                cells = draw_leads(canvas, rng, look, plan.leads, plan.recording, plan.rate_hz)
            elif step == 1:
                draw_dividers(canvas, rng, look, plan.leads)
            else:
                draw_names(canvas, rng, look, plan.leads)
        draw_furniture(canvas, rng, look, sheet, plan.leads.gain_mm_mv, plan.leads.cells[0].speed_mm_s)
    elif plan.kind in _CONTENT:
        _CONTENT[plan.kind](canvas, rng, plan)
    if gridded and look.grid is not None and over:
        for place in plan.grids:
            draw_grid(canvas, look.grid, place)
    draw_marks(canvas, rng, look, sheet)
    surround(canvas, rng, (0, 0, sheet.width_mm, sheet.height_mm), look.paper_rgb)
    canvas.forget_hidden_names()
    return cells


def _names_only(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    draw_names(canvas, rng, plan.look, plan.leads)
    if rng.random() < 0.5:
        draw_dividers(canvas, rng, plan.look, plan.leads)
    draw_furniture(canvas, rng, plan.look, plan.sheet, 10, 25)


def _text(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    face = random_face(rng, 1.6, 6)
    pitch = face.size_mm * rng.uniform(1.1, 2)
    if rng.random() < 0.3:
        _handwritten(canvas, rng, plan)
        return
    for y in np.arange(5, plan.sheet.height_mm, pitch):
        if rng.random() < 0.9 and canvas.sees((0, y - pitch, plan.sheet.width_mm, y + pitch)):
            write(canvas, words.phrase(rng, 3, 40), (5 + rng.choice([0, 0, 8]), y), face, plan.look.print_rgb)


def _handwritten(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    """Write a sheet by hand, on ruled paper or plain."""
    look, width = plan.look, plan.sheet.width_mm
    size = rng.uniform(3, 9)
    rows = np.arange(8, plan.sheet.height_mm, size * rng.uniform(1.2, 2))
    if rng.random() < 0.6:
        rules = [np.array([(3, y), (width - 3, y)]) for y in rows]
        canvas.draw("print", rules, log_uniform(rng, 0.1, 0.4), hsv(rng.random(), 0.5, rng.uniform(0.4, 0.8)))
    for y in rows:
        for x in np.arange(8, width, size * 6):
            if canvas.sees((x, y - size, x + 6 * size, y + size), size):
                words.scribble(canvas, rng, (x, y), size, look.pen.rgb)


def _tables(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    for _ in range(int(rng.integers(4, 12))):
        place = rng.uniform(2, plan.sheet.width_mm), rng.uniform(2, plan.sheet.height_mm)
        words.table(canvas, rng, place, random_face(rng, 1.8, 4.5), plan.look.print_rgb)


def _plots(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    """Draw diagrams with axes: curves without heart beats, dots and columns, all of it print."""
    look = plan.look
    wide, high = rng.uniform(50, 120), rng.uniform(35, 90)
    face = random_face(rng, 2, 4.5)
    for left in np.arange(12, plan.sheet.width_mm, wide + 15):
        for top in np.arange(6, plan.sheet.height_mm, high + 15):
            box = (left, top, left + wide, top + high)
            if not canvas.sees(box, 10):
                continue
            axes = box_outline(box) if rng.random() < 0.5 else box_outline(box)[[0, 3, 2]]
            bare = rng.random() < 0.2
            if not bare:
                canvas.draw("print", [axes], log_uniform(rng, 0.12, 0.5), look.print_rgb)
            for at in np.linspace(0, 1, 0 if bare else int(rng.integers(3, 9))):
                write(
                    canvas, f"{at * 100:.0f}", (left + at * wide - 2, top + high + face.size_mm), face, look.print_rgb
                )
                write(canvas, f"{at * 8:.1f}", (left - 8, top + at * high), face, look.print_rgb)
                if rng.random() < 0.3:
                    rule = np.array([(left, top + at * high), (left + wide, top + at * high)])
                    canvas.draw("print", [rule], 0.15, look.print_rgb, 0.5)
            for _ in range(int(rng.integers(1, 5))):
                _curve(canvas, rng, box)


def _curve(canvas: Canvas, rng: np.random.Generator, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    along = np.linspace(0, 1, 400)
    rgb = hsv(rng.random(), rng.uniform(0, 1), rng.uniform(0, 0.9))
    kind = chosen(rng, {"waves": 0.5, "walk": 0.3, "columns": 0.2})
    if kind == "columns":
        for at in np.linspace(left, right, int(rng.integers(4, 15)))[:-1]:
            canvas.fill("print", box_outline((at + 0.5, rng.uniform(top, bottom), at + 3, bottom)), rgb)
        return
    if kind == "waves":
        turns = rng.uniform(0.3, 5, (3, 1)) * along + rng.random((3, 1))
        shape = (rng.normal(size=(3, 1)) * np.sin(2 * np.pi * turns)).sum(axis=0)
    else:
        shape = np.cumsum(rng.normal(size=400)).astype(np.float64)
    shape = (shape - shape.min()) / (np.ptp(shape) + 1e-9)
    line = np.column_stack([left + along * (right - left), bottom - shape * (bottom - top)])
    canvas.draw("print", [line], log_uniform(rng, 0.15, 0.8), rgb)


def _strips(canvas: Canvas, rng: np.random.Generator, plan: Plan) -> None:
    """Draw pens that run on without heart beats, as of an EEG, a respirator or a pulse oximeter."""
    look, sheet = plan.look, plan.sheet
    pitch = rng.uniform(6, 30)
    rows = np.arange(8, sheet.height_mm - 5, pitch)
    along = np.arange(rng.uniform(5, 25), sheet.width_mm - 5, 0.15)
    lines = []
    for y in rows:
        noise = rng.normal(size=along.size)
        rough = scipy.ndimage.gaussian_filter1d(noise, log_uniform(rng, 1.5, 30))
        rough *= pitch * rng.uniform(0.05, 0.35) / (rough.std() + 1e-9)
        swing = pitch * rng.uniform(0, 0.3) * np.sin(2 * np.pi * along / rng.uniform(3, 60) + rng.uniform(0, 6))
        lines.append(np.column_stack([along, y + rough + swing]))
        write(canvas, str(rng.choice(_CHANNELS)), (along[0] - 2, y - 3), look.name_face, look.print_rgb)
    canvas.draw("trace", lines, look.pen.width_mm, look.pen.rgb, look.pen.opacity)
    draw_furniture(canvas, rng, look, sheet, 10, 25)


_CHANNELS = (
    "Fp1-F3",
    "F3-C3",
    "C3-P3",
    "P3-O1",
    "Fp2-F4",
    "T4-T6",
    "Cz-Pz",
    "SpO2",
    "Resp",
    "Pleth",
    "ABP",
    "EMG",
    "EOG",
)
_CONTENT: dict[str, Callable[[Canvas, np.random.Generator, Plan], None]] = {
    "names": _names_only,
    "text": _text,
    "table": _tables,
    "plot": _plots,
    "strips": _strips,
}
