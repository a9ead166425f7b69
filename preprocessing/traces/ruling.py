"""Ruled lines, which are as dark as traces and lead away from them, turned to paper."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.leads import Layout
from preprocessing.traces.pen import INK_LEVEL

# A row of pixels with so much ink beside the leads is a rule.
RULE_SHARE = 0.6
# Where dividers are looked for around a box's edge, how short and how wide they are, in millimetres.
NEAR_MM, SHORTEST_MM, WIDEST_MM = 2.5, 3.0, 1.6
# In so many rows of leads a divider shows, in so many at lengths that differ by no more than so much.
SHOWN_SHARE, ALIKE_SHARE, LENGTH_SLACK = 0.8, 0.6, 0.04
PALEST_FLANK, WIDEST_FLANK_PX = 0.1, 3


def erase_ruling(ink: np.ndarray, layout: Layout, px_per_mm: float) -> tuple[np.ndarray, dict[float, float]]:
    """Turn rules above and below the leads and dividers between them to paper, in place.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    layout : Layout
    px_per_mm : float

    Returns
    -------
    hidden : ndarray, shape (columns,), bool
        Where a divider hid what the traces do.
    dividers : dict of float to float
        The middle of the divider, if there is one, at each edge between columns of boxes.
    """
    left, right = min(box.left for box in layout.boxes), max(box.right for box in layout.boxes)
    ruled = (ink[:, max(0, round(left)) : round(right)] > INK_LEVEL).mean(axis=1) > RULE_SHARE
    ruled[max(0, round(min(box.top for box in layout.boxes))) : round(max(box.bottom for box in layout.boxes))] = False
    ink[scipy.ndimage.binary_dilation(ruled, iterations=2)] = 0
    hidden = np.zeros(ink.shape[1], dtype=bool)
    dividers = {}
    for x, bands in _edges(layout, px_per_mm).items():
        first = max(0, round(x - NEAR_MM * px_per_mm))
        middles = _erase_dividers(ink[:, first : round(x + NEAR_MM * px_per_mm)], bands, px_per_mm, hidden[first:])
        if len(middles) == 1:
            dividers[x] = first + middles[0]
    return hidden, dividers


def _edges(layout: Layout, px_per_mm: float) -> dict[float, list[tuple[int, int]]]:
    """Return the upright edges between columns of leads, each with the rows of pixels of the boxes that it bounds."""
    edges: dict[float, list[tuple[int, int]]] = {}
    # A strip repeats a lead, with the same strokes in the same places.
    boxes = [box for box in layout.boxes if not box.is_strip]
    outer = min((box.left for box in boxes), default=0.0), max((box.right for box in boxes), default=0.0)
    for box in boxes:
        for side in (box.left, box.right):
            if min(abs(side - end) for end in outer) < NEAR_MM * px_per_mm:
                continue
            x = min(edges, key=lambda known: abs(known - side), default=side)
            x = x if abs(x - side) < NEAR_MM * px_per_mm else side
            band = max(0, round(box.top)), round(box.bottom)
            if band not in edges.setdefault(x, []):
                edges[x].append(band)
    return edges


def _erase_dividers(ink: np.ndarray, bands: list[tuple[int, int]], px_per_mm: float, hidden: np.ndarray) -> list[float]:
    """Erase the lines that are as long in most bands of some rows, mark their columns, and return their middles."""
    if len(bands) < 2:
        return []
    runs = np.array([_longest_run(ink[top:bottom] > INK_LEVEL) for top, bottom in bands])
    lengths = runs[:, 1]
    usual = np.median(lengths, axis=0)
    heights = np.array([[bottom - top] for top, bottom in bands])
    # A bar is as long in every row; a line through all rows goes on beyond each.
    alike = np.abs(lengths - usual) <= np.maximum(1, LENGTH_SLACK * usual)
    alike |= ((runs[:, 0] <= 1) | (runs[:, 0] + lengths >= heights - 1)) & (lengths >= SHORTEST_MM * px_per_mm)
    shown = alike | (lengths >= usual)
    found = (alike.mean(axis=0) >= ALIKE_SHARE) & (shown.mean(axis=0) >= SHOWN_SHARE)
    found &= usual >= SHORTEST_MM * px_per_mm
    edges = np.flatnonzero(np.diff(np.concatenate([[False], found, [False]])))
    middles = []
    for start, stop in edges.reshape(-1, 2):
        if stop - start > WIDEST_MM * px_per_mm:
            continue
        shades = np.zeros(ink.shape[1])
        for (top, _), (above, length) in zip(bands, runs[:, :, (start + stop) // 2], strict=True):
            if length < SHORTEST_MM * px_per_mm:
                continue
            rows = slice(max(0, top + above - 2), top + above + length + 2)
            paleness = np.median(ink[rows], axis=0)
            first, last = start, stop
            while first > max(0, start - WIDEST_FLANK_PX) and paleness[first - 1] > PALEST_FLANK:
                first -= 1
            while last < min(paleness.size, stop + WIDEST_FLANK_PX) and paleness[last] > PALEST_FLANK:
                last += 1
            shades[first:last] += paleness[first:last]
            ink[rows, first:last] = 0
            hidden[first:last] = True
        if shades.any():
            middles.append(float(shades @ np.arange(shades.size) / shades.sum()))
    return middles


def _longest_run(inked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row and the length of each column's longest run of ink, both of shape (columns,)."""
    rows = np.arange(1, inked.shape[0] + 1)[:, None]
    length = rows - np.maximum.accumulate(np.where(inked, 0, rows), axis=0)
    last = length.argmax(axis=0)
    longest = length[last, np.arange(inked.shape[1])]
    return last + 1 - longest, longest
