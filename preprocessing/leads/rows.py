"""The rows of trace on a page: bands that one long line of ink runs through from left to right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.leads.runs import vertical_runs

# Rows are looked for at about this scale: finer detail says nothing about them.
PX_PER_MM = 4.0
BRIDGE_MM = 0.8
# A line crosses a column once, letters within this distance do so several times.
WORD_MM, LINE_SHARE = 3.0, 0.7
# Thin runs make a trace's level parts; its steep ones are longer.
THIN_MM = 1.2
RULE_SHARE = 0.7
SMOOTH_MM, LEAST_PITCH_MM, REACH_MM = 0.8, 7.5, 8.0
LEAST_PEAK = 0.12
# Thin runs are missing where strokes are steep.
STEEP_GAP_MM = 2.0
LEAST_SHARE = 0.3


@dataclass(frozen=True)
class Demands:
    """What makes a line of ink a row of trace.

    Attributes
    ----------
    piece_mm : float
        Ink in shorter pieces is left out. Letters end sooner than a trace does.
    gap_mm : float
        A wider gap ends the row.
    cover : float
        The least share of its columns that is inked.
    """

    piece_mm: float = 4.0
    gap_mm: float = 10.0
    cover: float = 0.8


CLEAR = Demands()
FADED = Demands(piece_mm=0.8, gap_mm=16.0, cover=0.6)


@dataclass(frozen=True)
class Rows:
    """Rows of trace from the top, all in pixels of the page.

    Attributes
    ----------
    baselines : ndarray, shape (n,), float
        Where each row's ink mostly runs.
    left, right : ndarray, shape (n,), float
        The first and the last column of its ink, a calibration pulse included.
    """

    baselines: np.ndarray
    left: np.ndarray
    right: np.ndarray

    def where(self, chosen: np.ndarray | slice) -> Rows:
        """Return some of the rows."""
        return Rows(self.baselines[chosen], self.left[chosen], self.right[chosen])


def row_edges(baselines: np.ndarray) -> list[float]:
    """Return the n + 1 edges of n rows: halfway between two, and as far beyond the first and the last.

    Examples
    --------
    >>> row_edges(np.array([100.0, 200.0, 320.0]))
    [50.0, 150.0, 260.0, 380.0]
    """
    halfway = (baselines[:-1] + baselines[1:]) / 2
    return [float(2 * baselines[0] - halfway[0]), *halfway.tolist(), float(2 * baselines[-1] - halfway[-1])]


def find_rows(mask: np.ndarray, px_per_mm: float, demands: Demands = CLEAR) -> Rows:
    """Find the rows of trace.

    Parameters
    ----------
    mask : ndarray, shape (rows, columns), bool
        The strokes of an upright page.
    px_per_mm : float
        Its scale.
    demands : Demands

    Notes
    -----
    A row counts when one line of ink covers nearly all of its length without words and dots having a part in it.
    """
    step = max(1, int(px_per_mm / PX_PER_MM))
    small = _reduced(mask, step)
    scale = px_per_mm / step
    height, width = small.shape
    runs = vertical_runs(_long_pieces(small, scale, demands.piece_mm))
    thin = runs.where(runs.length < max(2, THIN_MM * scale))
    centre = (thin.top + thin.bottom) / 2
    line = np.rint(centre).astype(int)
    # A rule keeps to one row of pixels across the page, which no trace does.
    straight = np.bincount(line, minlength=height) > RULE_SHARE * width
    kept = ~straight[line]
    x, centre, line = thin.x[kept], centre[kept], line[kept]
    profile = scipy.ndimage.gaussian_filter1d(np.bincount(line, minlength=height).astype(float), SMOOTH_MM * scale)
    peaks, _ = scipy.signal.find_peaks(
        profile, distance=max(1, round(LEAST_PITCH_MM * scale)), height=LEAST_PEAK * profile.max()
    )
    found = []
    for peak in peaks:
        strokes = np.bincount(x[np.abs(centre - peak) < WORD_MM * scale], minlength=width)
        inked = np.zeros(width, dtype=bool)
        inked[runs.x[(runs.top < peak + REACH_MM * scale) & (runs.bottom > peak - REACH_MM * scale)]] = True
        extent = _extent(inked, scale, demands) if (strokes == 1).sum() > LINE_SHARE * (strokes > 0).sum() else None
        if extent is not None:
            found.append(((peak + 0.5) * step - 0.5, extent[0] * step, (extent[1] + 1) * step - 1))
    baselines, left, right = np.array(found, dtype=float).reshape(-1, 3).T
    return Rows(baselines, left, right)


def _reduced(mask: np.ndarray, step: int) -> np.ndarray:
    """Mark the blocks of `step` by `step` pixels that hold ink."""
    rows, columns = (side // step * step for side in mask.shape)
    blocks: np.ndarray = mask[:rows, :columns].reshape(rows // step, step, columns // step, step)
    return np.any(blocks, axis=(1, 3))


def _long_pieces(mask: np.ndarray, px_per_mm: float, least_mm: float) -> np.ndarray:
    """Keep the pieces of connected ink that are long; faded and coarse traces break, and their gaps count as ink."""
    bridge = max(3, round(BRIDGE_MM * px_per_mm))
    names, _ = scipy.ndimage.label(scipy.ndimage.maximum_filter1d(mask, bridge, axis=1), np.ones((3, 3)))
    least = least_mm * px_per_mm + bridge - 1
    long = np.array([False, *(piece[1].stop - piece[1].start >= least for piece in scipy.ndimage.find_objects(names))])
    return np.asarray(mask & long[names])


def _extent(inked: np.ndarray, px_per_mm: float, demands: Demands) -> tuple[int, int] | None:
    """Return the first and last column of the longest stretch of ink, None where it is too short or too broken."""
    if not inked.any():
        return None
    columns = np.flatnonzero(inked)
    pieces = np.split(columns, np.flatnonzero(np.diff(columns) > demands.gap_mm * px_per_mm) + 1)
    first, last = max(((int(piece[0]), int(piece[-1])) for piece in pieces), key=lambda ends: ends[1] - ends[0])
    closed = scipy.ndimage.binary_closing(inked[first : last + 1], np.ones(1 + 2 * round(STEEP_GAP_MM * px_per_mm / 2)))
    enough = last - first > LEAST_SHARE * inked.size and closed.mean() > demands.cover
    return (first, last) if enough else None
