"""Where P, QRS and T begin and end: once for all leads together, on the typical beat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from preprocessing.median_beat import MedianBeat
from preprocessing.traces import RATE_HZ

MS = 1000 / RATE_HZ
LEAST_LEAD_MV = 0.08
SLOPE_MS = 5.0
# The QRS complex ends where all leads together are less steep than this share of their steepest moment.
QRS_SHARE, QRS_NOISE = 0.1, 3.0
QUIET_MS = 10.0
STEEP_SHARE, LONGEST_NOTCH_MS = 0.25, 40.0
QRS_REACH_MS = (220.0, 260.0)
# A wave begins where its tangent leaves the level beside it; a P wave stands out when it is this high over its spread.
P_SHARE, LEAST_P_MV, LEAST_P_AGREEMENT = 0.12, 0.03, 0.5
T_SLOPE_MS, T_LAST, T_SHARE = 12.0, 0.65, 0.2
LONGEST_QT_MS = 560.0
TRUST = 2


@dataclass(frozen=True)
class Fiducials:
    """Times from the middle of the QRS complex, ms; None where the wave does not stand out.

    `t_steep_ms` is where the T wave falls, or rises, to its end most steeply.
    """

    p_on_ms: float | None
    p_off_ms: float | None
    qrs_on_ms: float | None
    qrs_off_ms: float | None
    t_steep_ms: float | None
    t_off_ms: float | None


NOTHING = Fiducials(None, None, None, None, None, None)


def delineate(beat: MedianBeat, rr_s: float) -> Fiducials:
    """Find the waves of a typical beat.

    Parameters
    ----------
    beat : MedianBeat
    rr_s : float
        The usual interval between beats: what lies beyond belongs to the neighbours.
    """
    names = [lead for lead, mv in beat.leads.items() if _usable(mv)]
    leads = np.array([beat.leads[lead] for lead in names])
    if not leads.size:
        return NOTHING
    qrs = qrs_bounds(leads, beat.times_ms, rr_s)
    if qrs is None:
        return NOTHING
    on_ms, off_ms = qrs
    p = p_bounds(beat, on_ms, rr_s)
    trust = _trust([beat.beats[lead] for lead in names], beat.times_ms > off_ms)
    t = t_bounds(leads, trust, beat.times_ms, qrs, rr_s, p and p[0])
    p_on_ms, p_off_ms = p or (None, None)
    t_steep_ms, t_off_ms = t or (None, None)
    return Fiducials(p_on_ms, p_off_ms, on_ms, off_ms, t_steep_ms, t_off_ms)


def _usable(mv: np.ndarray) -> bool:
    read = np.isfinite(mv)
    return bool(read.mean() > 0.4) and float(np.ptp(mv[read])) > LEAST_LEAD_MV


def activity(leads: np.ndarray, scale_ms: float) -> np.ndarray:
    """Return how steep all leads together are, shape (m,), mV/ms: the root of their mean squared slope.

    Parameters
    ----------
    leads : ndarray, shape (n, m), mV
    """
    read = np.isfinite(leads)
    slopes = np.array([gaussian_filter1d(_bridged(mv), scale_ms / MS, order=1) for mv in leads]) / MS
    squares = np.where(read, slopes**2, 0).sum(axis=0)
    return np.sqrt(squares / np.maximum(read.sum(axis=0), 1))


def _bridged(mv: np.ndarray) -> np.ndarray:
    read = np.isfinite(mv)
    return np.interp(np.arange(mv.size), np.flatnonzero(read), mv[read])


def _trust(beats: list[np.ndarray], window: np.ndarray) -> np.ndarray:
    """Weigh leads by how alike their beats are between the waves, shape (n,), 0 to 1: wander and noise differ."""
    strays = []
    for cuts in beats:
        slopes = np.diff(gaussian_filter1d(np.nan_to_num(cuts[:, window]), T_SLOPE_MS / MS, axis=1), axis=1)
        strays.append(float(np.median(np.abs(slopes - np.median(slopes, axis=0)))) if len(cuts) > 2 else np.nan)
    stray = np.array(strays)
    usual = float(np.nanmedian(stray)) if np.isfinite(stray).any() else 0.0
    if usual <= 0:
        return np.ones(stray.size)
    return 1 / np.maximum(1, np.nan_to_num(stray, nan=usual) / usual) ** TRUST


def qrs_bounds(leads: np.ndarray, times_ms: np.ndarray, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the QRS complex, ms, or None where it does not stand out."""
    steep = activity(leads, SLOPE_MS)
    beat = (times_ms > -min(380, 400 * rr_s)) & (times_ms < min(600, 550 * rr_s))
    core = np.abs(times_ms) < 80
    peak = int(np.flatnonzero(core)[steep[core].argmax()])
    rest = float(np.quantile(steep[beat], 0.25))
    limit = max(QRS_SHARE * steep[peak], QRS_NOISE * rest)
    if limit > 0.5 * steep[peak]:
        return None
    before, after = (round(reach / MS) for reach in QRS_REACH_MS)
    quiet = round(QUIET_MS / MS)
    onset = _first_calm(steep[peak - before : peak + 1][::-1], limit, quiet)
    end = _first_calm(steep[peak : peak + after], limit, quiet)
    if onset is None or end is None:
        return None
    return float(times_ms[peak - onset]), float(times_ms[peak + end])


def _first_calm(steep: np.ndarray, limit: float, quiet: int) -> int | None:
    """Return where the steepness comes to rest, going away from its peak, or None where it does not.

    Between two steep parts of one complex the leads may lie still for a moment. After the last steep part the rest
    must come soon: the ST segment of a broad complex runs into its T wave and never lies still, and there the
    calmest moment counts.
    """
    parts = np.flatnonzero(steep > STEEP_SHARE * steep[0])
    gaps = np.flatnonzero(np.diff(parts) > LONGEST_NOTCH_MS / MS)
    last = int(parts[gaps[0]] if gaps.size else parts[-1])
    tail = steep[last : last + round(LONGEST_NOTCH_MS / MS)]
    if last + tail.size >= steep.size:
        return None
    calm = np.convolve(tail > limit, np.ones(quiet), "valid") == 0
    return last + int(calm.argmax() if calm.any() else tail.argmin())


def _principal(leads: np.ndarray) -> np.ndarray:
    """Return the strongest wave that the leads have in common, shape (m,), its largest swing upwards."""
    wave = np.linalg.svd(leads, full_matrices=False)[2][0]
    return wave if wave[np.abs(wave).argmax()] > 0 else -wave


def p_bounds(beat: MedianBeat, qrs_on_ms: float, rr_s: float) -> tuple[float, float] | None:
    """Return the onset and the end of the P wave, ms, or None where none stands out."""
    times = beat.times_ms
    first_ms = max(times[0] + 20, qrs_on_ms - min(330.0, 520 * rr_s))
    window = (times >= first_ms) & (times <= qrs_on_ms - 10)
    names = [lead for lead, mv in beat.leads.items() if _usable(mv) and np.isfinite(mv[window]).all()]
    if not names or window.sum() < 40:
        return None
    medians = np.array([gaussian_filter1d(beat.leads[lead][window], 6 / MS) for lead in names])
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
    if _agreement([beat.beats[lead][:, window] for lead in names], sizes, foot_left, foot_right) < LEAST_P_AGREEMENT:
        return None
    above = wave - base > P_SHARE * height
    onset = peak - int(np.argmax(~above[peak::-1])) if (~above[: peak + 1]).any() else 0
    end = peak + int(np.argmax(~above[peak:])) if (~above[peak:]).any() else wave.size - 1
    return float(t[onset]), float(t[end])


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


def t_bounds(
    leads: np.ndarray,
    trust: np.ndarray,
    times_ms: np.ndarray,
    qrs: tuple[float, float],
    rr_s: float,
    p_on_ms: float | None,
) -> tuple[float, float] | None:
    """Return the moment of the T wave's steepest end and its end, ms, or None where it does not stand out."""
    on_ms, off_ms = qrs
    next_ms = 1000 * rr_s + (p_on_ms if p_on_ms is not None else on_ms - 20)
    last_ms = min(times_ms[-1] - 20, next_ms, on_ms + LONGEST_QT_MS * max(rr_s, 0.4) ** 0.5)
    window = (times_ms >= off_ms + 60) & (times_ms <= last_ms)
    if window.sum() * MS < 120:
        return None
    steep = activity(leads * trust[:, None], T_SLOPE_MS)[window]
    t = times_ms[window]
    tops = np.flatnonzero((steep[1:-1] >= steep[:-2]) & (steep[1:-1] > steep[2:])) + 1
    if not tops.size:
        return None
    top = int(tops[steep[tops] > T_LAST * steep[tops].max()][-1])
    floor = float(steep[top:].min())
    below = np.flatnonzero(steep[top:] <= floor + T_SHARE * (steep[top] - floor))
    return float(t[top]), float(t[top + below[0]])
