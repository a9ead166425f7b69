"""Otsu's threshold, with the whole curve of between-class variance that shows why it lies where it does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 256


@dataclass(frozen=True)
class OtsuCurve:
    """The grey-level histogram of a picture and Otsu's criterion over it.

    Attributes
    ----------
    counts : ndarray, shape (256,)
        Pixels in each bin.
    centres : ndarray, shape (256,)
        Grey level in [0, 1] in the middle of each bin.
    between_class_variance : ndarray, shape (256,)
        Variance between the two classes when the threshold lies just above each bin, in squared grey level; zero where
        one class is empty.
    threshold : float
        Grey level in [0, 1] of the best threshold; pixels above it are background.
    """

    counts: np.ndarray
    centres: np.ndarray
    between_class_variance: np.ndarray
    threshold: float


def otsu_curve(gray: np.ndarray) -> OtsuCurve:
    """Find the grey level that best separates a picture into two classes.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float in [0, 1]

    Returns
    -------
    OtsuCurve
        On a picture of a single grey level the threshold is that level.

    Notes
    -----
    `skimage.filters.threshold_otsu` returns the threshold alone, over a histogram that spans the picture's own range.
    The app draws the whole curve over a fixed grey axis, and the threshold must be its maximum, so both are computed
    here; tests compare the result with scikit-image's.

    References
    ----------
    N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on Systems, Man, and
    Cybernetics 9 (1979) 62-66.

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
    two_classes = (weight_below > 0) & (weight_above > 0)
    variance = np.zeros(BINS)
    mean_below = sum_below[two_classes] / weight_below[two_classes]
    mean_above = (sum_below[-1] - sum_below[two_classes]) / weight_above[two_classes]
    share = weight_below[two_classes] * weight_above[two_classes] / weight_below[-1] ** 2
    variance[two_classes] = share * (mean_above - mean_below) ** 2
    if not two_classes.any():
        return OtsuCurve(counts, centres, variance, float(centres[levels.flat[0]]))
    # Empty bins between the two classes all give the same variance; the threshold is the middle of that plateau.
    best = np.flatnonzero(np.isclose(variance, variance.max(), rtol=1e-9, atol=0))
    return OtsuCurve(counts, centres, variance, float((centres[best[0]] + centres[best[-1]]) / 2))
