"""Rows of trace on a page: bands with one long line of ink from left to right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.leads.config import CLEAR, ROWS, RowDemands
from preprocessing.leads.runs import vertical_runs


@dataclass(frozen=True)
class Rows:
    """Rows of trace from the top, all in pixels of the page.

    Attributes
    ----------
    baselines : ndarray, shape (n,), float
        Where most of each row's ink lies.
    left, right : ndarray, shape (n,), float
        First and last column of its ink, calibration pulses included.
    """

    baselines: np.ndarray
    left: np.ndarray
    right: np.ndarray

    def where(self, chosen: np.ndarray | slice) -> Rows:
        """Return a selection of the rows."""
        return Rows(self.baselines[chosen], self.left[chosen], self.right[chosen])


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
        The strokes of an upright page.
    px_per_mm : float
        Its scale.
    demands : RowDemands, optional
        By default those of clear strokes.

    Notes
    -----
    A row is accepted when one line of ink covers nearly all of its length; lettering and dots do not count.
    """
    demands = CLEAR if demands is None else demands
    step = max(1, int(px_per_mm / ROWS.px_per_mm))
    small = _reduced(mask, step)
    scale = px_per_mm / step
    height, width = small.shape
    runs = vertical_runs(_long_components(small, scale, demands.piece_mm))
    thin = runs.where(runs.length < max(2, ROWS.thin_mm * scale))
    centre = (thin.top + thin.bottom) / 2
    line = np.rint(centre).astype(int)
    # A ruled line stays on one row of pixels across the page; a trace does not.
    straight = np.bincount(line, minlength=height) > ROWS.rule_share * width
    kept = ~straight[line]
    x, centre, line = thin.x[kept], centre[kept], line[kept]
    profile = scipy.ndimage.gaussian_filter1d(np.bincount(line, minlength=height).astype(float), ROWS.smooth_mm * scale)
    peaks, _ = scipy.signal.find_peaks(
        profile, distance=max(1, round(ROWS.pitch_min_mm * scale)), height=ROWS.peak_min * profile.max()
    )
    found = []
    for peak in peaks:
        spend()
        strokes = np.bincount(x[np.abs(centre - peak) < ROWS.word_mm * scale], minlength=width)
        inked = np.zeros(width, dtype=bool)
        inked[runs.x[(runs.top < peak + ROWS.reach_mm * scale) & (runs.bottom > peak - ROWS.reach_mm * scale)]] = True
        is_line = (strokes == 1).sum() > ROWS.line_share * (strokes > 0).sum()
        extent = _extent(inked, scale, demands) if is_line else None
        if extent is not None:
            found.append(((peak + 0.5) * step - 0.5, extent[0] * step, (extent[1] + 1) * step - 1))
    baselines, left, right = np.array(found, dtype=float).reshape(-1, 3).T
    return Rows(baselines, left, right)


def _reduced(mask: np.ndarray, step: int) -> np.ndarray:
    """Mark the blocks of `step` by `step` pixels that contain ink."""
    rows, columns = (side // step * step for side in mask.shape)
    blocks: np.ndarray = mask[:rows, :columns].reshape(rows // step, step, columns // step, step)
    return np.asarray(np.any(blocks, axis=(1, 3)))


def _long_components(mask: np.ndarray, px_per_mm: float, least_mm: float) -> np.ndarray:
    """Keep long connected components. Faded and coarse traces break, so small gaps are bridged first."""
    bridge = max(3, round(ROWS.bridge_mm * px_per_mm))
    labels, _ = scipy.ndimage.label(scipy.ndimage.maximum_filter1d(mask, bridge, axis=1), np.ones((3, 3)))
    least = least_mm * px_per_mm + bridge - 1
    long = np.array([False, *(piece[1].stop - piece[1].start >= least for piece in scipy.ndimage.find_objects(labels))])
    return np.asarray(mask & long[labels])


def _extent(inked: np.ndarray, px_per_mm: float, demands: RowDemands) -> tuple[int, int] | None:
    """Return the first and last column of the longest stretch of ink; None if it is too short or too broken."""
    if not inked.any():
        return None
    columns = np.flatnonzero(inked)
    pieces = np.split(columns, np.flatnonzero(np.diff(columns) > demands.gap_mm * px_per_mm) + 1)
    first, last = max(((int(piece[0]), int(piece[-1])) for piece in pieces), key=lambda ends: ends[1] - ends[0])
    closed = scipy.ndimage.binary_closing(
        inked[first : last + 1], np.ones(1 + 2 * round(ROWS.steep_gap_mm * px_per_mm / 2))
    )
    enough = last - first > ROWS.length_min * inked.size and closed.mean() > demands.cover
    return (first, last) if enough else None
