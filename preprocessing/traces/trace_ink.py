"""How surely each pixel belongs to a trace, also where leads begin and end beside pulses and dividers."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.leads import Layout
from preprocessing.traces.config import INK


def coloured_ink(sure: np.ndarray, colour: np.ndarray, printed: np.ndarray, layout: Layout) -> np.ndarray:
    """Return the ink with edges as fine as the page's own pixels, where its colour tells strokes from paper and grid.

    Parameters
    ----------
    sure : ndarray, shape (rows, columns), float in [0, 1]
        Of `trace_ink`.
    colour : ndarray, shape (rows, columns), float in [0, 1]
        How much of each pixel print covers by its colour: `Page.ink`.
    printed : ndarray, shape (rows, columns), float in [0, 1]
        Share of each pixel that print other than traces covers.
    layout : Layout

    Returns
    -------
    ndarray, shape (rows, columns), float in [0, 1]
        `colour` close to traces and nothing elsewhere; `sure` itself on pages whose grid is as dark as the traces.
    """
    rows = slice(max(0, round(min(box.top for box in layout.boxes))), round(max(box.bottom for box in layout.boxes)))
    columns = slice(max(0, round(min(box.left for box in layout.boxes))), round(max(box.right for box in layout.boxes)))
    stroke, blank = sure[rows, columns] > INK.surely, (sure[rows, columns] < INK.palest_level)
    blank &= printed[rows, columns] < INK.palest_level
    if not stroke.any() or not blank.any():
        return sure
    in_stroke = float(colour[rows, columns][stroke].mean())
    in_blank = float((colour[rows, columns][blank] > INK.level * in_stroke).mean())
    if in_stroke < INK.stroke_colour or in_blank > INK.grid_as_dark:
        return sure
    near = scipy.ndimage.maximum_filter(sure, 2 * INK.gate_px + 1)
    return np.asarray(colour * np.minimum(near * INK.gate_gain, 1), np.float32)


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
