"""Where dividers stand between columns of leads: time begins there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from preprocessing.leads import Layout, LeadBox
from preprocessing.traces.config import DIVIDERS


def divider_places(share: np.ndarray, layout: Layout, px_per_mm: float) -> dict[float, float]:
    """Return the middle of the divider at each edge between columns of boxes that has exactly one.

    Parameters
    ----------
    share : ndarray, shape (rows, columns), float in [0, 1]
        How much of each pixel a divider covers.
    layout : Layout
    px_per_mm : float

    Returns
    -------
    dict of float to float
        From the left edge of boxes to the middle of their divider, both in pixels.
    """
    places = {}
    for edge, beside, near in inner_edges(layout, px_per_mm):
        top, bottom = min(box.top for box in beside), max(box.bottom for box in beside)
        column = share[max(0, round(top)) : round(bottom), near].mean(axis=0)
        high = np.flatnonzero(column > DIVIDERS.height_min)
        if high.size and high[-1] - high[0] < DIVIDERS.width_max_mm * px_per_mm:
            around = slice(max(0, high[0] - 1), high[-1] + 2)
            x = np.arange(column.size)[around]
            places[edge] = float(near.start + x @ column[around] / column[around].sum())
    return places


def inner_edges(layout: Layout, px_per_mm: float) -> Iterator[tuple[float, list[LeadBox], slice]]:
    """Yield each edge between columns of boxes, the boxes that begin there, and the columns near it, in pixels."""
    boxes = [box for box in layout.boxes if not box.is_strip]
    outermost = min((box.left for box in boxes), default=0.0)
    near_px = DIVIDERS.near_mm * px_per_mm
    for edge in sorted({box.left for box in boxes}):
        if edge - outermost >= near_px:
            near = slice(max(0, round(edge - near_px)), round(edge + near_px))
            yield edge, [box for box in boxes if box.left == edge], near
