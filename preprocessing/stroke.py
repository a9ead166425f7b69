"""From a stroke's edges to the line that the pen followed.

A round pen inks whatever lies within half its width of the line. So the stroke's upper edge, moved down by the pen's
outline, never lies below the line and meets it at every peak; the lower edge, moved up, meets it at every valley.
"""

from __future__ import annotations

import numpy as np

INK_LEVEL = 0.5
# Runs up to so many pixels have their place from their centre of darkness, longer ones from each of their ends.
SHORT_RUN_PX = 4
EDGE_REACH_PX = 2
BEND_WEIGHT = 2.0


def stroke_edges(ink: np.ndarray, first_column: int, enters: np.ndarray, leaves: np.ndarray) -> np.ndarray:
    """Find the edges of the ink that a way runs through.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    first_column : int
    enters, leaves : ndarray, shape (n,), float
        The rows between which the way runs in each column.

    Returns
    -------
    ndarray, shape (2, n), float
        Upper and lower edge in pixels; NaN where the way crosses paper.
    """
    edges = np.full((2, enters.size), np.nan)
    rows = ink.shape[0]
    for index, (enter, leave) in enumerate(zip(enters, leaves, strict=True)):
        column = ink[:, first_column + index]
        inked = column > INK_LEVEL
        top, bottom = int(min(enter, leave)) - 1, int(max(enter, leave)) + 2
        top, bottom = max(top, 0), min(bottom, rows - 1)
        places = np.flatnonzero(inked[top : bottom + 1])
        if not places.size:
            continue
        first, last = top + int(places[0]), top + int(places[-1])
        while first > 0 and inked[first - 1]:
            first -= 1
        while last < rows - 1 and inked[last + 1]:
            last += 1
        reach = column[max(0, first - EDGE_REACH_PX) : last + 1 + EDGE_REACH_PX]
        if last - first < SHORT_RUN_PX:
            amount = float(reach.sum())
            centre = float(reach @ np.arange(reach.size)) / amount + max(0, first - EDGE_REACH_PX)
            edges[:, index] = centre - amount / 2, centre + amount / 2
        else:
            edges[0, index] = first + 0.5 - column[max(0, first - EDGE_REACH_PX) : first + 1].sum()
            edges[1, index] = last - 0.5 + column[last : last + 1 + EDGE_REACH_PX].sum()
    return edges


def pen_line(upper: np.ndarray, lower: np.ndarray, radius: float) -> np.ndarray:
    """Find the line that a pen of some radius followed between a stroke's edges.

    Parameters
    ----------
    upper, lower : ndarray, shape (n,), float
        Edges in pixels, one a column; NaN where there is no ink.
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
        return (upper + lower) / 2
    full_upper, full_lower = (np.interp(columns, columns[inked], edge[inked]) for edge in (upper, lower))
    above, below = np.full(upper.size, -np.inf), np.full(upper.size, np.inf)
    for shift in np.linspace(-radius, radius, 9):
        drop = np.sqrt(max(0.0, radius**2 - shift**2))
        above = np.maximum(above, np.interp(columns + shift, columns, full_upper) + drop)
        below = np.minimum(below, np.interp(columns + shift, columns, full_lower) - drop)
    middle, half = (above + below) / 2, np.maximum((below - above) / 2, 0)
    span = radius + 1
    bend = np.interp(columns - span, columns, middle) + np.interp(columns + span, columns, middle) - 2 * middle
    # Rows count downwards: beside a peak the line lies at greater rows.
    line = middle - np.clip(BEND_WEIGHT * bend, -half, half)
    return np.where(inked, line, np.nan)
