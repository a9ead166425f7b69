"""What a lead's beginning leaves of it: one that starts milliseconds off is misread however well it is followed."""

from __future__ import annotations

import numpy as np

from preprocessing.traces import RATE_HZ, Trace
from preprocessing.trust.config import LEAD_SNR


def beginning_db(trace: Trace) -> float:
    """Return the signal to noise ratio that a lead has at most, dB, as far as its beginning is unsure or unread."""
    read = np.flatnonzero(np.isfinite(trace.mv))
    if not read.size:
        return LEAD_SNR.range_db[0]
    mv = np.interp(np.arange(read[0], trace.mv.size), read, trace.mv[read].astype(float))
    unsure_db = left_db(mv, trace.clock_spread_s * RATE_HZ)
    return min(LEAD_SNR.clock_slope * unsure_db + LEAD_SNR.clock_offset_db, left_db(mv, float(read[0])))


def left_db(mv: np.ndarray, shift: float) -> float:
    """Return the ratio in dB of a signal to its difference from itself, shifted by so many samples.

    Examples
    --------
    >>> wave = np.sin(np.arange(1000) / 20)
    >>> [round(left_db(wave, shift)) for shift in (0.5, 2, 20)]
    [32, 20, 0]
    """
    places = np.arange(int(np.ceil(shift)), mv.size)
    if not places.size:
        return LEAD_SNR.range_db[0]
    off = mv[places] - np.interp(places - shift, np.arange(mv.size), mv)
    ratio = np.square(mv - mv.mean()).mean() / max(float(np.square(off).mean()), 1e-12)
    return float(np.clip(10 * np.log10(max(ratio, 1e-12)), *LEAD_SNR.range_db))
