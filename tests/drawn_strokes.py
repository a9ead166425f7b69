"""Small pages with strokes at known places, drawn by Pillow instead of by `sample_images`, and labelled as traces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from preprocessing.leads import Layout, LeadBox
from preprocessing.page import Page
from tests.label_maps import with_maps

PX_PER_MM = 5.0
LEFT, WIDTH, PITCH = 20, 1250, 100
FINER = 4


def page_of(
    signals_mv: Sequence[np.ndarray], shift_px: tuple[float, float] = (0.0, 0.0), line_px: float = 2.0
) -> tuple[Page, Layout]:
    """Draw rows of ten seconds, evenly sampled, one below the other; NaN leaves a gap.

    Samples are 1 / n of the width apart, as recordings are drawn. `shift_px` moves the strokes but not the boxes.
    """
    height = PITCH * len(signals_mv) + 60
    sheet = Image.new("L", ((WIDTH + 2 * LEFT) * FINER, height * FINER), 255)
    pen = ImageDraw.Draw(sheet)
    boxes = []
    for row, mv in enumerate(signals_mv):
        baseline = 30 + (row + 0.5) * PITCH
        x = LEFT + shift_px[0] + WIDTH * np.arange(mv.size) / mv.size
        y = baseline + shift_px[1] - mv * 10 * PX_PER_MM
        points = np.column_stack([x, y]) * FINER
        for piece in np.split(points, np.flatnonzero(np.isnan(mv))):
            piece = piece[np.isfinite(piece).all(axis=1)]
            if len(piece):
                pen.line([tuple(point) for point in piece], fill=0, width=round(line_px * FINER), joint="curve")
        boxes.append(LeadBox(str(row), "12-lead", LEFT, baseline - PITCH / 2, LEFT + WIDTH, baseline + PITCH / 2))
    small = np.asarray(sheet.resize((sheet.width // FINER, height), Image.Resampling.BOX))
    page = Page(np.repeat(small[..., None], 3, axis=2), PX_PER_MM, PX_PER_MM, "grid")
    return with_maps(page, trace=1 - small / 255), Layout("drawn", 1.0, tuple(boxes))
