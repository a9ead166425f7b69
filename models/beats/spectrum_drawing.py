"""Spectra of beats as pictures, in the size of the beats' traces."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.beats.drawing import SHAPE, resized
from models.beats.drawn_signal import DRAWN_RATE_HZ, drawn_signal
from models.beats.recordings import AFTER_MS, BEFORE_MS, MARGIN_MS
from models.beats.spectra import DEPTH_DB, Spectrum, decibels, scalogram, spectrogram

TRANSFORMS: dict[str, Callable[[np.ndarray, float], Spectrum]] = {"spectrogram": spectrogram, "scalogram": scalogram}


def beat_spectrum_picture(kind: str, mv: np.ndarray, rate_hz: float) -> np.ndarray:
    """Draw the spectrum of beats, shape (..., 128, 192), uint8.

    Parameters
    ----------
    kind : str
        One of `TRANSFORMS`.
    mv : ndarray, shape (..., n), float32
        From `MARGIN_MS` before a beat's window to `MARGIN_MS` after it, without gaps.
    rate_hz : float
    """
    level = mv - np.median(mv, axis=-1, keepdims=True)
    found = TRANSFORMS[kind](level, rate_hz)
    return spectrum_picture(found.between(MARGIN_MS, MARGIN_MS + BEFORE_MS + AFTER_MS))


def six_spectrum_picture(kind: str, pictures: np.ndarray) -> np.ndarray:
    """Draw the spectrum of beats that are drawn as the published pictures of six classes, shape (n, 128, 192), uint8.

    The signal is read back from the picture; it has no margin, so the transforms mirror it at its ends.

    Parameters
    ----------
    kind : str
        One of `TRANSFORMS`.
    pictures : ndarray, shape (n, 128, 192), uint8
    """
    mv = drawn_signal(pictures)
    return spectrum_picture(TRANSFORMS[kind](mv - np.median(mv, axis=-1, keepdims=True), DRAWN_RATE_HZ))


def spectrum_picture(spectrum: Spectrum, depth_db: float = DEPTH_DB) -> np.ndarray:
    """Draw spectra with low frequencies at the bottom and high power dark, shape (..., 128, 192), uint8."""
    strength = 1 + decibels(spectrum, depth_db) / depth_db
    grey = np.rint(255 * (1 - strength[..., ::-1, :])).astype(np.uint8)
    return resized(grey, SHAPE)
