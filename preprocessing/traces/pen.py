"""From the edges of a stroke to the line that the pen followed.

A round pen inks all points within half its width of the line. The stroke's upper edge, moved down by the pen's outline,
is therefore never below the line and meets it at every peak; the lower edge, moved up, meets it at every valley.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy

from preprocessing.traces.config import INK, PEN


def stroke_edges(
    ink: np.ndarray, first_column: int, enters: np.ndarray, leaves: np.ndarray, reach_px: int, alone: np.ndarray
) -> np.ndarray:
    """Find the edges of the ink along a path.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    first_column : int
    enters, leaves : ndarray, shape (n,), float
        The rows between which the path runs in each column.
    reach_px : int
        How far a stroke's ink extends beyond its path, there and in the neighbouring columns. Ink further away belongs
        to another stroke that touches it.
    alone : ndarray, shape (rows, n), bool
        Ink that no other stroke can own: it counts at any distance. Where a thick pen went up and down again, the
        path crosses the wedge of ink halfway, and its tip is far away.

    Returns
    -------
    ndarray, shape (2, n), float
        Upper and lower edge in pixels; NaN where the path crosses background.
    """
    lowest_row, columns = ink.shape[0] - 1, np.arange(enters.size)
    # A row of background above and below stands for what lies beyond the picture.
    framed = np.pad(ink[:, first_column : first_column + enters.size], ((1, 1), (0, 0))).ravel()

    def shade(rows: np.ndarray, at: np.ndarray = columns) -> np.ndarray:
        inside = np.minimum(np.maximum(rows, -1), lowest_row + 1)
        return np.asarray(framed[(inside + 1) * columns.size + at])

    upper, lower = np.minimum(enters, leaves), np.maximum(enters, leaves)
    beside = 2 * PEN.beside_px + 1
    highest = scipy.ndimage.minimum_filter1d(upper, beside).astype(int) - reach_px
    deepest = scipy.ndimage.maximum_filter1d(lower, beside).astype(int) + reach_px
    first, last = upper.astype(int) - 1, lower.astype(int) + 2
    level = np.clip(_darkest(shade, first, last) / 2, INK.palest_level, INK.level)
    while (astray := (shade(first) <= level) & (first <= last)).any():
        first = first + astray
    found = first <= last
    while (astray := found & (shade(last) <= level)).any():
        last = last - astray
    for edge, step, limit in ((first, -1, highest), (last, 1, deepest)):
        growing, inside = np.flatnonzero(found), edge.copy()
        while growing.size:
            after = edge[growing] + step
            near = (shade(after, growing) > level[growing]) & (step * edge[growing] < step * limit[growing])
            # A grid drawn over a trace parts its ink, but not what is a trace's for certain.
            certain = alone[np.clip(after, 0, lowest_row), growing] & (after >= 0) & (after <= lowest_row)
            growing = growing[near | certain]
            edge[growing] += step
        while (pale := found & (shade(edge) <= level) & (edge != inside)).any():
            edge[pale] -= step
    return np.where(found, _shaded_edges(shade, first, last), np.nan)


def _darkest(shade: Callable[[np.ndarray], np.ndarray], first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return the most ink from `first` to `last` in each column."""
    rows = first
    darkest = shade(rows)
    while (further := rows < last).any():
        rows = rows + further
        darkest = np.maximum(darkest, shade(rows))
    return darkest


def _shaded_edges(shade: Callable[[np.ndarray], np.ndarray], first: np.ndarray, last: np.ndarray) -> np.ndarray:
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
