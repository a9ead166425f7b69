"""Whether the limb leads stand in the order that a layout says: Einthoven's law tells the order by itself."""

from __future__ import annotations

import numpy as np

from preprocessing.ink import VerticalRuns
from preprocessing.layout import LeadBox

# The rows of a 6x2 page in Cabrera's order are aVL, I, -aVR, II, aVF, III; these three are I, II and III.
CABRERA_ROWS = (1, 3, 5)
# Rough traces of leads in the stated order break the law by less than this share of their size.
LAW_HOLDS = 0.4


def rough_trace(runs: VerticalRuns, box: LeadBox) -> np.ndarray:
    """Return the middle of a lead's ink in each column of pixels, upwards from its median, NaN where none is.

    Returns
    -------
    ndarray, shape (columns,), float, in pixels
    """
    left, width = round(box.left), round(box.right) - round(box.left)
    middle = (runs.top + runs.bottom) / 2
    inside = runs.where((runs.x >= left) & (runs.x < left + width) & (middle > box.top) & (middle < box.bottom))
    weight = np.bincount(inside.x - left, inside.length, width)
    total = np.bincount(inside.x - left, inside.length * (inside.top + inside.bottom) / 2, width)
    with np.errstate(invalid="ignore"):
        centre = total / weight
    return float(np.nanmedian(centre)) - centre if np.isfinite(centre).any() else centre


def law_broken(first: np.ndarray, second: np.ndarray, third: np.ndarray) -> float:
    """Return by how much II differs from I + III, as a share of the leads' own size; NaN where nothing is inked."""
    residual = second - first - third
    size = np.sqrt(np.nanmean(first**2) + np.nanmean(second**2) + np.nanmean(third**2))
    return float(np.sqrt(np.nanmean(residual**2)) / max(size, 1e-9))


def in_cabrera_order(runs: VerticalRuns, first_column: tuple[LeadBox, ...]) -> bool:
    """Return whether six rows that should be I, II, III, aVR, aVL, aVF obey Einthoven's law as Cabrera has them.

    Parameters
    ----------
    runs : VerticalRuns
        The ink of the page.
    first_column : tuple of LeadBox
        The six limb leads from the top.
    """
    traces = [rough_trace(runs, box) for box in first_column]
    as_named = law_broken(*traces[:3])
    as_cabrera = law_broken(*(traces[row] for row in CABRERA_ROWS))
    return as_named > LAW_HOLDS / 2 and as_cabrera < min(LAW_HOLDS, as_named / 1.5)
