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


def without_t_waves(beats: np.ndarray, evidence: np.ndarray) -> np.ndarray:
    """Drop peaks as high as beats that halve the usual interval unevenly, close behind a higher one: T waves.

    Parameters
    ----------
    beats : ndarray, shape (n,), int
    evidence : ndarray, shape (samples,)

    Returns
    -------
    ndarray, shape (n or fewer,), int
    """
    if beats.size < 3:
        return beats
    before, after = np.diff(beats)[:-1], np.diff(beats)[1:]
    early = (before < BEATS.t_wave_early_s * RATE_HZ) & (after > BEATS.t_wave_late * before)
    early &= evidence[beats[1:-1]] < evidence[beats[:-2]]
    usual = float(np.median(np.diff(beats[~np.r_[False, early, False]])))
    early &= np.abs((before + after) / usual - 1) < BEATS.t_wave_rr
    return np.asarray(beats[~np.r_[False, early, False]])


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
    apart, rr = round(BEATS.broad_apart_s * RATE_HZ), np.diff(beats)
    regular = np.abs(rr / np.median(rr) - 1) < BEATS.broad_regular_rr
    share = np.where(regular, BEATS.broad_regular, BEATS.broad)
    wide = rr > 2 * apart
    if not wide.any():
        return beats
    between = [(a + apart, b - apart) for a, b in pairwise(beats) if b - a > 2 * apart]
    tops = np.array([first + int(evidence[first:last].argmax()) for first, last in between], dtype=int)
    usual, others = float(np.median(evidence[beats])), float(np.median(evidence[tops]))
    broad = evidence[tops] > np.maximum(share[wide] * usual, BEATS.over_t_waves * others)
    # The highest moment at an end of the search belongs to a neighbour's own slope or T wave.
    broad &= [first < top < last - 1 for top, (first, last) in zip(tops, between, strict=True)]
    if strips is not None:
        broad &= strips[tops] > BEATS.broad_in_strip * float(np.median(strips[beats]))
    return np.sort(np.r_[beats, tops[broad]])
