"""Removal of ruled lines and dividers: they are as dark as traces, and paths would follow them."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.leads import Layout
from preprocessing.traces.config import INK, RULING


def erase_ruling(ink: np.ndarray, layout: Layout, px_per_mm: float) -> tuple[np.ndarray, dict[float, float]]:
    """Erase ruled lines above and below the leads and dividers between them, in place.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    layout : Layout
    px_per_mm : float

    Returns
    -------
    hidden : ndarray, shape (columns,), bool
        Where a divider hid the traces.
    dividers : dict of float to float
        The middle of the divider at each edge between columns of boxes that has one.
    """
    left, right = min(box.left for box in layout.boxes), max(box.right for box in layout.boxes)
    ruled = (ink[:, max(0, round(left)) : round(right)] > INK.level).mean(axis=1) > RULING.rule_share
    ruled[max(0, round(min(box.top for box in layout.boxes))) : round(max(box.bottom for box in layout.boxes))] = False
    ink[scipy.ndimage.binary_dilation(ruled, iterations=2)] = 0
    hidden = np.zeros(ink.shape[1], dtype=bool)
    dividers = {}
    near_px = RULING.near_mm * px_per_mm
    for x, bands in _edges(layout, px_per_mm).items():
        first = max(0, round(x - near_px))
        middles = _erase_dividers(ink[:, first : round(x + near_px)], bands, px_per_mm, hidden[first:])
        if len(middles) == 1:
            dividers[x] = first + middles[0]
    return hidden, dividers


def _edges(layout: Layout, px_per_mm: float) -> dict[float, list[tuple[int, int]]]:
    """Return the vertical edges between columns of leads, each with the rows of pixels of the boxes that it bounds."""
    near_px = RULING.near_mm * px_per_mm
    edges: dict[float, list[tuple[int, int]]] = {}
    # A strip repeats a lead, with the same strokes at the same places, which would pass for a line.
    boxes = [box for box in layout.boxes if not box.is_strip]
    outer = min((box.left for box in boxes), default=0.0), max((box.right for box in boxes), default=0.0)
    for box in boxes:
        for side in (box.left, box.right):
            if min(abs(side - end) for end in outer) < near_px:
                continue
            x = min(edges, key=lambda known: abs(known - side), default=side)
            x = x if abs(x - side) < near_px else side
            band = max(0, round(box.top)), round(box.bottom)
            if band not in edges.setdefault(x, []):
                edges[x].append(band)
    return edges


def _erase_dividers(ink: np.ndarray, bands: list[tuple[int, int]], px_per_mm: float, hidden: np.ndarray) -> list[float]:
    """Erase lines that have one length in most bands of rows, mark their columns, and return their middles."""
    shortest_px = RULING.length_min_mm * px_per_mm
    if len(bands) < 2:
        return []
    runs = np.array([_longest_run(ink[top:bottom] > INK.level) for top, bottom in bands])
    lengths = runs[:, 1]
    usual = np.median(lengths, axis=0)
    heights = np.array([[bottom - top] for top, bottom in bands])
    # A bar has the same length in every row; a line through all rows extends beyond each.
    alike = np.abs(lengths - usual) <= np.maximum(1, RULING.length_slack * usual)
    alike |= ((runs[:, 0] <= 1) | (runs[:, 0] + lengths >= heights - 1)) & (lengths >= shortest_px)
    shown = alike | (lengths >= usual)
    found = (alike.mean(axis=0) >= RULING.alike_share) & (shown.mean(axis=0) >= RULING.shown_share)
    found &= usual >= shortest_px
    edges = np.flatnonzero(np.diff(np.concatenate([[False], found, [False]])))
    middles = []
    for start, stop in edges.reshape(-1, 2):
        if stop - start > RULING.width_max_mm * px_per_mm:
            continue
        shades = np.zeros(ink.shape[1])
        for (top, _), (above, length) in zip(bands, runs[:, :, (start + stop) // 2], strict=True):
            if length < shortest_px:
                continue
            rows = slice(max(0, top + above - 2), top + above + length + 2)
            darkness = np.median(ink[rows], axis=0)
            first, last = start, stop
            while first > max(0, start - RULING.flank_max_px) and darkness[first - 1] > RULING.flank_ink:
                first -= 1
            while last < min(darkness.size, stop + RULING.flank_max_px) and darkness[last] > RULING.flank_ink:
                last += 1
            shades[first:last] += darkness[first:last]
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
