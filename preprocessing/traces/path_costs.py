"""What the paths of leads cost: ink is next to free, background costs its length, and so does ink that is left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
class Cells:
    """The cells in which paths are found: `columns` of `count` cells, each `step` pixels high."""

    columns: int
    count: int
    step: int

    def top_of(self, band: Band) -> int:
        """Return the first row of a band's first cell, in pixels."""
        return round(band.baseline) - (self.count // 2) * self.step - self.step // 2

    def most(self, shares: np.ndarray, top: int, left: int, right: int) -> np.ndarray:
        """Return the most that each cell between two columns holds, shape (columns, cells).

        Beyond the picture there is nothing.
        """
        bottom = top + self.count * self.step
        rows = slice(max(0, top), min(shares.shape[0], bottom))
        cut = np.zeros((bottom - top, right - left), dtype=shares.dtype)
        cut[rows.start - top : rows.stop - top] = shares[rows, left:right]
        return np.asarray(cut.reshape(self.count, self.step, -1).max(axis=1).T)


@dataclass(frozen=True)
class PathCosts:
    """What paths of some leads cost, in millimetres of vertical background.

    Attributes
    ----------
    steps : ndarray, shape (columns, leads, cells)
        Cost of the step from each cell to the next column.
    loose : ndarray, shape (columns, 2, leads, cells)
        Cost of the ink above and below each cell for a path that leaves it out.
    climbs : ndarray, shape (columns, leads, cells)
        Cost of each column from its top down to each cell.
    begin : ndarray, shape (leads, cells)
        Cost of beginning at each cell.
    """

    steps: np.ndarray
    loose: np.ndarray
    climbs: np.ndarray
    begin: np.ndarray


def path_costs(
    ink: np.ndarray,
    in_names: np.ndarray,
    bands: list[Band],
    px_per_mm: float,
    taken: list[np.ndarray] | None,
    grid: Cells,
) -> PathCosts:
    """Return what the paths of some leads cost in these cells; the other parameters are those of `ink_paths`."""
    tops = [grid.top_of(band) for band in bands]
    background = np.ones((grid.columns, len(bands), grid.count), dtype=np.float32)
    named = np.zeros(background.shape, dtype=bool)
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        of_band = slice(0, band.right - band.left), index
        background[of_band] = 1 - np.minimum(grid.most(ink, top, band.left, band.right) / PATH.full_ink, 1)
        named[of_band] = grid.most(in_names, top, band.left, band.right)
    own = background < _INKED
    inked = own | named
    for index, (others, top) in enumerate(zip(taken or (), tops, strict=bool(taken))):
        own[: others.shape[1], index] &= ~grid.most(others, top, 0, others.shape[1])
    loose = _left_out(inked, own, grid.step / px_per_mm)
    heights = np.abs(np.arange(grid.count) - grid.count // 2) * grid.step
    pitch = np.array([band.pitch for band in bands])[:, None]
    away = (PATH.off_baseline * (heights / pitch) ** 2).astype(np.float32)
    outside, near = heights > PATH.empty_pitches * pitch, heights <= pitch / 2
    climbs = np.empty_like(background)
    for some in blocks(grid.columns):
        crossed = np.where(named[some], np.minimum(background[some], PATH.vertical_in_name), background[some])
        # Where a row has no ink its trace has ended or is hidden, and may return at any height.
        empty = ((background[some] >= _INKED) | outside).all(axis=2, keepdims=True)
        climbing = np.where(empty & near, np.float32(0), PATH.vertical_in_ink + crossed)
        np.cumsum(grid.step / px_per_mm * climbing, axis=2, dtype=np.float32, out=climbs[some])
    np.maximum(background, PATH.along_name, out=background, where=named)
    steps = (PATH.background * background + away) / np.float32(px_per_mm)
    begin = away.copy()
    for index, (band, top) in enumerate(zip(bands, tops, strict=True)):
        if band.ends is not None:
            first, last = (np.abs(top + np.arange(grid.count) * grid.step - row) / px_per_mm for row in band.ends)
            begin[index] = first
            steps[band.right - band.left - 1, index] += last
    return PathCosts(steps, loose, climbs, begin)


def blocks(columns: int) -> list[slice]:
    """Return slices of columns whose arrays stay in the processor's cache."""
    return [slice(first, first + PATH.columns_at_once) for first in range(0, columns, PATH.columns_at_once)]


def _left_out(inked: np.ndarray, own: np.ndarray, cell_mm: float) -> np.ndarray:
    """Return what it costs to leave out the lead's own cells above and below each inked cell, up to the background.

    Parameters
    ----------
    inked, own : ndarray, shape (columns, leads, cells), bool
        Where ink is or may be hidden, and ink that no other lead is known to own.
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
