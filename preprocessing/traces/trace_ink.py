"""How surely each pixel belongs to a trace, also where leads begin and end beside pulses and dividers."""

from __future__ import annotations

import numpy as np

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
    each of them a part. There both count, but for the columns that an upright stroke fills. Print that shines through
    does not count anywhere.
    """
    ink = np.where((printed > INK.level) & (trace < INK.level), 0, trace).astype(np.float32)
    reach_px, upright_px = INK.beside_mm * px_per_mm, INK.upright_mm * px_per_mm
    for box in layout.boxes:
        rows = slice(max(0, round(box.top)), round(box.bottom))
        for left, right in ((box.left + 1, box.left + reach_px), (box.right - reach_px, box.right - 1)):
            columns = slice(max(0, round(left)), max(0, round(right)))
            both = np.minimum(trace[rows, columns] + beside[rows, columns], 1)
            both[:, beside[rows, columns].sum(axis=0) > upright_px] = 0
            both[printed[rows, columns] > INK.level] = 0
            np.maximum(ink[rows, columns], both, out=ink[rows, columns])
    return ink
