"""What stands around and over the leads: headers, footers, tables, rulers, borders, stamps, handwriting."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sample_images.endless import words
from sample_images.endless.canvas import Canvas, box_outline
from sample_images.endless.fonts import random_face, write
from sample_images.endless.looks import PageLook, hsv, log_uniform
from sample_images.style import Rgb


@dataclass(frozen=True)
class Sheet:
    """The paper: its size, and the chart on it, from `top_mm` to `bottom_mm`."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float


def draw_furniture(
    canvas: Canvas, rng: np.random.Generator, look: PageLook, sheet: Sheet, gain: float, speed: float
) -> None:
    """Print what belongs to a report."""
    face = look.text_face
    top = sheet.top_mm
    if rng.random() < 0.75:
        for _ in range(int(rng.integers(1, 5))):
            place = rng.uniform(2, 0.8 * sheet.width_mm), rng.uniform(2, max(4, 0.7 * top))
            words.paragraph(canvas, rng, place, int(rng.integers(1, 8)), face, look.print_rgb)
    if rng.random() < 0.3:
        write(canvas, words.phrase(rng, 1, 4), (rng.uniform(5, 0.6 * sheet.width_mm), 0.3 * top),
              replace(face, size_mm=float(rng.uniform(4, 9))), look.print_rgb)  # fmt: skip
    if rng.random() < 0.75:
        place = rng.uniform(3, 0.4 * sheet.width_mm), sheet.bottom_mm + rng.uniform(-4, 6)
        write(canvas, words.settings(rng, speed, gain), place, face, look.print_rgb)
    if rng.random() < 0.25:
        words.table(
            canvas, rng, (rng.uniform(2, 0.7 * sheet.width_mm), rng.uniform(2, max(4, 0.4 * top))), face, look.print_rgb
        )
    if rng.random() < 0.15:
        words.logo(canvas, rng, (rng.uniform(5, sheet.width_mm - 20), rng.uniform(4, max(6, top))))
    if rng.random() < 0.1:
        words.bars(canvas, rng, (rng.uniform(5, 0.8 * sheet.width_mm), rng.uniform(2, max(4, top))), look.print_rgb)
    if rng.random() < 0.15:
        edge = rng.uniform(1, 5)
        canvas.draw("print", [box_outline((edge, edge, sheet.width_mm - edge, sheet.height_mm - edge))],
                    log_uniform(rng, 0.1, 0.8), look.print_rgb)  # fmt: skip
    if rng.random() < 0.2:
        rule = rng.uniform(0.3, 1.0) * top
        canvas.draw(
            "print", [np.array([(3, rule), (sheet.width_mm - 3, rule)])], log_uniform(rng, 0.1, 0.7), look.print_rgb
        )
    if rng.random() < 0.12:
        _ruler(canvas, rng, look, sheet)


def draw_marks(canvas: Canvas, rng: np.random.Generator, look: PageLook, sheet: Sheet) -> None:
    """Lay over the leads what people and programs add later."""

    def anywhere() -> tuple[float, float]:
        return float(rng.uniform(0, sheet.width_mm)), float(rng.uniform(0, sheet.height_mm))

    pen_rgb = _marker(rng, look)
    if rng.random() < 0.05:
        # A highlighter hides nothing, so it has no label.
        rgb = hsv(rng.choice([0.15, 0.15, 0.33, 0.9, 0.55, 0.1]), rng.uniform(0.4, 1), 1.0)
        for _ in range(int(rng.integers(2, 20))):
            start = np.array(anywhere())
            found = canvas.lines([np.array([start, start + rng.normal(0, (9, 2))])], rng.uniform(2, 6))
            if found is not None:
                canvas.paint(*found, rgb, float(rng.uniform(0.15, 0.5)))
    if rng.random() < 0.04:
        # A stain neither.
        around = np.linspace(0, 2 * np.pi, 80)
        radii = rng.uniform(8, 45) * (1 + 0.05 * np.sin(around * rng.integers(2, 6) + rng.uniform(0, 6)))
        ring = np.array(anywhere()) + radii[:, None] * np.column_stack([np.cos(around), np.sin(around)])
        found = canvas.lines([ring], rng.uniform(0.5, 4))
        if found is not None:
            canvas.paint(*found, hsv(rng.uniform(0.05, 0.12), 0.6, rng.uniform(0.3, 0.7)), float(rng.uniform(0.1, 0.4)))
    if rng.random() < 0.22:
        for _ in range(int(rng.integers(1, 9))):
            words.scribble(canvas, rng, anywhere(), float(rng.uniform(2.5, 9)), pen_rgb)
    if rng.random() < 0.15:
        for _ in range(int(rng.integers(1, 9))):
            words.arrow(canvas, rng, np.array(anywhere()), pen_rgb)
    if rng.random() < 0.12:
        for _ in range(int(rng.integers(1, 3))):
            words.stamp(canvas, rng, anywhere(), _marker(rng, look))
    if rng.random() < 0.15:
        face = random_face(rng, 1.8, 5)
        for _ in range(int(rng.integers(1, 16))):
            write(canvas, words.phrase(rng, 1, 2), anywhere(), face, pen_rgb)
    if rng.random() < 0.06:
        pale = hsv(rng.random(), rng.uniform(0, 0.6), 0.6)
        write(canvas, words.phrase(rng, 1, 2), anywhere(), random_face(rng, 8, 20), pale, float(rng.uniform(0.1, 0.5)))
    if rng.random() < 0.06:
        for _ in range(int(rng.integers(1, 4))):
            words.hidden_box(canvas, rng, anywhere())


def _marker(rng: np.random.Generator, look: PageLook) -> Rgb:
    if rng.random() < 0.3:
        return look.print_rgb
    return hsv(
        rng.choice([0.0, 0.62, 0.66, 0.35, 0.1]) + rng.normal(0, 0.02), rng.uniform(0.4, 1), rng.uniform(0.3, 0.95)
    )


def _ruler(canvas: Canvas, rng: np.random.Generator, look: PageLook, sheet: Sheet) -> None:
    """Print marks of time along the top or the foot of the chart."""
    y = sheet.top_mm if rng.random() < 0.5 else sheet.bottom_mm
    step = float(rng.choice([1, 5, 25]))
    long = rng.uniform(0.8, 3)
    marks = [np.array([(x, y), (x, y + long)]) for x in np.arange(5, sheet.width_mm - 5, step)]
    canvas.draw("print", marks, log_uniform(rng, 0.1, 0.4), look.print_rgb)
