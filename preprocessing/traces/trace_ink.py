"""How surely each pixel belongs to a trace, also where leads begin and end beside pulses and dividers."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.leads import Layout
from preprocessing.traces.config import INK


def trace_ink(
    trace: np.ndarray, printed: np.ndarray, beside: np.ndarray, layout: Layout, px_per_mm: float
) -> np.ndarray:
    """Return the ink that paths follow.

    Parameters
    ----------
    trace, printed, beside : ndarray, shape (rows, columns), float in [0, 1]
        Share of each pixel that traces, print, and pulses and dividers cover.
    layout : Layout
    px_per_mm : float

    Returns
    -------
    ndarray, shape (rows, columns), float in [0, 1]

    Notes
    -----
    Close to a pulse or a divider the network cannot tell its last millimetres from the trace that it touches, and gives
    each of them a part. There both count, but for the columns that an upright stroke fills and for the top of a pulse.
    Print that shines through does not count anywhere.
    """
    ink = trace.astype(np.float32)
    ink[(printed > INK.level) & (trace < INK.level)] = 0
    reach_px, upright_px = INK.beside_mm * px_per_mm, INK.upright_mm * px_per_mm
    for box in layout.boxes:
        rows = slice(max(0, round(box.top)), round(box.bottom))
        level = _usual_row(trace[rows, max(0, round(box.left)) : round(box.right)], px_per_mm)
        for left, right in ((box.left + 1, box.left + reach_px), (box.right - reach_px, box.right - 1)):
            columns = slice(max(0, round(left)), max(0, round(right)))
            both = np.minimum(trace[rows, columns] + beside[rows, columns], 1)
            both[:, beside[rows, columns].sum(axis=0) > upright_px] = 0
            both[printed[rows, columns] > INK.level] = 0
            np.maximum(ink[rows, columns], both, out=ink[rows, columns])
            ink[rows, columns][_top_of_pulse(beside[rows, columns] + printed[rows, columns], level, px_per_mm)] = 0
    return ink


def _usual_row(trace: np.ndarray, px_per_mm: float) -> int:
    """Return the row of a box around which most of its trace lies."""
    profile = scipy.ndimage.uniform_filter1d(trace.sum(axis=1), max(1, round(INK.usual_row_mm * px_per_mm)))
    return int(profile.argmax()) if profile.size else 0


def _top_of_pulse(others: np.ndarray, level: int, px_per_mm: float) -> np.ndarray:
    """Mark the level stroke that the top of a pulse is, far from the row in which the lead usually lies."""
    along_px = max(1, round(INK.lying_mm * px_per_mm))
    lying = scipy.ndimage.uniform_filter1d(others, along_px, axis=1) > INK.level
    lying[np.abs(np.arange(len(lying)) - level) < INK.pulse_min_mm * px_per_mm] = False
    return np.asarray(scipy.ndimage.binary_dilation(lying, iterations=INK.edge_px))
