"""Minimal-cost paths along the ink of leads: ink is next to free, background costs its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.budget import spend
from preprocessing.traces.config import PATH

# Cells with less background than this hold ink.
_INKED = 0.5


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
    ink: np.ndarray, bands: list[Band], px_per_mm: float, taken: list[np.ndarray] | None = None
) -> list[Path]:
    """Find the minimal-cost paths of several leads of about the same width at once.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
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
        paths += _paths_together(ink, bands[some], px_per_mm, others, (width, cells, step))
    return paths


def _paths_together(
    ink: np.ndarray,
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
    own = background < _INKED
    for index, (others, top) in enumerate(zip(taken or (), tops, strict=bool(taken))):
        cut = _cut(others, top, top + cells * step, 0, others.shape[1])
        own[: others.shape[1], index] &= ~(cut.reshape(cells, step, -1).max(axis=1) > 0).T
    heights = np.abs(np.arange(cells) - cells // 2) * step
    pitch = np.array([band.pitch for band in bands])[:, None]
    away = (PATH.off_baseline * (heights / pitch) ** 2).astype(np.float32)
    climbs = np.empty_like(background)
    loose = _left_out(background < _INKED, own, step / px_per_mm)
    for some in _blocks(width):
        inked = background[some] < _INKED
        # Where a row has no ink its trace has ended or is hidden, and may return at any height.
        empty = (~inked | (heights > PATH.empty_pitches * pitch)).all(axis=2, keepdims=True)
        climbing = np.where(empty & (heights <= pitch / 2), np.float32(0), PATH.vertical_in_ink + background[some])
        np.cumsum(step / px_per_mm * climbing, axis=2, dtype=np.float32, out=climbs[some])
    steps = (PATH.background * background + away) / np.float32(px_per_mm)
    begin = away.copy()
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        if band.ends is not None:
            first, last = (np.abs(top + np.arange(cells) * step - row) / px_per_mm for row in band.ends)
            begin[index] = first
            steps[band.right - band.left - 1, index] += last
    enters, leaves = _backward(*_forward(steps, loose, climbs, begin), climbs, loose)
    paths = []
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        columns = band.right - band.left
        middle = top + (step - 1) / 2
        paths.append(Path(enters[:columns, index] * step + middle, leaves[:columns, index] * step + middle))
    return paths


def _blocks(columns: int) -> list[slice]:
    """Return slices of columns whose arrays stay in the processor's cache."""
    return [slice(first, first + PATH.columns_at_once) for first in range(0, columns, PATH.columns_at_once)]


def _cut(ink: np.ndarray, top: int, bottom: int, left: int, right: int) -> np.ndarray:
    """Cut a rectangle, with background beyond the edge of the picture."""
    rows = slice(max(0, top), min(ink.shape[0], bottom))
    cut = np.zeros((bottom - top, right - left), dtype=np.float32)
    cut[rows.start - top : rows.stop - top] = ink[rows, left:right]
    return cut


def _left_out(inked: np.ndarray, own: np.ndarray, cell_mm: float) -> np.ndarray:
    """Return what it costs to leave out the lead's own cells above and below each inked cell, up to the background.

    Parameters
    ----------
    inked, own : ndarray, shape (columns, leads, cells), bool
    cell_mm : float
        Height of a cell.

    Returns
    -------
    ndarray, shape (columns, 2, leads, cells), float32
        Of those above from the last cell to the first, of those below from the first to the last.
    """
    columns, leads, cells = inked.shape
    cost = np.zeros((columns, 2, leads, cells), dtype=np.float32)
    # Few cells hold ink: they alone are counted, run by run.
    places = np.flatnonzero(inked)
    starts = np.flatnonzero((np.diff(places, prepend=-2) != 1) | (places % cells == 0))
    if not starts.size:
        return cost
    through = np.cumsum(own.ravel()[places])
    lengths = np.diff(starts, append=places.size)
    before = np.repeat(through[starts] - own.ravel()[places[starts]], lengths)
    last = np.repeat(through[starts + lengths - 1], lengths)
    above, below = through - own.ravel()[places] - before, last - through
    line, cell = np.divmod(places, cells)
    column, lead = np.divmod(line, leads)
    for way, at, count in ((0, cells - 1 - cell, above), (1, cell, below)):
        left_out_mm = count.astype(np.float32) * cell_mm - PATH.pen_mm
        cost[column, way, lead, at] = PATH.left_out * np.clip(left_out_mm, 0, PATH.left_out_max_mm)
    return cost


def _forward(
    steps: np.ndarray, loose: np.ndarray, climbs: np.ndarray, cost: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Sum the minimal costs from the first column to the last, for paths that rise and for paths that fall.

    Parameters
    ----------
    steps : ndarray, shape (columns, leads, cells)
        Cost of the step from each cell to the next column.
    loose : ndarray, shape (columns, 2, leads, cells)
        Cost of the ink above and below each cell for a path that leaves it out.
    climbs : ndarray, shape (columns, leads, cells)
        Cost of each column from its top down to each cell.
    cost : ndarray, shape (leads, cells)
        Cost of beginning at each cell.

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
    entered = np.empty_like(loose)
    left = np.stack([cost[:, ::-1], cost])
    ways, turned = np.empty_like(left), np.empty_like(left)
    for some in _blocks(len(loose)):
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


def _backward(
    entered: np.ndarray, left: np.ndarray, climbs: np.ndarray, loose: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells at which the minimal-cost paths enter and leave each column, each (columns, leads)."""
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
