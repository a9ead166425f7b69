"""From the edges of a stroke to the line that the pen followed.

A round pen inks all points within half its width of the line. The stroke's upper edge, moved down by the pen's outline,
is therefore never below the line and meets it at every peak; the lower edge, moved up, meets it at every valley.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import scipy

from preprocessing.traces.config import INK, PEN
from preprocessing.traces.minimal_path import Path


class _Shades:
    """The ink of a page in some of its columns, each as often as a path runs there; nothing beyond the picture."""

    def __init__(self, ink: np.ndarray, column: np.ndarray) -> None:
        self.column, self.lowest_row = column, ink.shape[0] - 1
        self._ink, self._width = np.ascontiguousarray(ink).ravel(), ink.shape[1]

    def __call__(self, rows: np.ndarray, some: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Return the ink at rows of all columns, or of some by their numbers."""
        inside = np.minimum(np.maximum(rows, 0), self.lowest_row)
        return np.where(rows == inside, self._ink[inside * self._width + self.column[some]], 0)


def stroke_edges(
    ink: np.ndarray, lefts: Sequence[int], paths: Sequence[Path], reach_px: int, alone: np.ndarray, shared: np.ndarray
) -> list[np.ndarray]:
    """Find the edges of the ink along paths, those of all of them at once.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    lefts : sequence of int
        The first column of each path.
    paths : sequence of Path
    reach_px : int
        How far a stroke's ink extends beyond its path, there and in the neighbouring columns. Ink further away belongs
        to another stroke that touches it.
    alone : ndarray, shape (rows, columns), bool
        Ink that no other stroke can own: it counts at any distance. Where a thick pen went up and down again, the
        path crosses the wedge of ink halfway, and its tip is far away.
    shared : ndarray, shape (columns of all paths together,), bool
        Where another path lies in the same ink, so that none is alone.

    Returns
    -------
    list of ndarray, each of shape (2, columns of its path), float
        Upper and lower edge in pixels; NaN where the path crosses background.
    """
    beside = 2 * PEN.beside_px + 1
    above = [np.minimum(path.enters, path.leaves) for path in paths]
    below = [np.maximum(path.enters, path.leaves) for path in paths]
    highest = np.concatenate([scipy.ndimage.minimum_filter1d(rows, beside).astype(int) - reach_px for rows in above])
    deepest = np.concatenate([scipy.ndimage.maximum_filter1d(rows, beside).astype(int) + reach_px for rows in below])
    shade = _Shades(ink, np.concatenate([left + np.arange(rows.size) for left, rows in zip(lefts, above, strict=True)]))
    first, last = np.concatenate(above).astype(int) - 1, np.concatenate(below).astype(int) + 2
    level = np.clip(_darkest(shade, first, last) / 2, INK.palest_level, INK.level)

    def pale(rows: np.ndarray, some: np.ndarray) -> np.ndarray:
        return np.asarray(shade(rows, some) <= level[some])

    def grows(edge: np.ndarray, step: int, limit: np.ndarray, some: np.ndarray) -> np.ndarray:
        after = edge[some] + step
        near = ~pale(after, some) & (step * edge[some] < step * limit[some])
        inside = (after >= 0) & (after <= shade.lowest_row)
        # A grid drawn over a trace parts its ink, but not what is a trace's for certain.
        certain = alone[np.clip(after, 0, shade.lowest_row), shade.column[some]] & inside & ~shared[some]
        return np.asarray(near | certain)

    _move(first, np.arange(first.size), 1, lambda some: pale(first[some], some) & (first[some] <= last[some]))
    found = first <= last
    inked = np.flatnonzero(found)
    _move(last, inked, -1, lambda some: pale(last[some], some))
    for edge, step, limit in ((first, -1, highest), (last, 1, deepest)):
        before = edge.copy()
        _move(edge, inked, step, partial(grows, edge, step, limit))
        _move(edge, inked[edge[inked] != before[inked]], -step, partial(_back, edge, before, pale))
    edges = np.where(found, _shaded_edges(shade, first, last), np.nan)
    return np.split(edges, np.cumsum([rows.size for rows in above])[:-1], axis=1)


def _back(
    edge: np.ndarray, before: np.ndarray, pale: Callable[[np.ndarray, np.ndarray], np.ndarray], some: np.ndarray
) -> np.ndarray:
    """Return where an edge is pale and not yet where it was before."""
    return np.asarray(pale(edge[some], some) & (edge[some] != before[some]))


def _move(edge: np.ndarray, some: np.ndarray, step: int, goes_on: Callable[[np.ndarray], np.ndarray]) -> None:
    """Move some of the edges step by step, each as long as it goes on."""
    while some.size:
        some = some[goes_on(some)]
        edge[some] += step


def _darkest(shade: _Shades, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return the most ink from `first` to `last` in each column."""
    rows, darkest = first.copy(), shade(first)
    some = np.flatnonzero(rows < last)
    while some.size:
        rows[some] += 1
        darkest[some] = np.maximum(darkest[some], shade(rows[some], some))
        some = some[rows[some] < last[some]]
    return darkest


def _shaded_edges(shade: _Shades, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Place the edges of runs from `first` to `last` with sub-pixel accuracy by their shades, shape (2, n)."""
    reach_px = PEN.edge_reach_px
    amount, moment = np.zeros(first.size), np.zeros(first.size)
    for row in range(-reach_px, PEN.short_run_px + reach_px):
        part = np.where(first + row <= last + reach_px, shade(first + row), 0.0)
        amount += part
        moment += part * row
    middle = first + moment / np.maximum(amount, INK.level)
    above = sum(shade(first - row) for row in range(reach_px + 1))
    below = sum(shade(last + row) for row in range(reach_px + 1))
    by_centre = np.array([middle - amount / 2, middle + amount / 2])
    by_ends = np.array([first + 0.5 - above, last - 0.5 + below])
    return np.where(last - first < PEN.short_run_px, by_centre, by_ends)


def pen_line(upper: np.ndarray, lower: np.ndarray, radius: float) -> np.ndarray:
    """Find the line that a round pen followed between the edges of its stroke.

    Parameters
    ----------
    upper, lower : ndarray, shape (n,), float
        Edges in pixels, one per column; NaN where there is no ink.
    radius : float
        Half the pen's width in pixels.

    Returns
    -------
    ndarray, shape (n,), float
        Row of the line in each column; NaN where there is no ink.
    """
    columns = np.arange(upper.size, dtype=float)
    inked = np.isfinite(upper)
    if inked.sum() < 2:
        return np.asarray((upper + lower) / 2)
    full_upper, full_lower = (np.interp(columns, columns[inked], edge[inked]) for edge in (upper, lower))
    above, below = np.full(upper.size, -np.inf), np.full(upper.size, np.inf)
    for shift in np.linspace(-radius, radius, 9):
        drop = np.sqrt(max(0.0, radius**2 - shift**2))
        above = np.maximum(above, np.interp(columns + shift, columns, full_upper) + drop)
        below = np.minimum(below, np.interp(columns + shift, columns, full_lower) - drop)
    middle, half = (above + below) / 2, np.maximum((below - above) / 2, 0)
    span = radius + 1
    bend = np.interp(columns - span, columns, middle) + np.interp(columns + span, columns, middle) - 2 * middle
    # Rows count downwards: beside a peak the line lies at larger rows.
    line = middle - np.clip(PEN.bend_weight * bend, -half, half)
    return np.where(inked, line, np.nan)
