"""Peaks of the evidence that are heart beats, distinguished from T waves, P waves and pacing spikes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy

from preprocessing.measuring.config import BEATS
from preprocessing.traces import RATE_HZ


def evident_beats(evidence: np.ndarray) -> np.ndarray:
    """Return the samples of distinct beats, shape (n,), int."""
    found, _ = scipy.signal.find_peaks(np.r_[0, evidence, 0], distance=round(BEATS.refractory_s * RATE_HZ))
    found -= 1
    pieces = np.array_split(evidence, max(1, round(evidence.size / (BEATS.level_s * RATE_HZ))))
    usual = float(np.median([piece.max() for piece in pieces]))
    if usual <= 0:
        return np.zeros(0, dtype=int)
    sure = found[evidence[found] > BEATS.sure * usual]
    rr_s = float(np.median(np.diff(sure))) / RATE_HZ if sure.size > 2 else 1.0
    t_wave_s = max(BEATS.t_wave_min_s, min(BEATS.t_wave_max_s, BEATS.t_wave_rr_share * rr_s))
    beats: list[int] = []
    for peak in found[evidence[found] > BEATS.possible * usual]:
        if beats:
            gap_s = (peak - beats[-1]) / RATE_HZ
            if gap_s < t_wave_s and evidence[peak] < BEATS.t_wave_share * evidence[beats[-1]]:
                continue
            # A P wave or a pacing spike comes shortly before and is weaker.
            if gap_s < BEATS.before_s and evidence[beats[-1]] < BEATS.before_share * evidence[peak]:
                beats.pop()
        beats.append(int(peak))
    return np.array(beats, dtype=int)


def with_broad_beats(beats: np.ndarray, evidence: np.ndarray, strips: np.ndarray | None) -> np.ndarray:
    """Add beats that are too broad to have much curvature: peaks far above the T waves, in the strips as well.

    Parameters
    ----------
    beats : ndarray, shape (n,), int
        The beats found so far.
    evidence, strips : ndarray, shape (samples,)
        The evidence of all leads and, if there are any, of the strips alone.

    Returns
    -------
    ndarray, shape (n or more,), int
    """
    if beats.size < BEATS.broad_beats_min:
        return beats
    apart = round(BEATS.broad_apart_s * RATE_HZ)
    between = [(a + apart, b - apart) for a, b in pairwise(beats) if b - a > 2 * apart]
    tops = np.array([first + int(evidence[first:last].argmax()) for first, last in between], dtype=int)
    if not tops.size:
        return beats
    usual = float(np.median(evidence[beats]))
    broad = evidence[tops] > max(BEATS.broad * usual, BEATS.over_t_waves * float(np.median(evidence[tops])))
    if strips is not None:
        broad &= strips[tops] > BEATS.broad_in_strip * float(np.median(strips[beats]))
    return np.sort(np.r_[beats, tops[broad]])
