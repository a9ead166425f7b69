"""How sharp a picture is."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.picture.config import SHARPNESS
from preprocessing.side_by_side import side_by_side


def sharpness(gray: np.ndarray) -> float:
    """Return the share of a picture's detail that is as fine as its pixels allow; a large one is measured in bands.

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
    height, every = SHARPNESS.band_px, -(-gray.size // SHARPNESS.most_px)
    bands = [gray[top : top + height] for top in range(0, len(gray), every * height)] if every > 1 else [gray]

    def detail(blur_px: float) -> float:
        return float(np.std(np.concatenate([band - scipy.ndimage.gaussian_filter(band, blur_px) for band in bands])))

    coarse, fine = side_by_side(detail, (SHARPNESS.coarse_px, SHARPNESS.fine_px))
    return 1.0 if coarse < SHARPNESS.least_contrast else fine / coarse
