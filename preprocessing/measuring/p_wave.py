"""Where the P wave of a typical beat begins and ends, and whether there is one."""

from __future__ import annotations

import numpy as np
import scipy

from preprocessing.measuring.beat_activity import MS, is_usable
from preprocessing.measuring.median_beat import MedianBeat

# A P wave ends where this share of its height is left. It stands out when two leads show it this high, and when the
# single beats are this much alike.
P_SHARE, LEAST_P_MV, LEAST_AGREEMENT = 0.12, 0.03, 0.5
# An onset this close to where the search starts was not seen.
OPEN_MS = 12.0
# Waves that come again after such a time and are so much alike are an atrial flutter's; seen in beats apart enough that
# nothing else lies before the QRS complex.
FLUTTER_MS, FLUTTER_ALIKE, FLUTTER_RR_S, FLUTTER_SEEN_MS = (150.0, 280.0), 0.9, 0.65, 140.0


def p_bounds(beat: MedianBeat, qrs_on_ms: float, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the P wave, ms, or None where none stands out."""
    times = beat.times_ms
    first_ms = max(times[0] + 20, qrs_on_ms - min(330.0, 520 * rr_s))
    window = (times >= first_ms) & (times <= qrs_on_ms - 10)
    names = [lead for lead, mv in beat.leads.items() if is_usable(mv) and np.isfinite(mv[window]).all()]
    if not names or window.sum() < 40 or (rr_s >= FLUTTER_RR_S and _flutters(beat, qrs_on_ms)):
        return None
    medians = np.array([scipy.ndimage.gaussian_filter1d(beat.leads[lead][window], 6 / MS) for lead in names])
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
    if np.sort(sizes)[-min(2, sizes.size)] < LEAST_P_MV:
        return None
    if _agreement([beat.beats[lead][:, window] for lead in names], sizes, foot_left, foot_right) < LEAST_AGREEMENT:
        return None
    above = wave - base > P_SHARE * height
    onset = peak - int(np.argmax(~above[peak::-1])) if (~above[: peak + 1]).any() else 0
    end = peak + int(np.argmax(~above[peak:])) if (~above[peak:]).any() else wave.size - 1
    # What is up from the first moment on is the end of the T wave before.
    return (float(t[onset]), float(t[end])) if t[onset] > t[0] + OPEN_MS else None


def _principal(leads: np.ndarray) -> np.ndarray:
    """Return the strongest wave that the leads have in common, shape (m,), its largest swing upwards."""
    wave = np.linalg.svd(leads, full_matrices=False)[2][0]
    return wave if wave[np.abs(wave).argmax()] > 0 else -wave


def _flutters(beat: MedianBeat, qrs_on_ms: float) -> bool:
    """Whether the waves before the QRS complex repeat themselves."""
    before = (beat.times_ms >= beat.times_ms[0] + 20) & (beat.times_ms <= qrs_on_ms - 10)
    leads = [mv[before] for mv in beat.leads.values() if is_usable(mv) and np.isfinite(mv[before]).all()]
    if not leads:
        return False
    level = scipy.signal.detrend(scipy.ndimage.gaussian_filter1d(leads, 6 / MS, axis=1), axis=1)
    first, last, seen = (round(ms / MS) for ms in (*FLUTTER_MS, FLUTTER_SEEN_MS))
    for lag in range(first, min(last, level.shape[1] - seen) + 1):
        one, other = (part - part.mean(axis=1, keepdims=True) for part in (level[:, lag:], level[:, :-lag]))
        power = float((one**2).sum() + (other**2).sum())
        if power > 0 and 2 * float((one * other).sum()) > FLUTTER_ALIKE * power:
            return True
    return False


def _agreement(beats: list[np.ndarray], sizes: np.ndarray, left: int, right: int) -> float:
    """Return how alike the single beats are around a P wave: about 1 where each has it, 0 where it is chance."""
    if right - left < 4:
        return 0.0
    alike, weights = [], []
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
            alike.append((float(products.sum()) - power) / ((len(part) - 1) * power))
            weights.append(size)
    return float(np.average(alike, weights=weights)) if alike and sum(weights) > 0 else 0.0


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
    """Return the lowest samples on either side of a summit within the reach of a P wave."""
    reach = round(110 / MS)
    left = max(0, top - reach)
    right = min(wave.size, top + reach)
    return left + int(wave[left : top + 1].argmin()), top + int(wave[top:right].argmin())
