"""Where the strokes of a page begin and end: what a way finds beyond, a frame, grid or lettering, is no trace."""

from __future__ import annotations

import numpy as np

from preprocessing.leads import Layout
from preprocessing.traces.minimal_path import Band
from preprocessing.traces.pen import PALEST_LEVEL

# How far beyond a page's first and last column its trace's ends are looked for, and from how far inside.
OUTSIDE_MM, INSIDE_MM = 5.0, 20.0
# A piece of stroke in its own row that is so long is trace, whatever gap is before it.
LEAST_TRACE_MM = 3.0
# A shorter one is, too, where it goes on after a break of no more than this and is wider than a grid's dot.
LONGEST_BREAK_MM, LEAST_PIECE_MM = 1.0, 0.4
# Ink with less than this share of the lead's usual darkness is not its pen's.
LEAST_DARKNESS = 0.5


def at_page_ends(layout: Layout, px_per_mm: float) -> list[tuple[bool, bool]]:
    """Say of each box whether its left and its right edge are those of the page's leads."""
    left, right = min(box.left for box in layout.boxes), max(box.right for box in layout.boxes)
    outside = OUTSIDE_MM * px_per_mm
    return [(box.left - left < outside, right - box.right < outside) for box in layout.boxes]


def without_strays(
    ink: np.ndarray, layout: Layout, bands: list[Band], edges: list[np.ndarray], px_per_mm: float
) -> list[np.ndarray]:
    """Take off what ways found beyond the ends of their strokes.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    layout : Layout
    bands : list of Band
    edges : list of ndarray, each of shape (2, columns of its band), float
        Upper and lower edge of the ink in pixels; NaN where there is none.
    px_per_mm : float

    Returns
    -------
    list of ndarray
        The edges, with NaN instead of ink that does not belong to the lead.

    Notes
    -----
    A way goes on to the end of its band. Past the end of its stroke every height costs it the same, so that it takes
    the palest frame and the smallest dot there is.
    """
    kept = []
    inside = INSIDE_MM * px_per_mm
    outer = at_page_ends(layout, px_per_mm)
    for box, band, edge, (at_left, at_right) in zip(layout.boxes, bands, edges, outer, strict=True):
        first, last = _stroke(ink, band, edge, px_per_mm)
        columns = np.arange(edge.shape[1])
        stray = (columns < first) & (columns < box.left + inside - band.left) & at_left
        stray |= (columns > last) & (columns > box.right - inside - band.left) & at_right
        kept.append(np.where(stray, np.nan, edge))
    return kept


def _stroke(ink: np.ndarray, band: Band, edges: np.ndarray, px_per_mm: float) -> tuple[int, int]:
    """Return the first and the last column of a lead's own stroke, counted in its band; all of it where none is."""
    columns = np.flatnonzero(np.isfinite(edges[0]))
    everything = 0, edges.shape[1] - 1
    break_px = LONGEST_BREAK_MM * px_per_mm
    # Where a way jumps off the end of its stroke, its edges enclose the paper that it crosses.
    paper = np.cumsum(ink[:, band.left + columns] <= PALEST_LEVEL, axis=0, dtype=np.int32)
    top, bottom = np.clip(np.round(edges[:, columns]), 0, ink.shape[0] - 1).astype(int)
    along_column = np.arange(columns.size)
    columns = columns[paper[bottom, along_column] - paper[top, along_column] <= break_px]
    if not columns.size:
        return everything
    upper, lower = edges[:, columns]
    # Paper from each inked column to the next, down and along.
    down = np.maximum(upper[1:], upper[:-1]) - np.minimum(lower[1:], lower[:-1])
    along = np.diff(columns) - 1
    starts = np.concatenate([[0], np.flatnonzero((along > 0) | (down > break_px)) + 1])
    stops = np.append(starts[1:], columns.size)
    rows = np.clip(np.round((upper + lower) / 2), 0, ink.shape[0] - 1).astype(int)
    shades = ink[rows, band.left + columns]
    least = LEAST_DARKNESS * float(np.median(shades))
    dark = np.array([np.median(shades[a:b]) >= least for a, b in zip(starts, stops, strict=True)])
    near = np.array([abs(np.median(rows[a:b]) - np.median(rows)) for a, b in zip(starts, stops, strict=True)])
    lengths = stops - starts
    trace = np.flatnonzero(dark & (near < band.pitch / 2) & (lengths >= LEAST_TRACE_MM * px_per_mm))
    if not trace.size:
        return everything
    goes_on = dark & (lengths >= LEAST_PIECE_MM * px_per_mm)
    joined = np.maximum(along, down)[starts[1:] - 1] <= break_px
    first, last = int(trace[0]), int(trace[-1])
    while first > 0 and joined[first - 1] and goes_on[first - 1]:
        first -= 1
    while last < joined.size and joined[last] and goes_on[last + 1]:
        last += 1
    return int(columns[starts[first]]), int(columns[stops[last] - 1])


def find_ends(
    ink: np.ndarray, layout: Layout, bands: list[Band], edges: list[np.ndarray], px_per_mm: float
) -> np.ndarray:
    """Return where the ink of each lead begins and ends, shape (boxes, 2); NaN where paper does not follow."""
    inside = INSIDE_MM * px_per_mm
    ends = np.full((len(bands), 2), np.nan)
    for index, (box, band, edge) in enumerate(zip(layout.boxes, bands, edges, strict=True)):
        inked = np.isfinite(edge[0])
        gaps = np.flatnonzero(~inked[: round(box.left + inside) - band.left])
        if gaps.size:
            ends[index, 0] = _stroke_end(ink, band.left, edge, int(gaps[-1]) + 1, -1)
        start = max(0, round(box.right - inside) - band.left)
        gaps = np.flatnonzero(~inked[start:])
        if gaps.size:
            ends[index, 1] = _stroke_end(ink, band.left, edge, start + int(gaps[0]) - 1, 1)
    return ends


def _stroke_end(ink: np.ndarray, left: int, edges: np.ndarray, last: int, outwards: int) -> float:
    """Return where a stroke ends beyond its last inked column, by the shades of its last columns.

    Whichever way it runs, a round pen reaches its radius beyond its last point there.
    """
    columns = left + last + outwards * np.arange(-3, 4)
    inner = [last - 2 * outwards, last - outwards, last]
    if min(columns.min(), *inner) < 0 or columns.max() >= ink.shape[1] or max(inner) >= edges.shape[1]:
        return np.nan
    if not np.isfinite(edges[:, inner]).all():
        return np.nan
    top, bottom = edges[0, inner].min(), edges[1, inner].max()
    darkest = ink[max(0, round(top) - 2) : round(bottom) + 3, columns].max(axis=0)
    return float(columns[0] + outwards * (np.minimum(1, darkest / darkest[:3].mean()).sum() - 0.5))
