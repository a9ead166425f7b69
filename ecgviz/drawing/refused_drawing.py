"""A page whose leads were not found, with what was found on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ecgviz.drawing.pictures import fitted
from ecgviz.drawing.segmentation_view import COLUMN, NAME, ROW
from preprocessing.page import Page

BAR_MM = 25.0
# How much of the page's own colour is left where a pixel was taken for trace.
LEFT = 0.35


def found_so_far_drawn(
    page: Page, names: Sequence[tuple[str, tuple[float, float, float, float]]], max_width_px: int = 1400
) -> np.ndarray:
    """Tint what was taken for trace, frame the names, and lay a bar of 25 mm over a page whose grid was found.

    Parameters
    ----------
    page : Page
        Not modified.
    names : sequence of name and left, top, right, bottom
        In pixels of the page.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    small = fitted(page.rgb, max_width_px).convert("RGB")
    shares = Image.fromarray(page.maps.of("trace")).resize(small.size)
    trace = np.asarray(shares)[..., None].astype(np.float32) / 255 * (1 - LEFT)
    tinted = np.asarray(small).astype(np.float32)
    tinted += trace * (np.array(ROW, np.float32) - tinted)
    drawn = Image.fromarray(np.rint(tinted).astype(np.uint8))
    draw, scale = ImageDraw.Draw(drawn), small.width / page.rgb.shape[1]
    line_px, font = max(2, round(small.width / 700)), ImageFont.load_default(size=max(14, round(small.width / 80)))
    for name, box in names:
        left, top, right, bottom = (edge * scale for edge in box)
        draw.rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=NAME, width=line_px)
        draw.text((right + 6, top), name, font=font, fill=NAME)
    if page.scale_from == "grid":
        length, y = BAR_MM * page.px_per_mm_x * scale, small.height - 8 * line_px
        draw.line((20, y, 20 + length, y), COLUMN, 2 * line_px)
        draw.text((20, y - 3 * line_px), f"{BAR_MM:g} mm", font=font, fill=COLUMN, anchor="ls")
    return np.asarray(drawn)
