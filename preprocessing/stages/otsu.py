"""Otsu's threshold, with the whole curve behind it so that a person can see why the cut is where it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 256


@dataclass(frozen=True)
class OtsuCurve:
    """The grey histogram of a picture and what Otsu's method makes of it.

    Attributes
    ----------
    counts : ndarray, shape (256,)
        Pixels in each grey bin.
    centres : ndarray, shape (256,)
        Grey value in [0, 1] in the middle of each bin.
    between_class_variance : ndarray, shape (256,)
        Variance between the two classes when the cut lies just above each bin, in squared grey;
        zero where one class is empty.
    threshold : float
        Grey value in [0, 1] of the best cut; pixels above it count as paper.
    """

    counts: np.ndarray
    centres: np.ndarray
    between_class_variance: np.ndarray
    threshold: float


def otsu_curve(gray: np.ndarray) -> OtsuCurve:
    """Find the grey value that best parts a picture into two classes.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float in [0, 1]
        A picture, left as it is.

    Returns
    -------
    OtsuCurve
        On a picture of one single grey the threshold is that grey.

    Examples
    --------
    >>> import numpy as np
    >>> picture = np.repeat([0.2, 0.2, 0.9, 0.9, 0.9], 5).reshape(5, 5)
    >>> 0.2 <= otsu_curve(picture).threshold < 0.9
    True
    """
    levels = np.clip(np.asarray(gray) * np.float32(BINS), 0, BINS - 1).astype(np.uint8)
    counts = np.bincount(levels.ravel(), minlength=BINS)
    centres = (np.arange(BINS) + 0.5) / BINS
    weight_below = np.cumsum(counts, dtype=np.float64)
    weight_above = weight_below[-1] - weight_below
    sum_below = np.cumsum(counts * centres)
    both = (weight_below > 0) & (weight_above > 0)
    variance = np.zeros(BINS)
    mean_below = sum_below[both] / weight_below[both]
    mean_above = (sum_below[-1] - sum_below[both]) / weight_above[both]
    share = weight_below[both] * weight_above[both] / weight_below[-1] ** 2
    variance[both] = share * (mean_above - mean_below) ** 2
    if not both.any():
        return OtsuCurve(counts, centres, variance, float(centres[levels.flat[0]]))
    # Empty bins between the two classes all give the same variance; the middle of that plateau is the fair cut.
    best = np.flatnonzero(np.isclose(variance, variance.max(), rtol=1e-9, atol=0))
    return OtsuCurve(counts, centres, variance, float((centres[best[0]] + centres[best[-1]]) / 2))
