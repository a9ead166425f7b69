"""Minimal-cost paths along the ink of leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.budget import spend
from preprocessing.traces.config import PATH
from preprocessing.traces.path_costs import Band, Cells, PathCosts, blocks, path_costs


@dataclass(frozen=True)
class Path:
    """The rows at which a lead's path enters and leaves each of its columns, shape (columns,), in pixels."""

    enters: np.ndarray
    leaves: np.ndarray


def ink_paths(
    ink: np.ndarray,
    in_names: np.ndarray,
    bands: list[Band],
    px_per_mm: float,
    taken: list[np.ndarray] | None = None,
) -> list[Path]:
    """Find the minimal-cost paths of several leads of about the same width at once.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float32 in [0, 1]
    in_names : ndarray, shape (rows, columns), bool
        Where the name of a lead may hide a stroke: there paths go up and down more cheaply, and run along at a cost
        even in ink.
    bands : list of Band
    px_per_mm : float
    taken : list of ndarray, each of shape (rows, band.right - band.left), bool, optional
        Ink known to belong to other leads; leaving it out costs nothing.

    Returns
    -------
    list of Path

    Notes
    -----
    Dynamic programming over columns. In each column a path may run up or down, at next to no cost in ink and at the
    cost of its length over background, and then steps to the next column at the cost of background there. The minimal
    cost of every row of a column follows from two running minima over the column before, so that all rows of all leads
    are updated at once.
    """
    step = max(1, round(px_per_mm / PATH.cells_per_mm))
    count = 2 * round(max(band.reach for band in bands) / step) + 1
    grid = Cells(max(band.right - band.left for band in bands), count, step)
    at_once = max(1, PATH.cells_max // (grid.columns * count))
    paths = []
    for first in range(0, len(bands), at_once):
        some = bands[first : first + at_once]
        others = taken[first : first + at_once] if taken else None
        costs = path_costs(ink, in_names, some, px_per_mm, others, grid)
        enters, leaves = _backward(*_forward(costs), costs)
        for index, band in enumerate(some):
            columns, middle = band.right - band.left, grid.top_of(band) + (step - 1) / 2
            paths.append(Path(enters[:columns, index] * step + middle, leaves[:columns, index] * step + middle))
    return paths


def _forward(costs: PathCosts) -> tuple[np.ndarray, np.ndarray]:
    """Sum the minimal costs from the first column to the last, for paths that rise and for paths that fall.

    Returns
    -------
    entered : ndarray, shape (columns, 2, leads, cells), float32
        Cost of entering each column at each cell, plus its climb where a path rises from there, less its climb where
        it falls: what a path costs that leaves at another cell differs by that cell's climb alone.
    left : ndarray, shape (2, leads, cells), float32
        Cost of leaving the last column.

    Notes
    -----
    Of two, the first is of paths that rise, with the cells from the last to the first, and the second of paths that
    fall: along both, cells are passed in the order in which they are stored, and one running minimum serves them.
    """
    steps, loose, climbs = costs.steps, costs.loose, costs.climbs
    entered = np.empty_like(loose)
    left = np.stack([costs.begin[:, ::-1], costs.begin])
    ways, turned = np.empty_like(left), np.empty_like(left)
    for some in blocks(len(loose)):
        spend()
        # Ink that ends beside a path that followed it was left out.
        ended = loose[some].copy()
        following = loose[some.start + 1 : some.stop + 1]
        ended[: len(following)] -= following
        ended[len(following) :] = 0
        np.maximum(ended, 0, out=ended)
        ended[:, 0] += steps[some, :, ::-1]
        ended[:, 1] += steps[some]
        climb = np.stack([climbs[some, :, ::-1], -climbs[some]], axis=1)
        # Keep costs small, where single precision resolves their differences.
        left -= left.min(axis=(0, 2), keepdims=True)
        for column, here in enumerate(entered[some]):
            np.add(left, climb[column], out=here)
            np.minimum.accumulate(here, axis=2, out=ways)
            ways -= climb[column]
            np.add(ways, loose[some.start + column], out=turned)
            np.minimum(ways, turned[::-1, :, ::-1], out=left)
            left += ended[column]
    return entered, left


def _backward(entered: np.ndarray, left: np.ndarray, costs: PathCosts) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells at which the minimal-cost paths enter and leave each column, each (columns, leads)."""
    climbs, loose = costs.climbs, costs.loose
    columns, leads, cells = climbs.shape
    lead, cell = np.arange(leads), np.arange(cells)
    enters = np.empty((columns, leads), dtype=int)
    leaves = np.empty((columns, leads), dtype=int)
    rising, falling = left[0, :, ::-1], left[1]
    at = np.minimum(rising, falling).argmin(axis=1)
    falls = falling[lead, at] < rising[lead, at]
    infinite = np.float32(np.inf)
    for column in range(columns - 1, -1, -1):
        if column % PATH.columns_at_once == 0:
            spend()
        leaves[column] = at
        up, down = entered[column, 0, :, ::-1], entered[column, 1]
        best_up = np.where(cell >= at[:, None], up, infinite).argmin(axis=1)
        best_down = np.where(cell <= at[:, None], down, infinite).argmin(axis=1)
        climb = climbs[column, lead, at]
        cost_up, cost_down = up[lead, best_up] - climb, down[lead, best_down] + climb
        above, below = loose[column, 0, lead, cells - 1 - at], loose[column, 1, lead, at]
        falls = np.where(falls, cost_down <= cost_up + above, cost_down + below < cost_up)
        at = np.where(falls, best_down, best_up)
        enters[column] = at
    return enters, leaves
