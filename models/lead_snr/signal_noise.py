"""The signal to noise ratio of a lead that was read against what is printed."""

from __future__ import annotations

import numpy as np

# Of a lead that is missing, or on a page that was refused.
MISSING_DB = -20.0
LEAST_SAMPLES = 20


def snr_db(reference_mv: np.ndarray, mv: np.ndarray | None) -> float:
    """Return the SNR of a signal that was read, from its first sample that was; both at one rate.

    Means are removed; nothing is aligned and no gain is fitted. What is missing at either end counts as zero, gaps
    within are bridged.

    Examples
    --------
    >>> wave = np.sin(np.arange(1000) / 20)
    >>> round(snr_db(wave, np.append(np.full(50, np.nan), 0.9 * wave + 3)))
    20
    >>> round(snr_db(wave, wave[:500]))
    3
    >>> snr_db(wave, None)
    -20.0
    """
    known = np.flatnonzero(np.isfinite(mv)) if mv is not None else np.array([], int)
    if mv is None or known.size < LEAST_SAMPLES:
        return MISSING_DB
    places, since = np.arange(reference_mv.size), known - known[0]
    ended = places > since[-1] + 0.5
    read = np.interp(places, since, mv[known])
    reference = reference_mv - reference_mv[~ended].mean()
    noise = reference - np.where(ended, 0, read - read[~ended].mean())
    return float(10 * np.log10((reference**2).sum() / max((noise**2).sum(), 1e-12)))
