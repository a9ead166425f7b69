"""Onset and end of the P wave of the median beat, and whether there is one."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.measuring.beat_activity import MS, is_usable
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.wave_config import P_WAVE


def p_bounds(beat: MedianBeat, qrs_on_ms: float, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the P wave, ms; None if there is no distinct one."""
    times = beat.times_ms
    first_ms = max(times[0] + P_WAVE.margin_ms, qrs_on_ms - min(P_WAVE.search_ms, P_WAVE.search_rr * rr_s))
    window = (times >= first_ms) & (times <= qrs_on_ms - P_WAVE.before_qrs_ms)
    names = [lead for lead, mv in beat.leads.items() if is_usable(mv) and np.isfinite(mv[window]).all()]
    if not names or window.sum() < P_WAVE.samples_min:
        return None
    if rr_s >= P_WAVE.flutter_rr_s and _flutters(beat, qrs_on_ms):
        return None
    smooth = P_WAVE.smooth_ms / MS
    medians = np.array([scipy.ndimage.gaussian_filter1d(beat.leads[lead][window], smooth) for lead in names])
    t = times[window]
    # The level runs from the TP segment to the PR segment.
    medians = medians - medians[:, -5:].mean(axis=1, keepdims=True)
    wave = _principal(medians)
    peak = _summit(wave)
    if peak is None:
        return None
    foot_left, foot_right = _feet(wave, peak)
    base = np.interp(np.arange(wave.size), [foot_left, foot_right], wave[[foot_left, foot_right]])
    height = wave[peak] - base[peak]
    feet = [foot_left, foot_right]
    sizes = np.array([abs(median[peak] - np.interp(peak, feet, median[feet])) for median in medians])
    if np.sort(sizes)[-min(2, sizes.size)] < P_WAVE.height_min_mv:
        return None
    agreement = _agreement([beat.beats[lead][:, window] for lead in names], sizes, foot_left, foot_right)
    if agreement < P_WAVE.agreement_min:
        return None
    above = wave - base > P_WAVE.end_share * height
    onset = peak - int(np.argmax(~above[peak::-1])) if (~above[: peak + 1]).any() else 0
    end = peak + int(np.argmax(~above[peak:])) if (~above[peak:]).any() else wave.size - 1
    # A wave that is up from the first moment is the end of the T wave before.
    return (float(t[onset]), float(t[end])) if t[onset] > t[0] + P_WAVE.open_ms else None


def _principal(leads: np.ndarray) -> np.ndarray:
    """Return the first principal component of the leads, shape (m,), its largest deflection upwards."""
    wave = np.asarray(np.linalg.svd(leads, full_matrices=False)[2][0])
    return wave if wave[np.abs(wave).argmax()] > 0 else -wave


def _flutters(beat: MedianBeat, qrs_on_ms: float) -> bool:
    """Return whether the waves before the QRS complex repeat."""
    before = beat.times_ms >= beat.times_ms[0] + P_WAVE.margin_ms
    before &= beat.times_ms <= qrs_on_ms - P_WAVE.before_qrs_ms
    leads = [mv[before] for mv in beat.leads.values() if is_usable(mv) and np.isfinite(mv[before]).all()]
    if not leads:
        return False
    level = scipy.signal.detrend(scipy.ndimage.gaussian_filter1d(leads, P_WAVE.smooth_ms / MS, axis=1), axis=1)
    first, last = round(P_WAVE.flutter_min_ms / MS), round(P_WAVE.flutter_max_ms / MS)
    for lag in range(first, min(last, level.shape[1] - round(P_WAVE.flutter_seen_ms / MS)) + 1):
        one, other = (part - part.mean(axis=1, keepdims=True) for part in (level[:, lag:], level[:, :-lag]))
        power = float((one**2).sum() + (other**2).sum())
        if power > 0 and 2 * float((one * other).sum()) > P_WAVE.flutter_correlation * power:
            return True
    return False


def _agreement(beats: list[np.ndarray], sizes: np.ndarray, left: int, right: int) -> float:
    """Return the mean correlation of the single beats around a P wave: about 1 if each has it, 0 if it is chance."""
    if right - left < 4:
        return 0.0
    correlations, weights = [], []
    ramp = np.linspace(0, 1, right - left + 1)
    for cuts, size in zip(beats, sizes, strict=True):
        part = cuts[:, left : right + 1]
        part = part[np.isfinite(part).all(axis=1)]
        if len(part) < 2:
            continue
        part = part - part[:, :1] * (1 - ramp) - part[:, -1:] * ramp
        part -= part.mean(axis=1, keepdims=True)
        products = part @ part.T
        power = float(np.trace(products))
        if power > 0:
            correlations.append((float(products.sum()) - power) / ((len(part) - 1) * power))
            weights.append(size)
    return float(np.average(correlations, weights=weights)) if correlations and sum(weights) > 0 else 0.0


def _summit(wave: np.ndarray) -> int | None:
    inner = (wave[1:-1] >= wave[:-2]) & (wave[1:-1] > wave[2:])
    tops = np.flatnonzero(inner) + 1
    if not tops.size:
        return None
    feet = [_feet(wave, int(top)) for top in tops]
    rises = [
        min(wave[top] - wave[left], wave[top] - wave[right]) for top, (left, right) in zip(tops, feet, strict=True)
    ]
    return int(tops[int(np.argmax(rises))])


def _feet(wave: np.ndarray, top: int) -> tuple[int, int]:
    """Return the lowest samples on either side of a summit, within the width of a P wave."""
    reach = round(P_WAVE.feet_ms / MS)
    left = max(0, top - reach)
    right = min(wave.size, top + reach)
    return left + int(wave[left : top + 1].argmin()), top + int(wave[top:right].argmin())
