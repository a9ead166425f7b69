"""One typical beat of every lead: the beats laid over each other and their median taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.measuring.heart_beats import HeartBeats
from preprocessing.traces import RATE_HZ, Trace

BEFORE_S, AFTER_S = 0.44, 0.76
# The part of a beat that is laid over the others, and how far it may be moved for that.
QRS_HALF_S, SHIFT_S = 0.09, 0.04
# How far the same broad complex may seem to lie apart in two columns: its steepest part differs from lead to lead.
COLUMN_SHIFT_S = 0.1
SLOPE_S = 0.004
# A beat that comes this early may be of another kind, and one less like the rest than this surely is.
EARLY, LEAST_ALIKE = 0.82, 0.75
# One that comes this late is left out where there are others.
LATE = 1.3
ROUNDS, STRIP_ROUNDS, LEAST_BEATS = 3, 2, 3
# What lies closer to a neighbour's QRS complex belongs to that.
NEIGHBOUR_S = 0.1


@dataclass(frozen=True)
class MedianBeat:
    """The typical beat.

    Attributes
    ----------
    times_ms : ndarray, shape (m,)
        Time from the middle of the QRS complex.
    leads : dict of str to ndarray, shape (m,), float64
        Each lead's median, mV; NaN where no beat shows it.
    beats : dict of str to ndarray, shape (k, m)
        The single beats behind each median.
    at_s : ndarray, shape (n,)
        When all beats of the page happened, on its clock, now that they lie over each other.
    used : ndarray, shape (n,), bool
        Which of them are behind the medians.
    """

    times_ms: np.ndarray
    leads: dict[str, np.ndarray]
    beats: dict[str, np.ndarray]
    at_s: np.ndarray
    used: np.ndarray

    @property
    def rr_s(self) -> np.ndarray:
        """Intervals between successive beats, shape (n - 1,), s."""
        return np.diff(self.at_s)


def median_beat(traces: Sequence[Trace], found: HeartBeats) -> MedianBeat:
    """Lay the beats of a page over each other.

    Beats of another kind than most, such as premature ventricular ones, are left out.

    Parameters
    ----------
    traces : sequence of Trace
    found : HeartBeats
        Their beats; at least one.
    """
    readable = [i for i, trace in enumerate(traces) if np.isfinite(trace.mv).sum() > 0.2 * RATE_HZ]
    slopes = [_slope(traces[i].mv) for i in readable]
    starts = [round(found.clock_s[i] * RATE_HZ) for i in readable]
    at = np.rint(found.times_s * RATE_HZ).astype(int)
    usual = _on_time(found.times_s)
    strips = [n for n, i in enumerate(readable) if traces[i].is_strip]
    for nth in range(ROUNDS):
        # The strips alone see every beat: they go first, so that the columns do not keep a time of their own.
        first = bool(strips) and nth < STRIP_ROUNDS
        chosen = strips if first else range(len(readable))
        reach_s = COLUMN_SHIFT_S if first else SHIFT_S
        at, alike = _aligned([slopes[n] for n in chosen], [starts[n] for n in chosen], at, usual, reach_s)
        if (alike > LEAST_ALIKE).sum() >= min(2, at.size):
            usual = alike > LEAST_ALIKE
    if not strips:
        at = _columns_joined(slopes, starts, at, usual)
    on_time = usual & _on_time(at / RATE_HZ)
    if on_time.sum() >= LEAST_BEATS:
        usual = on_time
    return _medians([traces[i] for i in readable], starts, at, usual)


def _slope(mv: np.ndarray) -> np.ndarray:
    """Return the slope of a signal, mV a sample; NaN where it is not read."""
    read = np.isfinite(mv)
    samples = np.arange(mv.size)
    slope = scipy.ndimage.gaussian_filter1d(np.interp(samples, samples[read], mv[read]), SLOPE_S * RATE_HZ, order=1)
    return np.where(read, slope, np.nan)


def _on_time(times_s: np.ndarray) -> np.ndarray:
    """Say which beats do not come early, shape (n,), bool; all of them where too few would be left."""
    if times_s.size < 4:
        return np.ones(times_s.size, dtype=bool)
    rr = np.diff(times_s)
    on_time = np.r_[True, rr > EARLY * np.median(rr)]
    return on_time if on_time.sum() >= LEAST_BEATS else np.ones(times_s.size, dtype=bool)


def _cut(signal: np.ndarray, start: int, at: np.ndarray, before: int, after: int) -> np.ndarray:
    """Cut a signal around moments of the clock, shape (n, before + after + 1); NaN beyond its ends."""
    index = at[:, None] - start + np.arange(-before, after + 1)
    inside = (index >= 0) & (index < signal.size)
    return np.where(inside, signal[np.clip(index, 0, signal.size - 1)], np.nan)


def _whole(cuts: np.ndarray) -> np.ndarray:
    return np.isfinite(cuts).mean(axis=1) > 0.9


def _median(cuts: np.ndarray) -> np.ndarray:
    """Return the median of beats, shape (m,); NaN where none of them is read."""
    ordered = np.sort(cuts, axis=0)
    read = np.isfinite(cuts).sum(axis=0)
    column = np.arange(cuts.shape[1])
    low, high = np.maximum(read - 1, 0) // 2, read // 2
    high = np.minimum(high, np.maximum(read - 1, 0))
    return (ordered[low, column] + ordered[high, column]) / 2


def _aligned(
    slopes: list[np.ndarray], starts: list[int], at: np.ndarray, usual: np.ndarray, reach_s: float
) -> tuple[np.ndarray, np.ndarray]:
    """Move each beat, by `reach_s` at most, to where its slopes fit the median's best.

    Returns
    -------
    at : ndarray, shape (n,), int
    alike : ndarray, shape (n,)
        How well each beat fits: 1 where it is the median itself.
    """
    half, shift = round(QRS_HALF_S * RATE_HZ), round(reach_s * RATE_HZ)
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
    alike = products[row, best] / np.sqrt(np.maximum(powers[row, best] * template_power, 1e-18))
    return at + np.where(template_power > 0, best - shift, 0), alike


def _columns_joined(slopes: list[np.ndarray], starts: list[int], at: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Move the beats of each later column so that its QRS complexes cover those of the first.

    Without a strip no lead sees the beats of two columns; what they share is when the ventricles are active.
    """
    half, shift = round(0.15 * RATE_HZ), round(COLUMN_SHIFT_S * RATE_HZ)
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
    before, after = round(BEFORE_S * RATE_HZ), round(AFTER_S * RATE_HZ)
    half, apart = round(QRS_HALF_S * RATE_HZ), round(NEIGHBOUR_S * RATE_HZ)
    # Beyond the page's ends the next beat comes when beats usually come.
    rr = np.diff(at)
    beyond = int(np.median(rr)) if rr.size else 2 * after
    since, until = np.r_[beyond, rr] - apart, np.r_[rr, beyond] - apart
    # An early beat has its P wave on the T wave before it.
    until[:-1][~_on_time(at / RATE_HZ)[1:]] -= apart
    offset = np.arange(-before, after + 1)
    foreign = (offset < -since[:, None]) | (offset > until[:, None])
    # Repolarisation takes longer after a pause.
    rested = usual & ~np.r_[False, rr > LATE * beyond]
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
    """Shift beats to one level: that of the moment before the QRS complex, then that of the median."""
    quiet = slice(before - round(0.11 * RATE_HZ), before - round(0.07 * RATE_HZ))
    cuts = cuts - np.nan_to_num(_median(cuts[:, quiet].T))[:, None]
    centre = slice(before - round(0.3 * RATE_HZ), before + round(0.3 * RATE_HZ))
    away = _median((cuts - _median(cuts))[:, centre].T)
    return cuts - np.nan_to_num(away)[:, None]
