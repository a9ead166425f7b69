"""A recording as the reader would return it from a page: laid out, filtered, drawn with a pen, and read back.

Reading thousands of drawn pages would take hours; what reading changes of a signal is small and is imitated here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.lead_id import LEADS, Role
from preprocessing.traces import RATE_HZ, Trace

SOURCE_RATE_HZ = 100
_UP = RATE_HZ // SOURCE_RATE_HZ


@dataclass(frozen=True)
class PageTraces:
    """How far traces are changed; set by hand, noise and smoothing by traces of drawn pages (models/LOG.md).

    Attributes
    ----------
    bands_hz : tuple
        Passbands of recorders; the narrow one distorts the ST segment.
    layouts : tuple of tuple of int
        Columns of leads, and how many strips of lead II are below.
    together_share : float
        Probability that every column shows the same seconds.
    smoothing_ms, noise_mv : tuple of float
        Range of the pen's and the filter's smoothing, and of noise, as standard deviations.
    gain, lead_gain : float
        Standard deviations of the logarithm of the gain, of the page and of a lead.
    shift_ms : float
        Standard deviation of a column's start.
    lost_share, hidden_ms : float
        Probability that a lead is not read, and the longest stretch that is hidden at its beginning.
    """

    bands_hz: tuple[tuple[float, float], ...] = ((0.67, 25.0), (0.5, 45.0), (0.05, 40.0), (0.5, 35.0))
    layouts: tuple[tuple[int, int], ...] = ((4, 1), (4, 1), (4, 0), (2, 0), (2, 1), (1, 0))
    together_share: float = 0.25
    smoothing_ms: tuple[float, float] = (1.0, 5.0)
    noise_mv: tuple[float, float] = (0.003, 0.012)
    gain: float = 0.03
    lead_gain: float = 0.01
    shift_ms: float = 6.0
    lost_share: float = 0.02
    hidden_ms: float = 60.0


def filtered(mv: np.ndarray, band_hz: tuple[float, float]) -> np.ndarray:
    """Return signals, shape (..., n) at 100 Hz, as a recorder of this passband prints them, above their medians."""
    passband = scipy.signal.butter(1, band_hz, "bandpass", fs=SOURCE_RATE_HZ, output="sos")
    passed = scipy.signal.sosfiltfilt(passband, mv, axis=-1)
    return np.asarray(passed - np.median(passed, axis=-1, keepdims=True))


def page_traces(mv: np.ndarray, rng: np.random.Generator, config: PageTraces | None = None) -> tuple[Trace, ...]:
    """Return the traces of a page that shows ten seconds of twelve leads.

    Parameters
    ----------
    mv : ndarray, shape (12, 1000)
        At 100 Hz, unfiltered.
    rng : Generator
        Draws layout, filter, pen and errors of reading.
    """
    config = config or PageTraces()
    band = config.bands_hz[rng.integers(len(config.bands_hz))]
    signal = scipy.signal.resample_poly(filtered(mv, band), _UP, 1, axis=-1)
    signal = scipy.ndimage.gaussian_filter1d(signal, rng.uniform(*config.smoothing_ms) * RATE_HZ / 1000, axis=-1)
    signal *= np.exp(rng.normal(0, config.gain))
    noise_mv = rng.uniform(*config.noise_mv)
    columns, strips = config.layouts[rng.integers(len(config.layouts))]
    together = columns > 1 and rng.random() < config.together_share
    samples = signal.shape[1] // columns
    places = [(lead, Role.TWELVE_LEAD, at // (len(LEADS) // columns), samples) for at, lead in enumerate(LEADS)]
    places += [("II", Role.RHYTHM, 0, signal.shape[1])] * strips
    shifts = rng.normal(0, config.shift_ms * RATE_HZ / 1000, columns).round().astype(int)
    traces = []
    for lead, role, column, length in places:
        start = 0 if together else column * samples
        at = np.clip(np.arange(length) + start + shifts[column], 0, signal.shape[1] - 1)
        read = signal[LEADS.index(lead), at] * np.exp(rng.normal(0, config.lead_gain))
        read = read + noise_mv * scipy.ndimage.gaussian_filter1d(rng.normal(0, 2, length), 1.5)
        read[: int(rng.uniform(0, config.hidden_ms) * RATE_HZ / 1000)] = np.nan
        if rng.random() < config.lost_share:
            read[:] = np.nan
        quality = float(np.isfinite(read).mean())
        # A page prints the start of a column as if the columns followed each other.
        start_s = column * samples / RATE_HZ
        traces.append(Trace(lead, role, start_s, read.astype(np.float32), quality, (0.0, 0.0), 1.0, 1.0))
    return tuple(traces)
