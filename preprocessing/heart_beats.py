"""Heart beats, found in all leads of a page together, and what their spacing says: rate and rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d, minimum_filter1d, uniform_filter1d
from scipy.signal import find_peaks

from preprocessing.traces import RATE_HZ, Trace

# A QRS complex bends at this scale and reaches far within this window.
CURVATURE_S, SMOOTH_S, WINDOW_S = 0.012, 0.004, 0.1
# A beat is refractory: nothing beats faster than 300 a minute.
REFRACTORY_S = 0.2
# Shares of the page's usual peak: above the first surely a beat, above the second perhaps.
SURE, PERHAPS = 0.6, 0.38
# The first and last moments of a column are partly hidden by the divider, which is steep itself.
EDGE_S = 0.04
# Less than this from peak to peak is a flat line and its noise.
FLAT_MV = 0.1
# How far a beat of a column may lie from the strip's beat to be the same one.
SAME_BEAT_S = 0.05
# Chaos: the signal between beats is nearly as steep as the beats, and the beats keep no time.
UNREST, NO_TIME = 0.5, 0.12
REGULAR_MS, IRREGULAR_SHARE = 60.0, 0.12


@dataclass(frozen=True)
class HeartBeats:
    """The beats of a page.

    Attributes
    ----------
    times_s : ndarray, shape (n,)
        The middle of each QRS complex on the page's clock.
    clock_s : tuple of float
        Where each trace starts on that clock: its `start_s`, or 0 for all where the beats show that every column
        repeats the same seconds.
    reason : str or None
        Why there are no beats.
    """

    times_s: np.ndarray
    clock_s: tuple[float, ...]
    reason: str | None = None

    @property
    def rr_s(self) -> np.ndarray:
        """Intervals between successive beats, shape (n - 1,), s."""
        return np.diff(self.times_s)


def find_beats(traces: Sequence[Trace]) -> HeartBeats:
    """Find the beats of a page in all of its leads.

    Parameters
    ----------
    traces : sequence of Trace
    """
    printed = tuple(trace.start_s for trace in traces)
    heights = [_height_mv(trace) for trace in traces]
    if not any(height > 0 for height in heights):
        return HeartBeats(np.zeros(0), printed, "no trace could be read")
    if max(heights) < FLAT_MV:
        return HeartBeats(np.zeros(0), printed, "the leads are flat")
    steepness = [_steepness(trace.mv) for trace in traces]
    clock = _clock(traces, steepness, heights)
    evidence = _evidence(traces, steepness, heights, clock)
    peaks = _peaks(evidence)
    if peaks.size < 2:
        return HeartBeats(peaks / RATE_HZ, clock, "fewer than two beats are shown")
    rr = np.diff(peaks)
    inside = evidence[peaks[0] : peaks[-1]]
    unrest = float(np.median(inside) / np.median(evidence[peaks]))
    if unrest > UNREST and np.mean(np.abs(rr / np.median(rr) - 1)) > NO_TIME:
        return HeartBeats(np.zeros(0), clock, "no QRS complexes stand out")
    return HeartBeats(peaks / RATE_HZ, clock)


def rate_bpm(rr_s: np.ndarray) -> float:
    """Return the heart rate of the median RR interval.

    A premature beat with its pause, or a beat missed, then moves the rate as little as it moves a machine's.

    Examples
    --------
    >>> round(rate_bpm(np.array([1.0, 1.0, 0.6, 1.4, 1.0])))
    60
    """
    return float(60 / np.median(rr_s))


def regularity(rr_s: np.ndarray) -> tuple[str, float]:
    """Say whether the beats keep time, and return the spread of their intervals in ms.

    Returns
    -------
    str
        ``regular``; ``regular with early or missed beats`` where few intervals stray; ``irregular``.
    float
        Standard deviation of the RR intervals, ms.
    """
    median = float(np.median(rr_s))
    stray = np.abs(rr_s / median - 1) > IRREGULAR_SHARE
    spread_ms = 1000 * float(np.std(rr_s))
    if not stray.any():
        return "regular", spread_ms
    kept_ms = 1000 * float(np.std(rr_s[~stray])) if (~stray).sum() > 1 else np.inf
    few = stray.mean() <= 0.4 and kept_ms < REGULAR_MS
    return ("regular with early or missed beats" if few else "irregular"), spread_ms


def _height_mv(trace: Trace) -> float:
    read = trace.mv[np.isfinite(trace.mv)]
    return float(np.ptp(np.quantile(read, (0.005, 0.995)))) if read.size > 0.2 * RATE_HZ else 0.0


def _steepness(mv: np.ndarray) -> np.ndarray:
    """Return how much like a QRS complex a signal is around each sample, shape (n,), mV; 0 where it is not read.

    It is the geometric mean of how strongly the signal bends, by which narrow complexes stand out, and of how far it
    reaches, by which broad ones do; a T wave falls behind in both.
    """
    read = np.isfinite(mv)
    if read.sum() < 0.2 * RATE_HZ:
        return np.zeros(mv.size)
    samples, window = np.arange(mv.size), round(WINDOW_S * RATE_HZ)
    whole = np.interp(samples, samples[read], mv[read])
    bend = gaussian_filter1d(whole, CURVATURE_S * RATE_HZ, order=2, mode="nearest")
    bend[maximum_filter1d(~read, 5)] = 0
    edge = round(EDGE_S * RATE_HZ)
    bend[:edge] = bend[-edge:] = 0
    power = uniform_filter1d(bend**2, window)
    smooth = gaussian_filter1d(whole, SMOOTH_S * RATE_HZ)
    reach = maximum_filter1d(smooth, window) - minimum_filter1d(smooth, window)
    return np.sqrt(np.sqrt(np.maximum(power, 0)) * reach)


def _level(steepness: np.ndarray) -> float:
    """Return the usual height of the peaks: the median of the highest ones of each 1.25 s."""
    pieces = np.array_split(steepness, max(1, round(steepness.size / (1.25 * RATE_HZ))))
    return float(np.median([piece.max() for piece in pieces]))


def _evidence(
    traces: Sequence[Trace], steepness: list[np.ndarray], heights: list[float], clock: tuple[float, ...]
) -> np.ndarray:
    """Return how much the leads agree on a beat at each moment of the clock, shape (samples,), about 0 to 1."""
    levels = np.array([_level(steep) for steep in steepness])
    floor = 0.3 * float(np.median(levels[levels > 0])) if (levels > 0).any() else 1.0
    length = max(round(at * RATE_HZ) + steep.size for at, steep in zip(clock, steepness, strict=True))
    total, weights = np.zeros(length), np.full(length, 1e-9)
    for trace, steep, height, level, at in zip(traces, steepness, heights, levels, clock, strict=True):
        if height < FLAT_MV / 2 or level <= 0:
            continue
        # A lead that is steep all the time is noise; the strip is the one that sees every beat.
        restful = max(0.05, 1 - float(np.median(steep)) / level) ** 2
        weight = trace.quality * restful * (2 if trace.role == "rhythm" else 1)
        first = round(at * RATE_HZ)
        # Capped, so that what one lead alone shows does not pass for a beat.
        total[first : first + steep.size] += weight * np.minimum(steep / max(level, floor), 1.3)
        weights[first : first + steep.size] += weight
    return total / weights


def _peaks(evidence: np.ndarray) -> np.ndarray:
    """Return the samples at which beats stand out, shape (n,), int."""
    found, _ = find_peaks(np.r_[0, evidence, 0], distance=round(REFRACTORY_S * RATE_HZ))
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


def _clock(traces: Sequence[Trace], steepness: list[np.ndarray], heights: list[float]) -> tuple[float, ...]:
    """Tell from the beats whether the columns show successive seconds, as printed, or all the same ones."""
    printed = tuple(trace.start_s for trace in traces)
    starts = sorted({trace.start_s for trace in traces if trace.role != "rhythm"})
    if len(starts) < 2:
        return printed

    def beats_of(chosen: list[int]) -> np.ndarray:
        part = _evidence(
            [traces[i] for i in chosen],
            [steepness[i] for i in chosen],
            [heights[i] for i in chosen],
            (0.0,) * len(chosen),
        )
        return _peaks(part) / RATE_HZ

    columns = [[i for i, t in enumerate(traces) if t.role != "rhythm" and t.start_s == start] for start in starts]
    strips = [i for i, trace in enumerate(traces) if trace.role == "rhythm"]
    reference = beats_of(strips) if strips else beats_of(columns[0])
    if reference.size < 2:
        return printed
    rr_s = float(np.median(np.diff(reference)))
    same, successive, seen = 0, 0, 0
    for start, column in zip(starts[1:], columns[1:], strict=True):
        beats = beats_of(column)
        following = reference if strips else reference[-1] + rr_s * np.arange(1, 40)
        seen += beats.size
        same += int(_near(beats, reference).sum())
        successive += int(_near(beats + start, following).sum())
    if seen >= 4 and same >= 0.8 * seen and successive <= 0.5 * seen:
        return (0.0,) * len(printed)
    return printed


def _near(beats: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return for each beat whether one of the others is the same, shape (n,), bool."""
    return np.abs(beats[:, None] - others).min(axis=1, initial=np.inf) < SAME_BEAT_S
