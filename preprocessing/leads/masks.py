"""Masks of a page's strokes, in passes from dark to pale ink, without the grid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy

from preprocessing.leads.config import CLEAR, FADED, MASKS, RowDemands
from preprocessing.page import Page


def stroke_masks(page: Page) -> Iterator[tuple[np.ndarray, np.ndarray, RowDemands]]:
    """Mark the strokes of a page in several passes; each accepts paler ink than the one before.

    Parameters
    ----------
    page : Page

    Yields
    ------
    lines : ndarray, shape (rows, columns), bool
        Strokes for finding rows, dividers and pulses.
    traces : ndarray, shape (rows, columns), bool
        Strokes for comparing traces: thin ones are whole, at the price of more grid.
    demands : RowDemands
        What makes a row of trace in this pass.
    """
    ink = page.ink
    yield ink > MASKS.dark, ink > MASKS.middle, CLEAR
    if page.scale_from == "grid" and _is_crowded(ink, page.px_per_mm_y):
        ink = ink - _grid_ink(ink, page.px_per_mm_y)
    pale = ink > MASKS.pale
    yield pale, pale, CLEAR
    darkest = float(np.quantile(ink[:: MASKS.sampling], 1 - MASKS.inked_max))
    palest = ink > max(MASKS.palest_min, min(MASKS.palest_max, darkest))
    yield palest, palest, CLEAR
    yield palest, palest, FADED


def _is_crowded(ink: np.ndarray, px_per_mm: float) -> bool:
    return float((_grid_ink(ink[:, :: MASKS.sampling], px_per_mm) > MASKS.grid_level).mean()) > MASKS.crowded


def _grid_ink(ink: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Return the ink that recurs along the columns from square to square, shape (rows, columns).

    Grid lines recur in both directions; a trace and lettering do not.
    """
    ink = scipy.ndimage.maximum_filter1d(ink, MASKS.grid_jitter_px, axis=0)
    rows = np.arange(ink.shape[0])
    # The smallest and the second smallest ink among the squares.
    least = second = np.full_like(ink, np.inf)
    for step_mm in MASKS.grid_steps_mm:
        step = round(step_mm * px_per_mm)
        there = rows + step
        # Beyond the page, take the other side a second time, one square further.
        beyond = (there < 0) | (there > rows[-1])
        square = ink[np.clip(np.where(beyond, rows - 2 * step, there), 0, rows[-1])]
        second = np.minimum(second, np.maximum(least, square))
        least = np.minimum(least, square)
    # Three of four: one may lie in a trace or in a gap of the grid line.
    return second
