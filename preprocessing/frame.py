"""A layout laid over a page by its frame: where its columns part and where its rows do, instead of by landmarks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import maximum_filter1d

from preprocessing.ink import ink_mask
from preprocessing.layout import LAYOUTS, Layout, LeadBox
from preprocessing.leads import PAGE_SECONDS
from preprocessing.page import Page

# Text fills a few places of a line; a row of traces is inked in most of this many slices of the page's width.
SLICES, LEAST_SLICES = 24, 0.6
BAND_MM, MARGIN_MM = 5.0, 4.0


def form_layout(name: str, left: float, top: float, right: float, bottom: float) -> Layout:
    """Lay a layout over a frame, with equal columns and equal rows.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    left, top, right, bottom : float
        The frame around all leads, in pixels of the page.

    Returns
    -------
    Layout
        Its confidence is 0: nothing on the page was asked whether it agrees.

    Examples
    --------
    >>> form_layout("6x2", 100, 0, 1100, 600).boxes[1].quad[0]
    (600.0, 0.0)
    """
    columns, rows = lines_of(name)
    return layout_at(name, np.linspace(left, right, columns + 1).tolist(), np.linspace(top, bottom, rows + 1).tolist())


def lines_of(name: str) -> tuple[int, int]:
    """Return how many columns and rows a layout has, its strips counted among the rows.

    Examples
    --------
    >>> lines_of("3x4+1")
    (4, 4)
    """
    form = LAYOUTS[name]
    return len(form.grid[0]), len(form.grid) + len(form.strips)


def layout_at(name: str, columns: Sequence[float], rows: Sequence[float]) -> Layout:
    """Lay a layout between given lines.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    columns, rows : sequence of float
        The columns' edges from left to right and the rows' from top to bottom, in pixels of the page; one more than
        the layout has columns and rows.

    Raises
    ------
    ValueError
        When there are not as many lines as the layout needs, or they do not rise.
    """
    form = LAYOUTS[name]
    if (len(columns) - 1, len(rows) - 1) != lines_of(name):
        raise ValueError(f"{name} has {lines_of(name)} columns and rows, not {len(columns) - 1} and {len(rows) - 1}")
    if min(*np.diff(columns), *np.diff(rows)) <= 0:
        raise ValueError("the lines of a frame must rise from left to right and from top to bottom")
    seconds = PAGE_SECONDS / (len(columns) - 1)
    boxes = [
        LeadBox(lead, "12-lead", columns[column], rows[row], columns[column + 1], rows[row + 1], seconds * column)
        for row, leads in enumerate(form.grid)
        for column, lead in enumerate(leads)
    ]
    for row, lead in enumerate(form.strips, start=len(form.grid)):
        boxes.append(LeadBox(lead, "rhythm", columns[0], rows[row], columns[-1], rows[row + 1]))
    return Layout(name, 0.0, tuple(boxes))


def inked_frame(page: Page) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the area where ink runs over most of the width, in pixels.

    Headers, footers and dust reach over a part of the width only and are left out. A page without such an area
    gives its whole extent.
    """
    mask = ink_mask(page.rgb, page.px_per_mm_x)
    height, width = mask.shape
    slices = np.add.reduceat(mask, np.linspace(0, width, SLICES, endpoint=False).astype(int), axis=1) > 0
    band = maximum_filter1d(slices.astype(np.uint8), max(1, round(BAND_MM * page.px_per_mm_y)), axis=0)
    rows = np.flatnonzero(band.mean(axis=1) >= LEAST_SLICES)
    if rows.size < 2:
        return 0.0, 0.0, float(width), float(height)
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
    margin = MARGIN_MM * page.px_per_mm_y
    top, bottom = max(0.0, rows[0] - margin), min(float(height), rows[-1] + 1 + margin)
    return float(columns[0]), float(top), float(columns[-1] + 1), float(bottom)
