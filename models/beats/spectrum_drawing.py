"""Spectra of beats as pictures, in the size of the beats' own."""

from __future__ import annotations

import numpy as np

from models.beats.drawing import SHAPE, resized
from preprocessing.spectra import DEPTH_DB, Spectrum, decibels


def spectrum_picture(spectrum: Spectrum, depth_db: float = DEPTH_DB) -> np.ndarray:
    """Draw spectra with low frequencies below and strong parts dark, shape (..., 128, 192), uint8."""
    strength = 1 + decibels(spectrum, depth_db) / depth_db
    grey = np.rint(255 * (1 - strength[..., ::-1, :])).astype(np.uint8)
    return resized(grey, SHAPE)
