"""How sharp a picture is."""

from __future__ import annotations

import numpy as np
import scipy

FINE_PX, COARSE_PX = 1.5, 6.0
LEAST_CONTRAST = 1e-3


def sharpness(gray: np.ndarray) -> float:
    """Return which share of a picture's detail is as fine as its pixels allow.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float in [0, 1]

    Returns
    -------
    float
        About 0.7 for a scan, 0.2 where a blur of two pixels went over it; 1 for a picture without any detail, which
        cannot be blurred.
    """
    coarse = float(np.std(gray - scipy.ndimage.gaussian_filter(gray, COARSE_PX)))
    if coarse < LEAST_CONTRAST:
        return 1.0
    return float(np.std(gray - scipy.ndimage.gaussian_filter(gray, FINE_PX))) / coarse
