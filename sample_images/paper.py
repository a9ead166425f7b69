"""Squared paper, cached per style: lines at sub-pixel positions, or dots."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sample_images.leads import Signal
from sample_images.style import GRIDS, Box, Grid, PageStyle, Rgb

FRAME_WIDTH_MM = 0.4


def squared_paper(page: PageStyle) -> NDArray[np.uint8]:
    """Return the empty sheet of a style, (height, width, 3) of uint8, read-only because it is cached."""
    origin_mm = page.grid_origin_mm or page.chart_mm[:2]
    return _sheet(page.shape_px, page.px_per_mm, page.grid, page.chart_mm, origin_mm, page.frame_rgb)


@lru_cache(maxsize=8)
def _sheet(
    shape_px: tuple[int, int],
    px_per_mm: float,
    grid: str,
    chart_mm: Box,
    origin_mm: tuple[float, float],
    frame_rgb: Rgb | None,
) -> NDArray[np.uint8]:
    style = GRIDS[grid]
    sheet = np.full((*shape_px, 3), 255 if style is None else style.paper_rgb, dtype=np.uint8)
    left, top, right, bottom = (round(mm * px_per_mm) for mm in chart_mm)
    chart = sheet[top:bottom, left:right]
    if style is not None:
        first_x_mm, first_y_mm = (origin_mm[0] - left / px_per_mm, origin_mm[1] - top / px_per_mm)
        paint = _dots if style.dotted else _lines
        paint(chart, style, px_per_mm, first_x_mm, first_y_mm)
    if frame_rgb is not None:
        width = max(1, round(FRAME_WIDTH_MM * px_per_mm))
        for edge in (chart[:width], chart[-width:], chart[:, :width], chart[:, -width:]):
            edge[:] = frame_rgb
    sheet.setflags(write=False)
    return sheet


def _places_mm(length_px: int, px_per_mm: float, origin_mm: float, step_mm: float) -> Signal:
    """Return the positions of all lines across the chart, in mm from its edge."""
    return np.arange(origin_mm % step_mm, length_px / px_per_mm, step_mm)


def _line_cover(length_px: int, px_per_mm: float, origin_mm: float, step_mm: float, width_mm: float) -> Signal:
    """Return the coverage of each pixel by a line, 0 to 1, along one side of the chart."""
    centre_px = _places_mm(length_px, px_per_mm, origin_mm, step_mm) * px_per_mm
    pixel = np.arange(length_px)[:, None]
    start, stop = centre_px - width_mm * px_per_mm / 2, centre_px + width_mm * px_per_mm / 2
    cover: Signal = np.clip(np.minimum(stop, pixel + 1) - np.maximum(start, pixel), 0, 1).sum(axis=1)
    return np.minimum(cover, 1)


def _lines(chart: NDArray[np.uint8], grid: Grid, px_per_mm: float, x_mm: float, y_mm: float) -> None:
    height, width = chart.shape[:2]
    colour = chart.astype(np.float32)
    squares = ((1.0, grid.small_width_mm, grid.small_rgb), (5.0, grid.big_width_mm, grid.big_rgb))
    for step_mm, line_mm, rgb in squares:
        rows = _line_cover(height, px_per_mm, y_mm, step_mm, line_mm)
        columns = _line_cover(width, px_per_mm, x_mm, step_mm, line_mm)
        cover = np.maximum(rows[:, None], columns[None, :]).astype(np.float32)[..., None]
        colour += cover * (np.array(rgb, dtype=np.float32) - colour)
    chart[:] = np.rint(colour)


def _dots(chart: NDArray[np.uint8], grid: Grid, px_per_mm: float, x_mm: float, y_mm: float) -> None:
    """Draw a dot every millimetre, and every half millimetre along the 5 mm lines."""
    height, width = chart.shape[:2]
    size = max(1, round(0.13 * px_per_mm))

    def places(step_mm: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        rows = np.floor(_places_mm(height, px_per_mm, y_mm, step_mm) * px_per_mm).astype(np.intp)
        columns = np.floor(_places_mm(width, px_per_mm, x_mm, step_mm) * px_per_mm).astype(np.intp)
        thick = np.arange(size)
        return (
            np.minimum(rows[:, None] + thick, height - 1).ravel(),
            np.minimum(columns[:, None] + thick, width - 1).ravel(),
        )

    (fine_rows, fine_columns), (rows, columns), (big_rows, big_columns) = map(places, (0.5, 1.0, 5.0))
    chart[np.ix_(rows, columns)] = grid.small_rgb
    chart[np.ix_(big_rows, fine_columns)] = grid.big_rgb
    chart[np.ix_(fine_rows, big_columns)] = grid.big_rgb
