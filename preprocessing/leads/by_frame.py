"""A layout placed by its frame, the edges of its columns and rows, instead of by landmarks on the page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from preprocessing.leads.layout import LAYOUTS, Layout, boxes_between
from preprocessing.leads.masks import stroke_masks
from preprocessing.leads.row_sets import row_sets
from preprocessing.leads.rows import find_rows, row_edges
from preprocessing.page import Page

# Assumed for a page without any rows: the most common layout of 12-lead pages.
USUAL = "3x4+1"


def form_layout(name: str, left: float, top: float, right: float, bottom: float) -> Layout:
    """Place a layout in a frame, with equal columns and equal rows.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    left, top, right, bottom : float
        The frame around all leads, in pixels of the page.

    Returns
    -------
    Layout
        Its confidence is 0: nothing on the page was checked.

    Examples
    --------
    >>> form_layout("6x2", 100, 0, 1100, 600).boxes[1].quad[0]
    (600.0, 0.0)
    """
    columns, rows = lines_of(name)
    return layout_at(name, np.linspace(left, right, columns + 1).tolist(), np.linspace(top, bottom, rows + 1).tolist())


def lines_of(name: str) -> tuple[int, int]:
    """Return the numbers of columns and rows of a layout; strips count as rows.

    Examples
    --------
    >>> lines_of("3x4+1")
    (4, 4)
    """
    form = LAYOUTS[name]
    return form.columns, form.rows


def layout_at(name: str, columns: Sequence[float], rows: Sequence[float]) -> Layout:
    """Place a layout between given lines.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    columns, rows : sequence of float
        Edges of the columns from left to right and of the rows from top to bottom, in pixels of the page; one more
        than the layout has columns and rows.

    Raises
    ------
    ValueError
        When the number of lines does not fit the layout, or they do not rise.
    """
    if (len(columns) - 1, len(rows) - 1) != lines_of(name):
        raise ValueError(f"{name} has {lines_of(name)} columns and rows, not {len(columns) - 1} and {len(rows) - 1}")
    if min(*np.diff(columns), *np.diff(rows)) <= 0:
        raise ValueError("the lines of a frame must rise from left to right and from top to bottom")
    return Layout(name, 0.0, boxes_between(name, columns, rows))


def guess_layout(page: Page) -> Layout:
    """Place a layout with as many rows as the page shows over its inked area, for a person to correct."""
    height, width = page.rgb.shape[:2]
    masks, demands = next(stroke_masks(page))
    rows = next((chosen for chosen, _ in row_sets(find_rows(masks.traces, page.px_per_mm_y, demands))), None)
    if rows is None or rows.baselines.size < 2:
        return form_layout(USUAL, 0, 0, width, height)
    left, right = float(np.median(rows.left)), float(np.median(rows.right) + 1)
    edges = row_edges(rows.baselines)
    for name, form in LAYOUTS.items():
        if form.rows == rows.baselines.size:
            return layout_at(name, np.linspace(left, right, form.columns + 1).tolist(), edges)
    return form_layout(USUAL, left, edges[0], right, edges[-1])
