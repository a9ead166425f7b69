"""Pages without any lead's name: rows of trace, dividers, pulses and lines of other words."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from models.lettering.letter_drawing import random_print_style, write
from models.lettering.letter_scenes import FINER, OTHER_WORDS, overlay, photograph, speckle, trace
from models.lettering.line_scenes import WORDS

PAGE_MM = 110.0, 70.0


def bare_page(rng: np.random.Generator) -> tuple[Image.Image, float, float]:
    """Draw a part of a page without names.

    Returns
    -------
    Image, mode ``L``
        Its ink, as `preprocessing.lettering.glyph_windows.paper_ink` measures it.
    float
        Its scale, in pixels a millimetre.
    float
        Height of its print's capitals, in pixels.
    """
    px_per_mm = float(np.exp(rng.uniform(np.log(3.0), np.log(9.0))))
    capital_px = px_per_mm * rng.uniform(1.8, 3.6)
    columns, rows = (round(side * px_per_mm) for side in PAGE_MM)
    sheet = Image.new("L", (columns * FINER, rows * FINER))
    pen = ImageDraw.Draw(sheet)
    pen_px = max(1, round(rng.uniform(0.18, 0.6) * px_per_mm * FINER))
    baselines = np.arange(rng.uniform(0.15, 0.3), 1, rng.uniform(0.2, 0.45)) * rows
    for baseline in baselines:
        points = trace(columns, px_per_mm, rng)
        pen.line([(x * FINER, (y + baseline) * FINER) for x, y in points], fill=255, width=pen_px, joint="curve")
        if rng.random() < 0.5:
            x = rng.uniform(0, columns)
            wide = rng.uniform(1.5, 6)
            foot = np.array([(-1, 0), (0, 0), (0, -10), (wide, -10), (wide, 0), (wide + 1, 0)]) * px_per_mm * FINER
            pen.line([(x * FINER + dx, baseline * FINER + dy) for dx, dy in foot], fill=255, width=pen_px)
        if rng.random() < 0.5:
            x, reach = rng.uniform(0, columns), rng.uniform(0.5, 10) * px_per_mm
            pen.line([(x * FINER, (baseline + side * reach) * FINER) for side in (-1, 1)], fill=255, width=pen_px)
    ink = np.asarray(sheet.reduce(FINER), dtype=np.float32) / 255
    style = random_print_style(rng)
    for _ in range(rng.integers(1, 4)):
        texts = [*rng.choice(WORDS, rng.integers(2, 8)), *rng.choice(OTHER_WORDS, rng.integers(0, 3))]
        drawn, _ = write(" ".join(rng.permutation(texts)), capital_px, style)
        overlay(ink, drawn, round(rng.uniform(-0.1, 0.4) * columns), round(rng.uniform(-0.05, 0.95) * rows))
    if rng.random() < 0.1:
        speckle(ink, capital_px, rng)
    return photograph(ink, px_per_mm, rng, turn_deg=1.0), px_per_mm, capital_px
