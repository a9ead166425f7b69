"""A beat in the context of its recording: its shape and timing relative to the patient's own late beats.

What is early, broad or tall differs from heart to heart. Every feature is therefore measured against reference beats of
the same recording, without labels: the quarter that comes latest after its predecessor. Premature beats are hardly ever
among them, also where most beats of a recording are premature; a median over all beats would take those as usual.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from models.beats.recordings import Recordings, rhythm_features


@dataclass(frozen=True)
class ContextConfig:
    """How a recording is cut into beats, and how features are normalised; chosen within DS1 (`models/LOG.md`)."""

    rate_hz: float = 120.0
    band_hz: tuple[float, float] = (0.5, 40.0)
    before_s: float = 0.35
    after_s: float = 0.5
    # Of all beats, the share that comes latest after its predecessor and is the reference.
    reference_share: float = 0.25
    # Added to a feature's interquartile range, so that one that hardly varies is not blown up.
    spread_floor: float = 0.05
    # Interquartile ranges from the reference at which a feature is clipped.
    limit: float = 8.0
    # With fewer beats there is no usual beat to compare with.
    fewest_beats: int = 8


CONTEXT = ContextConfig()
# Seconds from the R wave.
P_WAVE, QRS, T_WAVE, WIDE_QRS = (-0.3, -0.083), (-0.1, 0.117), (0.117, 0.45), (-0.15, 0.183)
SEGMENTS = {"P": P_WAVE, "QRS": QRS, "T": T_WAVE, "whole": (-CONTEXT.before_s, CONTEXT.after_s)}
# Samples by which a QRS complex may be shifted against the reference, for R waves annotated elsewhere on the complex.
MOST_SHIFT = 8
# A QRS complex is as wide as its amplitude is above this share of its maximum.
WIDTH_LEVEL = 0.35
RATIO_LIMIT = 3.0
RR_LIMITS_S = (0.2, 3.0)
FEATURES_N = 46


def context_features(mv: np.ndarray, rate_hz: float, beats_s: np.ndarray) -> np.ndarray | None:
    """Return the features of every beat of a recording, shape (n, 46), float32; None for too few beats.

    Parameters
    ----------
    mv : ndarray, shape (samples,)
        One lead, without gaps.
    rate_hz : float
    beats_s : ndarray, shape (n,)
        Times of the R waves from the first sample, rising.

    Returns
    -------
    ndarray or None
        How a beat differs from the reference beats in shape and timing, in interquartile ranges of the recording:
        0 is as in the reference.

    Examples
    --------
    >>> clock = np.arange(0, 20, 1 / 360)
    >>> beats_s = np.arange(1.0, 19.0)
    >>> mv = np.exp(-((((clock + 0.5) % 1 - 0.5) / 0.02) ** 2))
    >>> context_features(mv, 360.0, beats_s).shape
    (18, 46)
    >>> context_features(mv, 360.0, beats_s[:5]) is None
    True
    """
    if len(beats_s) < CONTEXT.fewest_beats:
        return None
    rhythm = rhythm_features(beats_s)[:, :-1]
    is_reference = rhythm[:, 0] >= np.quantile(rhythm[:, 0], 1 - CONTEXT.reference_share)
    windows = _windows(mv, rate_hz, beats_s)
    windows /= max(float(np.median(np.ptp(_part(windows[is_reference], QRS), axis=1))), 1e-6)
    features = np.column_stack([*_shape(windows, is_reference), *_timing(beats_s), rhythm])
    low, high = np.quantile(features, (0.25, 0.75), axis=0)
    centre = np.median(features[is_reference], axis=0)
    scaled = (features - centre) / (high - low + CONTEXT.spread_floor)
    return np.asarray(np.clip(scaled, -CONTEXT.limit, CONTEXT.limit), np.float32)


def context_of_beats(recordings: Recordings) -> np.ndarray:
    """Return the `context_features` of every beat within its record, shape (beats, 46)."""
    found = []
    for number in range(len(recordings.names)):
        beats_s = recordings.sample[recordings.record == number] / recordings.rate_hz
        own = context_features(recordings.mv[number], recordings.rate_hz, beats_s)
        assert own is not None, "records have hundreds of beats"
        found.append(own)
    # The beats of the records follow one another.
    return np.concatenate(found)


def context_of_strips(recordings: Recordings, strip_s: float) -> np.ndarray:
    """Return each beat's `context_features` within a strip of its record, as a printed report shows, shape (beats, 46).

    Records are cut into strips that follow one another. NaN for beats whose window reaches beyond their strip, and for
    those of strips with too few beats.
    """
    found = np.full((len(recordings.sample), FEATURES_N), np.nan, np.float32)
    samples = round(strip_s * recordings.rate_hz)
    strip = recordings.sample // samples
    edges = np.flatnonzero(np.diff(recordings.record) | np.diff(strip)) + 1
    for own in np.split(np.arange(len(strip)), edges):
        first = int(strip[own[0]]) * samples
        mv = recordings.mv[recordings.record[own[0]], first : first + samples]
        beats_s = (recordings.sample[own] - first) / recordings.rate_hz
        features = context_features(mv, recordings.rate_hz, beats_s) if len(mv) == samples else None
        if features is not None:
            whole = (beats_s >= CONTEXT.before_s) & (beats_s <= strip_s - CONTEXT.after_s)
            found[own[whole]] = features[whole]
    return found


def _windows(mv: np.ndarray, rate_hz: float, beats_s: np.ndarray) -> np.ndarray:
    """Cut filtered windows around R waves, shape (n, samples), mV from each window's median."""
    band = scipy.signal.butter(2, CONTEXT.band_hz, "bandpass", fs=rate_hz, output="sos")
    filtered = scipy.signal.sosfiltfilt(band, np.asarray(mv, float))
    samples = np.arange(-round(CONTEXT.before_s * CONTEXT.rate_hz), round(CONTEXT.after_s * CONTEXT.rate_hz))
    at_s = beats_s[:, None] + samples / CONTEXT.rate_hz
    found = np.interp(at_s, np.arange(len(filtered)) / rate_hz, filtered)
    return np.asarray(found - np.median(found, axis=1, keepdims=True))


def _part(windows: np.ndarray, segment_s: tuple[float, float], shift: int = 0) -> np.ndarray:
    first, last = (round((CONTEXT.before_s + edge) * CONTEXT.rate_hz) + shift for edge in segment_s)
    return windows[:, max(first, 0) : last]


def _shape(windows: np.ndarray, is_reference: np.ndarray) -> list[np.ndarray]:
    """Compare each beat with the median reference beat and with its neighbours; each feature has shape (n,)."""
    usual = np.median(windows[is_reference], axis=0)[None]
    found = []
    for segment in SEGMENTS.values():
        own, reference = _part(windows, segment), _part(usual, segment)
        found += [
            _correlation(own, reference),
            np.log(np.sqrt(((own - reference) ** 2).mean(axis=1)) + 0.01),
            _log_ratio(own.std(axis=1), reference.std(axis=1)),
        ]
    shifted = [_part(windows, QRS, shift) for shift in range(-MOST_SHIFT, MOST_SHIFT + 1)]
    found.append(np.max([_correlation(own, _part(usual, QRS)) for own in shifted], axis=0))
    found += [_log_ratio(one + 0.1, other + 0.1) for one, other in zip(_extent(windows), _extent(usual), strict=True)]
    own, reference = _part(windows, WIDE_QRS), _part(usual, WIDE_QRS)
    found += [_width_s(own), _log_ratio(np.abs(own).mean(axis=1), np.abs(reference).mean(axis=1))]
    found += [_log_ratio(_steepness(own), _steepness(reference)), _steepness(own) / np.abs(own).max(axis=1)]
    qrs = _part(windows, QRS)
    found.append(qrs.max(axis=1) + qrs.min(axis=1))
    for step in (-1, 1):
        neighbour = windows[np.clip(np.arange(len(windows)) + step, 0, len(windows) - 1)]
        found += [
            _correlation(own, _part(neighbour, WIDE_QRS)),
            _correlation(_part(windows, P_WAVE), _part(neighbour, P_WAVE)),
            _log_ratio(np.ptp(qrs, axis=1), np.ptp(_part(neighbour, QRS), axis=1)),
        ]
    before, usual_before = _part(windows, P_WAVE), _part(usual, P_WAVE)
    found.append(before.max(axis=1) - usual_before.max(axis=1))
    found.append((before.argmax(axis=1) - usual_before.argmax(axis=1)) / CONTEXT.rate_hz)
    return found


def _timing(beats_s: np.ndarray) -> list[np.ndarray]:
    """Return the logarithms of the RR intervals before, after and beyond, in seconds and to the recording's usual."""
    intervals = np.diff(beats_s)
    usual, mean = float(np.median(intervals)), float(intervals.mean())
    before, after = np.append(usual, intervals), np.append(intervals, usual)
    earlier, later = np.append(usual, before[:-1]), np.append(after[1:], usual)
    late, later_still = np.quantile(intervals, (0.75, 0.9))
    spans = (before, after, before / usual, after / usual, earlier / usual, later / usual)
    return [np.log(np.clip(one, *RR_LIMITS_S)) for one in (*spans, before / mean, before / late, before / later_still)]


def _extent(windows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    qrs = _part(windows, QRS)
    return qrs.max(axis=1), -qrs.min(axis=1), np.ptp(qrs, axis=1)


def _width_s(qrs: np.ndarray) -> np.ndarray:
    return np.asarray(
        (np.abs(qrs) > WIDTH_LEVEL * np.abs(qrs).max(axis=1, keepdims=True)).sum(axis=1) / CONTEXT.rate_hz
    )


def _steepness(qrs: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(np.diff(qrs, axis=1)).max(axis=1))


def _correlation(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    a, b = (one - one.mean(axis=1, keepdims=True) for one in (own, other))
    return np.asarray((a * b).sum(axis=1) / np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1) + 1e-9))


def _log_ratio(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(np.log(np.maximum(own, 1e-3) / np.maximum(other, 1e-3)), -RATIO_LIMIT, RATIO_LIMIT))
