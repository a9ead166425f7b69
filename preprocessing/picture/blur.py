"""How sharp a picture is."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.picture.config import SHARPNESS
from preprocessing.side_by_side import side_by_side


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

    def detail(blur_px: float) -> float:
        return float(np.std(gray - scipy.ndimage.gaussian_filter(gray, blur_px)))

    coarse, fine = side_by_side(detail, (SHARPNESS.coarse_px, SHARPNESS.fine_px))
    return 1.0 if coarse < SHARPNESS.least_contrast else fine / coarse
