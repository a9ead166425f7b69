"""How far a page's columns lean: on a page without a grid only its rows were levelled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from preprocessing.traces.time_config import TIME_AXIS


def find_slant(places: Sequence[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return how many pixels to the right a vertical of the page runs for each pixel down.

    Parameters
    ----------
    places : sequence of pairs of ndarray, each of shape (n,), float
        Rows and columns, in pixels, of ends of leads that were printed below each other; NaN where none was found.

    Returns
    -------
    float
        0 unless a slant brings at least `TIME_AXIS.slant_ends` more of the ends into line.

    Examples
    --------
    >>> rows = np.array([100.0, 300.0, 500.0, 700.0])
    >>> round(find_slant([(rows, 50 + 0.004 * rows), (rows, 900 + 0.004 * rows)]), 6)
    0.004
    >>> find_slant([(rows, np.array([50.0, 50.1, 50.0, 52.0]))])
    0.0
    """
    known = [(rows[np.isfinite(columns)], columns[np.isfinite(columns)]) for rows, columns in places]
    slopes = [0.0]
    for rows, columns in known:
        first, second = np.triu_indices(rows.size, 1)
        down = rows[second] - rows[first]
        apart = np.abs(down) > 1
        slopes += ((columns[second] - columns[first])[apart] / down[apart]).tolist()
    likely = np.array([slope for slope in slopes if abs(slope) < TIME_AXIS.slant_max])
    in_line = np.array([sum(_in_line(columns - slope * rows) for rows, columns in known) for slope in likely])
    best = in_line.max()
    if best < in_line[0] + TIME_AXIS.slant_ends:
        return 0.0
    return float(np.median(likely[in_line == best]))


def _in_line(columns: np.ndarray) -> int:
    """Return how many places agree on one column."""
    near = np.abs(columns[:, None] - columns[None, :]) < TIME_AXIS.in_line_px
    return int(near.sum(axis=1).max(initial=0))
