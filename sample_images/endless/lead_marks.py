"""What marks the leads: their printed names, and the separators between columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_images.endless.arrangement import Arrangement, Cell
from sample_images.endless.canvas import Canvas
from sample_images.endless.fonts import write
from sample_images.endless.looks import PageLook, chosen, log_uniform

_ABBREVIATED = {"aVR": "VR", "aVL": "VL", "aVF": "VF", "-aVR": "-VR"}
_MARKS = ("", "", "", "", "", "", "", "", ".", "| ", "\u2193", "/", "- ")


def draw_names(canvas: Canvas, rng: np.random.Generator, look: PageLook, plan: Arrangement) -> None:
    """Print the lead names, all in one way; some pages have none."""
    if rng.random() < 0.06:
        return
    kind = chosen(rng, {"plain": 0.68, "upper": 0.1, "short": 0.07, "c": 0.05, "lead": 0.05, "colon": 0.05})
    place = chosen(
        rng, {"above": 0.5, "beside": 0.15, "below": 0.07, "on": 0.08, "left": 0.12, "pulse": 0.06, "end": 0.02}
    )
    dx = float(rng.uniform(-2, 4)) if rng.random() < 0.3 else float(rng.uniform(0.2, 2))
    dy = float(rng.uniform(3.5, 0.45 * plan.pitch_mm + 3.5))
    near = float(rng.uniform(-4, 5))
    mark = _MARKS[int(rng.integers(len(_MARKS)))]
    face = look.name_face
    if rng.random() < 0.2:
        face = replace(face, bold_mm=float(rng.uniform(0.08, 0.25)))
    for cell in plan.cells:
        if rng.random() < 0.02:
            continue
        text = mark + _printed(cell, kind)
        long_mm = len(text) * face.size_mm * 0.65 * face.stretch
        row_left_mm = plan.left_mm - plan.pulse_mm if cell.column == 0 else cell.x_mm - 0.5
        end_mm = cell.x_mm + (cell.end_s - cell.start_s) * cell.speed_mm_s
        x, y = {
            "above": (cell.x_mm + dx, cell.y_mm - dy),
            "beside": (cell.x_mm + 0.3 * dx, cell.y_mm + near),
            "below": (cell.x_mm + dx, cell.y_mm + dy),
            "on": (cell.x_mm + dx, cell.y_mm - rng.uniform(-1.5, 1.5)),
            "left": (row_left_mm - long_mm, cell.y_mm - 1),
            "pulse": (cell.x_mm - plan.pulse_mm * 0.5, cell.y_mm - dy),
            "end": (end_mm - long_mm, cell.y_mm - dy),
        }[place]
        write(canvas, text, (x, y), face, look.print_rgb, lead=cell.lead)


def _printed(cell: Cell, kind: str) -> str:
    lead = cell.lead
    if kind == "upper":
        return lead.upper()
    if kind == "short":
        return _ABBREVIATED.get(lead, lead)
    if kind == "c":
        return lead.replace("V", "C") if lead[0] == "V" else lead
    if kind == "lead":
        return f"Lead {lead}"
    return f"{lead}:" if kind == "colon" else lead


def draw_dividers(canvas: Canvas, rng: np.random.Generator, look: PageLook, plan: Arrangement) -> None:
    """Draw the separators between columns."""
    weights = {"none": 0.4, "bar": 0.13, "stub": 0.09, "ticks": 0.1, "double": 0.07, "full": 0.08, "dashes": 0.07}
    kind = chosen(rng, {**weights, "dots": 0.06})
    if kind == "none":
        return
    width_mm = look.pen.width_mm if rng.random() < 0.5 else log_uniform(rng, 0.12, 0.9)
    half = float(rng.uniform(1.5, 8))
    if kind == "stub":
        width_mm, half = log_uniform(rng, 0.35, 1.0), float(rng.uniform(1, 3.5))
    shift = float(rng.uniform(-1, 1)) if rng.random() < 0.3 else 0.0
    outer = rng.random() < 0.2
    lines: list[list[tuple[float, float]]] = []
    for cell in plan.cells:
        if cell.role == "rhythm" or (cell.column == 0 and not outer):
            continue
        x, y = cell.x_mm - plan.gap_mm / 2 + shift, cell.y_mm
        if kind in ("bar", "stub"):
            lines.append([(x, y - half), (x, y + half)])
        elif kind == "ticks":
            lines += [[(x, y - half - 2), (x, y - half)], [(x, y + half), (x, y + half + 2)]]
        elif kind == "double":
            lines += [[(x + side, y - half), (x + side, y - 0.2 * half)] for side in (-0.5, 0.5)]
        elif kind == "full" and cell.row == 0:
            lines.append([(x, plan.top_mm), (x, plan.bottom_mm)])
        elif kind in ("dashes", "dots"):
            step, long = (2.0, 1.0) if kind == "dashes" else (1.0, 0.05)
            lines += [[(x, float(at)), (x, float(at) + long)] for at in np.arange(y - 2 * half, y + 2 * half, step)]
    if lines:
        canvas.draw("divider", [np.array(line) for line in lines], width_mm, look.print_rgb, look.pen.opacity)
