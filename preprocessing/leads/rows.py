"""Rows of trace on a page: how many curves lie above each other, and where each of them runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.label_boxes import label_boxes
from preprocessing.leads.config import CLEAR, ROWS, RowDemands
from preprocessing.leads.runs import VerticalRuns, vertical_runs


@dataclass(frozen=True)
class Rows:
    """Rows of trace from the top, all in pixels of the page.

    Attributes
    ----------
    baselines : ndarray, shape (n,), float
        Where most of each row's ink lies.
    left, right : ndarray, shape (n,), float
        First and last column of its trace.
    pieces : tuple of ndarray, each of shape (m, 2), float
        First and last column of each piece of a row that no gap interrupts; empty where they were not measured.
    """

    baselines: np.ndarray
    left: np.ndarray
    right: np.ndarray
    pieces: tuple[np.ndarray, ...] = ()

    def where(self, chosen: np.ndarray | slice) -> Rows:
        """Return a selection of the rows."""
        places = np.arange(self.baselines.size)[chosen]
        pieces = tuple(self.pieces[place] for place in places) if self.pieces else ()
        return Rows(self.baselines[chosen], self.left[chosen], self.right[chosen], pieces)


def row_edges(baselines: np.ndarray) -> list[float]:
    """Return the n + 1 edges of n rows: halfway between neighbours, and as far beyond the first and the last.

    Examples
    --------
    >>> row_edges(np.array([100.0, 200.0, 320.0]))
    [50.0, 150.0, 260.0, 380.0]
    """
    halfway = (baselines[:-1] + baselines[1:]) / 2
    return [float(2 * baselines[0] - halfway[0]), *halfway.tolist(), float(2 * baselines[-1] - halfway[-1])]


def find_rows(mask: np.ndarray, px_per_mm: float, demands: RowDemands | None = None) -> Rows:
    """Find the rows of trace.

    Parameters
    ----------
    mask : ndarray, shape (rows, columns), bool
        The traces of an upright page.
    px_per_mm : float
        Its scale.
    demands : RowDemands, optional
        By default those of clear strokes.

    Notes
    -----
    A trace crosses each column of pixels once. Where all rows are seen, a column has as many runs of ink as there are
    rows, and the k-th from the top is of row k, however high its waves are. Rows that touch or end early have fewer
    runs; a broken stroke has more, but not in many columns.
    """
    demands = CLEAR if demands is None else demands
    step = max(1, int(px_per_mm / ROWS.px_per_mm))
    scale = px_per_mm / step
    small = _long_components(_reduced(mask, step), scale, demands.piece_mm)
    runs = vertical_runs(small)
    baselines = _baselines(runs, scale)
    found = []
    for row, baseline in enumerate(baselines):
        spend()
        pieces = _pieces(_inked(runs, baselines, row, small.shape[1]), scale, demands)
        if pieces is not None:
            found.append(((baseline + 0.5) * step - 0.5, pieces * step + (0, step - 1)))
    middles = np.array([middle for middle, _ in found])
    left, right = (np.array([pieces[end, end] for _, pieces in found], dtype=float) for end in (0, -1))
    return Rows(middles, left, right, tuple(pieces for _, pieces in found))


def _baselines(runs: VerticalRuns, px_per_mm: float) -> np.ndarray:
    """Return the usual height of each row's runs, from the top, in pixels."""
    columns, first, count = np.unique(runs.x, return_index=True, return_counts=True)
    for rows in range(int(count.max(initial=0)), 0, -1):
        whole = first[count == rows]
        if whole.size >= ROWS.whole_share * columns.size:
            places = whole[:, None] + np.arange(rows)
            middles = np.median((runs.top[places] + runs.bottom[places]) / 2, axis=0)
            # A stroke drawn twice, or print that passes for trace, lies closer than rows do.
            apart = np.diff(middles) >= ROWS.pitch_min_mm * px_per_mm
            if apart.all():
                return np.asarray(middles)
    return np.empty(0)


def _inked(runs: VerticalRuns, baselines: np.ndarray, row: int, width: int) -> np.ndarray:
    """Mark the columns in which a row has a run of its own, shape (width,): one that no other row is nearer to."""
    away = np.maximum(0, np.maximum(runs.top[:, None] - baselines, baselines - runs.bottom[:, None]))
    pitch = float(np.diff(baselines).min()) if baselines.size > 1 else np.inf
    own = (away[:, row] <= away.min(axis=1)) & (away[:, row] < ROWS.reach * pitch)
    inked = np.zeros(width, dtype=bool)
    inked[runs.x[own]] = True
    return inked


def _reduced(mask: np.ndarray, step: int) -> np.ndarray:
    """Mark the blocks of `step` by `step` pixels that contain ink."""
    rows, columns = (side // step * step for side in mask.shape)
    # One of the block's rows after the other, then of its columns: an `any` over both takes thirty times as long.
    lines = reduce(np.logical_or, (mask[first:rows:step, :columns] for first in range(step)))
    return np.asarray(reduce(np.logical_or, (lines[:, first::step] for first in range(step))))


def _long_components(mask: np.ndarray, px_per_mm: float, least_mm: float) -> np.ndarray:
    """Keep long connected components. Faded and coarse traces break, so small gaps are bridged first."""
    bridge = max(3, round(ROWS.bridge_mm * px_per_mm))
    labels, count = scipy.ndimage.label(scipy.ndimage.maximum_filter1d(mask, bridge, axis=1), np.ones((3, 3)))
    boxes = label_boxes(labels, count)
    long = np.append(False, boxes[:, 2] - boxes[:, 0] >= least_mm * px_per_mm + bridge - 1)
    kept = np.zeros_like(mask)
    kept[mask] = long[labels[mask]]
    return kept


def _pieces(inked: np.ndarray, px_per_mm: float, demands: RowDemands) -> np.ndarray | None:
    """Return the first and last column of each piece of a row, (n, 2); None if it is too short or too broken."""
    columns = np.flatnonzero(inked)
    if not columns.size:
        return None
    pieces = np.split(columns, np.flatnonzero(np.diff(columns) > ROWS.bridge_mm * px_per_mm) + 1)
    ends = np.array([(piece[0], piece[-1]) for piece in pieces if piece.size >= ROWS.piece_mm * px_per_mm], dtype=float)
    if not ends.size:
        return None
    breaks = np.flatnonzero(ends[1:, 0] - ends[:-1, 1] > demands.gap_mm * px_per_mm) + 1
    chosen = max(np.split(ends, breaks), key=lambda group: float(np.sum(group[:, 1] - group[:, 0])))
    length = chosen[-1, 1] - chosen[0, 0]
    cover = np.sum(chosen[:, 1] - chosen[:, 0] + 1) / (length + 1)
    return np.asarray(chosen) if length > ROWS.length_min * inked.size and cover > demands.cover else None
