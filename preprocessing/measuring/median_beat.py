"""The median beat of every lead: all beats aligned and their median taken."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.measuring.config import MEDIAN_BEAT
from preprocessing.measuring.heart_beats import HeartBeats
from preprocessing.traces import RATE_HZ, Trace


@dataclass(frozen=True)
class MedianBeat:
    """The median beat of a page.

    Attributes
    ----------
    times_ms : ndarray, shape (m,)
        Time from the middle of the QRS complex.
    leads : dict of str to ndarray, shape (m,), float64
        Median of each lead, mV; NaN where no beat shows it.
    beats : dict of str to ndarray, shape (k, m)
        The single beats of each median.
    at_s : ndarray, shape (n,)
        Times of all beats of the page on its clock, after alignment.
    used : ndarray, shape (n,), bool
        Which of them the medians rest on.
    """

    times_ms: np.ndarray
    leads: dict[str, np.ndarray]
    beats: dict[str, np.ndarray]
    at_s: np.ndarray
    used: np.ndarray


def median_beat(traces: Sequence[Trace], found: HeartBeats) -> MedianBeat:
    """Align the beats of a page and take their median.

    Beats of another kind than most, such as premature ventricular ones, are excluded.

    Parameters
    ----------
    traces : sequence of Trace
    found : HeartBeats
        Their beats; at least one.
    """
    readable = [i for i, trace in enumerate(traces) if np.isfinite(trace.mv).sum() > MEDIAN_BEAT.readable_s * RATE_HZ]
    slopes = [_slope(traces[i].mv) for i in readable]
    starts = [round(found.clock_s[i] * RATE_HZ) for i in readable]
    at = np.rint(found.times_s * RATE_HZ).astype(int)
    usual = _on_time(found.times_s)
    strips = [n for n, i in enumerate(readable) if traces[i].is_strip]
    for nth in range(MEDIAN_BEAT.rounds):
        # Only strips show every beat: they go first, or else each column would settle on a time of its own.
        first = bool(strips) and nth < MEDIAN_BEAT.strip_rounds
        chosen = strips if first else range(len(readable))
        reach_s = MEDIAN_BEAT.column_shift_s if first else MEDIAN_BEAT.shift_s
        at, correlation = _aligned([slopes[n] for n in chosen], [starts[n] for n in chosen], at, usual, reach_s)
        alike = correlation > MEDIAN_BEAT.correlation_min
        if alike.sum() >= min(2, at.size):
            usual = alike
    if not strips:
        at = _columns_aligned(slopes, starts, at, usual)
    on_time = usual & _on_time(at / RATE_HZ)
    if on_time.sum() >= MEDIAN_BEAT.beats_min:
        usual = on_time
    return _medians([traces[i] for i in readable], starts, at, usual)


def _slope(mv: np.ndarray) -> np.ndarray:
    """Return the slope of a signal, mV a sample; NaN where it is not read."""
    read = np.isfinite(mv)
    samples = np.arange(mv.size)
    slope = scipy.ndimage.gaussian_filter1d(
        np.interp(samples, samples[read], mv[read]), MEDIAN_BEAT.slope_s * RATE_HZ, order=1
    )
    return np.where(read, slope, np.nan)


def _on_time(times_s: np.ndarray) -> np.ndarray:
    """Return which beats are not early, shape (n,), bool; all of them if too few would be left."""
    if times_s.size < 4:
        return np.ones(times_s.size, dtype=bool)
    rr = np.diff(times_s)
    on_time = np.r_[True, rr > MEDIAN_BEAT.early_share * np.median(rr)]
    return on_time if on_time.sum() >= MEDIAN_BEAT.beats_min else np.ones(times_s.size, dtype=bool)


def _cut(signal: np.ndarray, start: int, at: np.ndarray, before: int, after: int) -> np.ndarray:
    """Cut a signal around moments of the clock, shape (n, before + after + 1); NaN beyond its ends."""
    index = at[:, None] - start + np.arange(-before, after + 1)
    inside = (index >= 0) & (index < signal.size)
    return np.where(inside, signal[np.clip(index, 0, signal.size - 1)], np.nan)


def _whole(cuts: np.ndarray) -> np.ndarray:
    return np.asarray(np.isfinite(cuts).mean(axis=1) > MEDIAN_BEAT.whole_share)


def _median(cuts: np.ndarray) -> np.ndarray:
    """Return the median of beats, shape (m,); NaN where none of them is read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        return np.asarray(np.nanmedian(cuts, axis=0))


def _aligned(
    slopes: list[np.ndarray], starts: list[int], at: np.ndarray, usual: np.ndarray, reach_s: float
) -> tuple[np.ndarray, np.ndarray]:
    """Move each beat, by at most `reach_s`, to where its slopes fit those of the median best.

    Returns
    -------
    at : ndarray, shape (n,), int
    correlation : ndarray, shape (n,)
        Of each beat with the median: 1 if they are the same.
    """
    half, shift = round(MEDIAN_BEAT.qrs_half_s * RATE_HZ), round(reach_s * RATE_HZ)
    products = np.zeros((at.size, 2 * shift + 1))
    powers, template_power = np.zeros_like(products), np.zeros(at.size)
    for slope, start in zip(slopes, starts, strict=True):
        cuts = _cut(slope, start, at, half + shift, half + shift)
        whole = _whole(cuts)
        chosen = cuts[whole & usual] if (whole & usual).any() else cuts[whole]
        if not chosen.size:
            continue
        template = np.nan_to_num(_median(chosen))[shift : shift + 2 * half + 1]
        windows = np.lib.stride_tricks.sliding_window_view(np.nan_to_num(cuts[whole]), template.size, axis=1)
        products[whole] += windows @ template
        powers[whole] += (windows**2).sum(axis=2)
        template_power[whole] += float(template @ template)
    misfit = powers - 2 * products
    best = misfit.argmin(axis=1)
    row = np.arange(at.size)
    correlation = products[row, best] / np.sqrt(np.maximum(powers[row, best] * template_power, 1e-18))
    return at + np.where(template_power > 0, best - shift, 0), correlation


def _columns_aligned(slopes: list[np.ndarray], starts: list[int], at: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Move the beats of each later column to where its QRS complexes coincide with those of the first.

    Without a strip no lead shows the beats of two columns. What they share is when the ventricles are active.
    """
    half, shift = round(MEDIAN_BEAT.column_half_s * RATE_HZ), round(MEDIAN_BEAT.column_shift_s * RATE_HZ)
    moved = at.copy()
    reference = None
    for first in sorted(set(starts)):
        activity = np.zeros(2 * (half + shift) + 1)
        shown = np.zeros(at.size, dtype=bool)
        for slope, start in zip(slopes, starts, strict=True):
            if start == first:
                cuts = _cut(slope, start, at, half + shift, half + shift)
                inside = (at >= start) & (at < start + slope.size)
                shown |= inside
                if (chosen := cuts[_whole(cuts) & usual & inside]).size:
                    activity += np.nan_to_num(_median(chosen)) ** 2
        activity = activity**0.25
        if reference is None:
            reference = activity
            continue
        fits = np.correlate(activity, reference[shift:-shift])
        moved[shown] += int(fits.argmax()) - shift
    return moved


def _medians(traces: list[Trace], starts: list[int], at: np.ndarray, usual: np.ndarray) -> MedianBeat:
    before, after = round(MEDIAN_BEAT.before_s * RATE_HZ), round(MEDIAN_BEAT.after_s * RATE_HZ)
    half, apart = round(MEDIAN_BEAT.qrs_half_s * RATE_HZ), round(MEDIAN_BEAT.neighbour_s * RATE_HZ)
    # Beyond the ends of the page the next beat is assumed after the median interval.
    rr = np.diff(at)
    beyond = int(np.median(rr)) if rr.size else 2 * after
    since, until = np.r_[beyond, rr] - apart, np.r_[rr, beyond] - apart
    # An early beat has its P wave on the T wave before it.
    until[:-1][~_on_time(at / RATE_HZ)[1:]] -= apart
    offset = np.arange(-before, after + 1)
    foreign = (offset < -since[:, None]) | (offset > until[:, None])
    # Repolarisation takes longer after a pause.
    rested = usual & ~np.r_[False, rr > MEDIAN_BEAT.late_share * beyond]
    beats: dict[str, list[np.ndarray]] = {}
    for trace, start in zip(traces, starts, strict=True):
        cuts = _cut(trace.mv.astype(float), start, at, before, after)
        cuts[foreign] = np.nan
        whole = _whole(cuts[:, before - half : before + half + 1])
        beats.setdefault(trace.lead, []).append(cuts[whole & (rested if (whole & rested).any() else usual)])
    stacked = {lead: np.vstack(cuts) for lead, cuts in beats.items()}
    levelled = {lead: _levelled(cuts, before) for lead, cuts in stacked.items() if len(cuts)}
    medians = {lead: _median(cuts) for lead, cuts in levelled.items()}
    return MedianBeat(offset / RATE_HZ * 1000, medians, levelled, at / RATE_HZ, usual)


def _levelled(cuts: np.ndarray, before: int) -> np.ndarray:
    """Shift beats to one level: that of the PR segment, then that of the median."""
    first, last = round(MEDIAN_BEAT.level_from_s * RATE_HZ), round(MEDIAN_BEAT.level_to_s * RATE_HZ)
    quiet = slice(before - first, before - last)
    cuts = cuts - np.nan_to_num(_median(cuts[:, quiet].T))[:, None]
    half = round(MEDIAN_BEAT.level_half_s * RATE_HZ)
    centre = slice(before - half, before + half)
    away = _median((cuts - _median(cuts))[:, centre].T)
    return np.asarray(cuts - np.nan_to_num(away)[:, None])
