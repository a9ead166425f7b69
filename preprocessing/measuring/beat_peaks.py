"""Which peaks of the leads' evidence are heart beats, and which are T waves, P waves or pacing spikes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy

from preprocessing.traces import RATE_HZ

# A beat is refractory: nothing beats faster than 300 a minute.
REFRACTORY_S = 0.2
# Shares of the page's usual peak: above the first surely a beat, above the second perhaps.
SURE, PERHAPS = 0.6, 0.38
# A broad beat bends this much of what a usual one does at least, and this many times what the page's T waves do. It
# lies this far from its neighbours.
BROAD, BROAD_IN_STRIP, OVER_T_WAVES, APART_S = 0.28, 0.35, 2.5, 0.3


def evident_beats(evidence: np.ndarray) -> np.ndarray:
    """Return the samples of the evidence at which beats stand out, shape (n,), int."""
    found, _ = scipy.signal.find_peaks(np.r_[0, evidence, 0], distance=round(REFRACTORY_S * RATE_HZ))
    found -= 1
    pieces = np.array_split(evidence, max(1, round(evidence.size / (2 * RATE_HZ))))
    usual = float(np.median([piece.max() for piece in pieces]))
    if usual <= 0:
        return np.zeros(0, dtype=int)
    sure = found[evidence[found] > SURE * usual]
    rr_s = float(np.median(np.diff(sure))) / RATE_HZ if sure.size > 2 else 1.0
    t_wave_s = max(0.3, min(0.5, 0.6 * rr_s))
    beats: list[int] = []
    for peak in found[evidence[found] > PERHAPS * usual]:
        if beats:
            gap_s = (peak - beats[-1]) / RATE_HZ
            if gap_s < t_wave_s and evidence[peak] < 0.7 * evidence[beats[-1]]:
                continue
            # A P wave or a pacing spike comes close before and is weaker.
            if gap_s < 0.3 and evidence[beats[-1]] < 0.6 * evidence[peak]:
                beats.pop()
        beats.append(int(peak))
    return np.array(beats, dtype=int)


def with_broad_beats(beats: np.ndarray, evidence: np.ndarray, strips: np.ndarray | None) -> np.ndarray:
    """Add the beats that are too broad to bend much: what stands far above the T waves, in the strips as well.

    Parameters
    ----------
    beats : ndarray, shape (n,), int
        The beats found so far.
    evidence, strips : ndarray, shape (samples,)
        The evidence of all leads and, where there are any, of the strips alone.

    Returns
    -------
    ndarray, shape (n or more,), int
    """
    if beats.size < 4:
        return beats
    apart = round(APART_S * RATE_HZ)
    between = [(a + apart, b - apart) for a, b in pairwise(beats) if b - a > 2 * apart]
    tops = np.array([first + int(evidence[first:last].argmax()) for first, last in between], dtype=int)
    if not tops.size:
        return beats
    usual = float(np.median(evidence[beats]))
    broad = evidence[tops] > max(BROAD * usual, OVER_T_WAVES * float(np.median(evidence[tops])))
    if strips is not None:
        broad &= strips[tops] > BROAD_IN_STRIP * float(np.median(strips[beats]))
    return np.sort(np.r_[beats, tops[broad]])
