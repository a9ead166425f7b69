"""Ink on paper: exact anti-aliased lines of a round pen, and text in Pillow's own font."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sample_images.leads import Signal
from sample_images.style import Rgb

Coverage = NDArray[np.uint8]

# Step of the pen; the edge then deviates from the true line by about a hundredth of a pixel.
_PEN_STEP_PX = 0.35


def stroke(coverage: Coverage, points_px: Signal, width_px: float) -> None:
    """Draw a line through points with a round pen.

    Parameters
    ----------
    coverage : (height, width) of uint8, changed in place; 255 is full ink
    points_px : (n, 2) of x, y with pixel centres at whole numbers; NaN lifts the pen
    width_px : the pen's diameter
    """
    pen = _along(points_px)
    radius = max(width_px, 1.0) / 2
    low, high = -int(radius), int(radius + 1.5)
    cell = np.floor(pen).astype(np.intp)
    height, width = coverage.shape
    # Parts beyond the sheet are not printed.
    inside = (cell >= -low).all(axis=1) & (cell[:, 0] < width - high) & (cell[:, 1] < height - high)
    pen, cell = pen[inside], cell[inside]
    from_x, from_y = (pen - cell).astype(np.float32).T
    flat = coverage.reshape(-1)
    at = cell[:, 1] * width + cell[:, 0]
    for dy in range(low, high + 1):
        for dx in range(low, high + 1):
            distance = np.hypot(dx - from_x, dy - from_y)
            ink = np.clip((radius + 0.5 - distance) * 255, 0, 255).astype(np.uint8)
            np.maximum.at(flat, at + (dy * width + dx), ink)


def _along(points_px: Signal) -> Signal:
    """Return points along the line, at most the pen's step apart."""
    steps = np.diff(points_px, axis=0)
    length = np.hypot(steps[:, 0], steps[:, 1])
    count = np.where(np.isnan(length), 0, np.ceil(length / _PEN_STEP_PX)).astype(np.intp)
    which = np.repeat(np.arange(len(steps)), count)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    part = ((nth + 1) / np.maximum(count[which], 1))[:, None]
    dense: Signal = points_px[which] + part * steps[which]
    return np.vstack([points_px[~np.isnan(points_px).any(axis=1)][:1], dense])


@lru_cache(maxsize=32)
def _font(size_px: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size_px)


def lettering(shape_px: tuple[int, int], texts: list[tuple[str, tuple[float, float], float, str]]) -> Coverage:
    """Return the coverage of lines of text, each (text, (x, y) in pixels, size in pixels, Pillow anchor)."""
    sheet = Image.new("L", shape_px[::-1])
    pen = ImageDraw.Draw(sheet)
    for text, place, size_px, anchor in texts:
        pen.text(place, text, fill=255, font=_font(size_px), anchor=anchor)
    return np.array(sheet)


def print_ink(paper: NDArray[np.uint8], coverage: Coverage, ink_rgb: Rgb) -> NDArray[np.uint8]:
    """Return the sheet (height, width, 3) with ink where it is covered; only those pixels are computed."""
    image = paper.copy()
    pixels = image.reshape(-1, 3)
    inked = np.flatnonzero(coverage)
    share = coverage.reshape(-1)[inked, None].astype(np.float32) / 255
    pixels[inked] = np.rint(pixels[inked] * (1 - share) + np.array(ink_rgb, dtype=np.float32) * share)
    return image
