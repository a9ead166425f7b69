"""The power of a signal over time and frequency: Fourier spectrogram and wavelet scalogram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pywt
import scipy

# Names on screen, and what SciPy and PyWavelets call them.
WINDOWS = {
    "Hann": "hann",
    "Hamming": "hamming",
    "Blackman": "blackman",
    "Gaussian": "gaussian",
    "Rectangular": "boxcar",
}
WAVELETS = {
    "Morlet, complex": "cmor1.5-1.0",
    "Morlet, complex, finer in frequency": "cmor4.0-1.0",
    "Morlet": "morl",
    "Mexican hat": "mexh",
    "Gaussian, first derivative": "gaus1",
}
# Peak frequency in cycles a scale, where `pywt.central_frequency` is a quarter off.
CENTRES = {"gaus1": 3**0.5 / (2 * np.pi)}
LOWEST_HZ, HIGHEST_HZ = 1.0, 45.0
# Power this far below the maximum is drawn as paper.
DEPTH_DB = 40.0
# Standard deviation of a Gaussian window over its length.
GAUSSIAN_SHARE = 1 / 6


@dataclass(frozen=True)
class Spectrum:
    """Power over time and frequency.

    Attributes
    ----------
    power : ndarray, shape (..., F, T), float32
        Squared amplitude, mV² up to a factor: constant in the spectrogram, falling with frequency in the scalogram,
        whose wavelets have equal energy. The lowest frequency first.
    frequencies_hz : ndarray, shape (F,)
        Rising.
    times_ms : ndarray, shape (T,)
        From the signal's first sample; rising.
    """

    power: np.ndarray
    frequencies_hz: np.ndarray
    times_ms: np.ndarray

    def between(self, begin_ms: float, end_ms: float) -> Spectrum:
        """Return the part from one time to another, with times from its beginning."""
        kept = (self.times_ms >= begin_ms) & (self.times_ms < end_ms)
        return Spectrum(self.power[..., kept], self.frequencies_hz, self.times_ms[kept] - begin_ms)


def spectrogram(
    mv: np.ndarray,
    rate_hz: float,
    window_ms: float = 130.0,
    overlap: float = 0.9,
    window: str = "Hann",
    highest_hz: float = HIGHEST_HZ,
) -> Spectrum:
    """Return the short-time Fourier spectrogram.

    Parameters
    ----------
    mv : ndarray, shape (..., n)
        Millivolts, without gaps.
    rate_hz : float
    window_ms : float
        Length of the window: longer resolves frequencies better, and times worse.
    overlap : float
        Share of its length by which a window covers the next, 0 to below 1.
    window : str
        One of `WINDOWS`.
    highest_hz : float
        Highest frequency of the result.

    Examples
    --------
    >>> found = spectrogram(np.sin(2 * np.pi * 10 * np.arange(1000) / 500), 500.0, window_ms=400)
    >>> float(found.frequencies_hz[found.power[:, 12].argmax()])
    10.0
    """
    samples = max(round(window_ms * rate_hz / 1000), 4)
    hop = max(round(samples * (1 - overlap)), 1)
    shape = (
        scipy.signal.windows.gaussian(samples, GAUSSIAN_SHARE * samples)
        if window == "Gaussian"
        else scipy.signal.get_window(WINDOWS[window], samples)
    )
    # Zero-padding to four times the length interpolates between frequencies; it adds no information.
    transform = scipy.signal.ShortTimeFFT(shape, hop, rate_hz, mfft=4 * samples, scale_to="magnitude")
    n = mv.shape[-1]
    power = transform.spectrogram(mv, padding="even", axis=-1, p0=0, p1=-(-n // hop))
    kept = transform.f <= highest_hz
    return Spectrum(
        power[..., kept, :].astype(np.float32), transform.f[kept], 1000 * hop / rate_hz * np.arange(power.shape[-1])
    )


def scalogram(
    mv: np.ndarray,
    rate_hz: float,
    wavelet: str = "Morlet, complex",
    scales_n: int = 48,
    lowest_hz: float = LOWEST_HZ,
    highest_hz: float = HIGHEST_HZ,
) -> Spectrum:
    """Return the continuous wavelet scalogram.

    Parameters
    ----------
    mv : ndarray, shape (..., n)
        Millivolts, without gaps.
    rate_hz : float
    wavelet : str
        One of `WAVELETS`.
    scales_n : int
        Number of frequencies, spaced evenly on a logarithmic scale from the lowest to the highest.
    lowest_hz, highest_hz : float
    """
    name = WAVELETS[wavelet]
    frequencies_hz = np.geomspace(lowest_hz, highest_hz, scales_n)
    scales = (CENTRES.get(name) or pywt.central_frequency(name)) * rate_hz / frequencies_hz
    n = mv.shape[-1]
    # Wavelets reach beyond the ends, where the signal is mirrored.
    padded = np.pad(mv, [(0, 0)] * (mv.ndim - 1) + [(n - 1, n - 1)], mode="reflect")
    found, _ = pywt.cwt(padded, scales, name, method="fft", axis=-1)
    power = np.abs(np.moveaxis(found, 0, -2)[..., n - 1 : 2 * n - 1]) ** 2
    return Spectrum(power.astype(np.float32), frequencies_hz, 1000 / rate_hz * np.arange(n))


def decibels(spectrum: Spectrum, depth_db: float = DEPTH_DB) -> np.ndarray:
    """Return the power relative to the maximum, shape (..., F, T), -depth to 0 dB."""
    highest = spectrum.power.max(axis=(-2, -1), keepdims=True)
    share = np.divide(spectrum.power, highest, out=np.zeros_like(spectrum.power), where=highest > 0)
    return np.asarray(np.maximum(10 * np.log10(np.maximum(share, 1e-12)), -depth_db))
