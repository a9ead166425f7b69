"""Minimal-cost paths along the ink of leads: ink is next to free, background costs its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.budget import spend
from preprocessing.traces.config import PATH


@dataclass(frozen=True)
class Band:
    """Where one lead may run: columns `left` to `right` (exclusive) and `reach` pixels around its baseline.

    `pitch` is the distance to the next row; `ends` are the rows at which the path begins and stops, if known.
    """

    left: int
    right: int
    baseline: float
    reach: float
    pitch: float
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Path:
    """The rows at which a lead's path enters and leaves each of its columns, shape (columns,), in pixels."""

    enters: np.ndarray
    leaves: np.ndarray


def ink_paths(
    ink: np.ndarray, hidden: np.ndarray, bands: list[Band], px_per_mm: float, taken: list[np.ndarray] | None = None
) -> list[Path]:
    """Find the minimal-cost paths of several leads of about the same width at once.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    hidden : ndarray, shape (columns,), bool
        Where a line that was removed hid the ink.
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
    cells = 2 * round(max(band.reach for band in bands) / step) + 1
    width = max(band.right - band.left for band in bands)
    at_once = max(1, PATH.cells_max // (width * cells))
    paths = []
    for first in range(0, len(bands), at_once):
        some = slice(first, first + at_once)
        others = taken[some] if taken else None
        paths += _paths_together(ink, hidden, bands[some], px_per_mm, others, (width, cells, step))
    return paths


def _paths_together(
    ink: np.ndarray,
    hidden: np.ndarray,
    bands: list[Band],
    px_per_mm: float,
    taken: list[np.ndarray] | None,
    size: tuple[int, int, int],
) -> list[Path]:
    """Find some of the paths; `size` is the number of columns and cells of each, and a cell's height in pixels."""
    width, cells, step = size
    tops = [round(band.baseline) - (cells // 2) * step - step // 2 for band in bands]
    background = np.ones((width, len(bands), cells), dtype=np.float32)
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        cut = _cut(ink, top, top + cells * step, band.left, band.right)
        darkest = cut.reshape(cells, step, -1).max(axis=1)
        background[: band.right - band.left, index] = 1 - np.minimum(darkest.T / PATH.full_ink, 1)
    inked = background < 0.5
    covered = np.zeros((width, len(bands), 1), dtype=bool)
    for index, band in enumerate(bands):
        covered[: band.right - band.left, index, 0] = hidden[band.left : band.right]
    own = inked.copy()
    for index, (others, top) in enumerate(zip(taken or (), tops, strict=bool(taken))):
        cut = _cut(others, top, top + cells * step, 0, others.shape[1])
        own[: others.shape[1], index] &= ~(cut.reshape(cells, step, -1).max(axis=1) > 0).T
    heights = np.abs(np.arange(cells) - cells // 2) * step
    pitch = np.array([band.pitch for band in bands])[:, None]
    away = (PATH.off_baseline * (heights / pitch) ** 2).astype(np.float32)
    loose_mm = _to_ends(inked, own) * step / px_per_mm - PATH.pen_mm
    loose = PATH.left_out * np.clip(loose_mm, 0, PATH.left_out_max_mm)
    # Where a row has no ink its trace has ended or is hidden, and may return at any height.
    near = heights <= pitch / 2
    empty = (~inked | (heights > PATH.empty_pitches * pitch)).all(axis=2, keepdims=True)
    climbing = np.where((empty | covered) & near, np.float32(0), PATH.vertical_in_ink + background)
    climbs = np.cumsum(step / px_per_mm * climbing, axis=2, dtype=np.float32)
    steps = (PATH.background * np.where(covered & near, np.float32(0), background) + away) / np.float32(px_per_mm)
    begin, end = away.copy(), np.zeros((width, *away.shape), dtype=np.float32)
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        if band.ends is not None:
            begin[index], end[band.right - band.left - 1, index] = (
                np.abs(top + np.arange(cells) * step - row) / px_per_mm for row in band.ends
            )
    enters, leaves = _backward(_forward(steps + end, loose, climbs, begin), climbs, loose)
    paths = []
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        columns = band.right - band.left
        middle = top + (step - 1) / 2
        paths.append(Path(enters[:columns, index] * step + middle, leaves[:columns, index] * step + middle))
    return paths


def _cut(ink: np.ndarray, top: int, bottom: int, left: int, right: int) -> np.ndarray:
    """Cut a rectangle, with background beyond the edge of the picture."""
    rows = slice(max(0, top), min(ink.shape[0], bottom))
    cut = np.zeros((bottom - top, right - left), dtype=np.float32)
    cut[rows.start - top : rows.stop - top] = ink[rows, left:right]
    return cut


def _to_ends(inked: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Count the lead's own cells above and below each inked cell of a column, up to the next background.

    Returns
    -------
    ndarray, shape (2, *inked.shape), float32
    """
    through = np.cumsum(own, axis=-1, dtype=np.float32)
    before = np.maximum.accumulate(np.where(inked, np.float32(0), through), axis=-1)
    after = np.where(inked, through[..., -1:], through)
    after = np.minimum.accumulate(after[..., ::-1], axis=-1)[..., ::-1]
    return np.where(inked, [through - own - before, after - through], np.float32(0)).astype(np.float32)


def _forward(steps: np.ndarray, loose: np.ndarray, climbs: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return the minimal cost of each cell at the start of each column, for a path that rises and for one that falls.

    Parameters
    ----------
    steps : ndarray, shape (columns, leads, cells)
        Cost of the step from each cell to the next column.
    loose : ndarray, shape (2, columns, leads, cells)
        Cost of the ink above and below each cell for a path that leaves it out.
    climbs : ndarray, shape (columns, leads, cells)
        Cost of each column from its top down to each cell.
    cost : ndarray, shape (leads, cells)
        Cost of beginning at each cell.

    Returns
    -------
    ndarray, shape (columns + 1, 2, leads, cells), float32
    """
    costs = np.empty((steps.shape[0] + 1, 2, *steps.shape[1:]), dtype=np.float32)
    # Ink that ends beside a path that followed it was left out.
    ended = np.zeros_like(loose)
    ended[:, :-1] = np.maximum(0, loose[:, :-1] - loose[:, 1:])
    ended += steps
    rising = falling = cost
    for column, climb in enumerate(climbs):
        spend()
        costs[column] = rising, falling
        up = np.minimum.accumulate((rising + climb)[:, ::-1], axis=1)[:, ::-1] - climb
        down = np.minimum.accumulate(falling - climb, axis=1) + climb
        above, below = loose[:, column]
        rising = np.minimum(up, down + below) + ended[0, column]
        falling = np.minimum(down, up + above) + ended[1, column]
        # Keep costs small, where single precision resolves their differences.
        least = np.minimum(rising.min(axis=1, keepdims=True), falling.min(axis=1, keepdims=True))
        rising -= least
        falling -= least
    costs[-1] = rising, falling
    return costs


def _backward(costs: np.ndarray, climbs: np.ndarray, loose: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells at which the minimal-cost paths enter and leave each column, each (columns, leads)."""
    columns, leads, cells = climbs.shape
    lead, cell = np.arange(leads), np.arange(cells)
    enters = np.empty((columns, leads), dtype=int)
    leaves = np.empty((columns, leads), dtype=int)
    at = costs[-1].min(axis=0).argmin(axis=1)
    falls = costs[-1, 1, lead, at] < costs[-1, 0, lead, at]
    for column in range(columns - 1, -1, -1):
        spend()
        leaves[column] = at
        climb = np.abs(climbs[column] - climbs[column, lead, at, None])
        beneath = cell >= at[:, None]
        up = np.where(beneath, costs[column, 0] + climb, np.inf)
        down = np.where(~beneath | (cell == at[:, None]), costs[column, 1] + climb, np.inf)
        best_up, best_down = up.argmin(axis=1), down.argmin(axis=1)
        above, below = loose[:, column, lead, at]
        cost_up, cost_down = up[lead, best_up], down[lead, best_down]
        falls = np.where(falls, cost_down <= cost_up + above, cost_down + below < cost_up)
        at = np.where(falls, best_down, best_up)
        enters[column] = at
    return enters, leaves
