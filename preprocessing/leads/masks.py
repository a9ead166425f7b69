"""The dark strokes of a page, as masks: from the surely inked to the perhaps inked, without the lines of the grid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy

from preprocessing.leads.rows import CLEAR, FADED, Demands
from preprocessing.page import Page

# Shares of a pixel that print must cover; paler strokes count where darker ones show no layout.
DARK, MIDDLE, PALE = 0.7, 0.5, 0.3
# At last whatever is darkest, up to as much of the page as traces and print cover.
MOST_INKED, PALEST = 0.035, 0.06
# What is inked this many millimetres up and down as well belongs to the grid.
GRID_STEPS_MM = (-10, -5, 5, 10)
SAMPLED = 8
# A grid in the ink's own colour leaves at least this share of the page inked. It is taken off where the leads are not
# clear with it, as lines between columns go with it.
CROWDED, GRID_LEVEL = 0.005, 0.3


def stroke_masks(page: Page) -> Iterator[tuple[np.ndarray, np.ndarray, Demands]]:
    """Mark the strokes of a page, again and again with less demanded of them.

    Parameters
    ----------
    page : Page

    Yields
    ------
    lines : ndarray, shape (rows, columns), bool
        The strokes by which rows, dividers and pulses are found.
    traces : ndarray, shape (rows, columns), bool
        Those by which traces are compared: thin ones are whole, at the price of more of the grid.
    demands : Demands
        What a row of trace must be like among these strokes.
    """
    ink = page.ink
    yield ink > DARK, ink > MIDDLE, CLEAR
    if page.scale_from == "grid" and _is_crowded(ink, page.px_per_mm_y):
        ink = ink - _grid_ink(ink, page.px_per_mm_y)
    pale = ink > PALE
    yield pale, pale, CLEAR
    palest = ink > max(PALEST, min(PALE / 1.5, float(np.quantile(ink[::SAMPLED], 1 - MOST_INKED))))
    yield palest, palest, CLEAR
    yield palest, palest, FADED


def _is_crowded(ink: np.ndarray, px_per_mm: float) -> bool:
    return float((_grid_ink(ink[:, ::SAMPLED], px_per_mm) > GRID_LEVEL).mean()) > CROWDED


def _grid_ink(ink: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Return the ink that comes back along the columns from square to square, shape (rows, columns).

    Rules of the grid do, both ways; a trace does not, nor does print.
    """
    # Rules waver by a pixel.
    ink = scipy.ndimage.maximum_filter1d(ink, 3, axis=0)
    rows = np.arange(ink.shape[0])
    # The least that any of the squares has, and the second least.
    least = second = np.full_like(ink, np.inf)
    for step_mm in GRID_STEPS_MM:
        step = round(step_mm * px_per_mm)
        there = rows + step
        # Beyond the page, the other side is looked at a second time, a square further on.
        beyond = (there < 0) | (there > rows[-1])
        square = ink[np.clip(np.where(beyond, rows - 2 * step, there), 0, rows[-1])]
        second = np.minimum(second, np.maximum(least, square))
        least = np.minimum(least, square)
    # Three of four: one may lie in a trace, or in a gap of the rule.
    return second
