"""How sharp a picture is."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.picture.config import SHARPNESS


def sharpness(gray: np.ndarray) -> float:
    """Return the share of a picture's detail that is as fine as its pixels allow.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float in [0, 1]

    Returns
    -------
    float
        About 0.7 for a scan, 0.2 after a blur of two pixels; 1 for a picture without any detail.

    Examples
    --------
    >>> sharp = np.random.default_rng(0).random((60, 60))
    >>> blurred = scipy.ndimage.gaussian_filter(sharp, 3)
    >>> sharpness(sharp) > 0.9 > 0.3 > sharpness(blurred)
    True
    """
    coarse = float(np.std(gray - scipy.ndimage.gaussian_filter(gray, SHARPNESS.coarse_px)))
    if coarse < SHARPNESS.least_contrast:
        return 1.0
    return float(np.std(gray - scipy.ndimage.gaussian_filter(gray, SHARPNESS.fine_px))) / coarse
