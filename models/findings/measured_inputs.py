"""A report's measurements as numbers of about unit size, with a flag beside what may be missing.

The network over traces sees 2.5 s at a time; rhythm over the whole page, intervals and axes come to it from here.
"""

from __future__ import annotations

import numpy as np

from preprocessing.lead_id import LEADS
from preprocessing.measuring import HeartBeats, Measurements, MedianBeat

# An interval counts as early below this share of the median, as late above the other.
_EARLY, _LATE = 0.85, 1.15
# What makes a typical value about 1.
_INTERVALS_MS = {"pr_ms": 160.0, "qrs_ms": 100.0, "qt_ms": 400.0, "qtc_fridericia_ms": 420.0}
_AXES = ("p_axis_deg", "axis_deg", "t_axis_deg")
_WAVES = {"st_j_mv": 0.1, "st_j60_mv": 0.1, "r_mv": 1.0, "s_mv": 1.0, "q_mv": 0.2, "q_ms": 40.0, "t_mv": 0.3}
_RHYTHM_N = 10
_LARGEST = 8.0
FEATURES_N = 1 + _RHYTHM_N + 2 * len(_INTERVALS_MS) + 3 * len(_AXES) + len(LEADS) * (len(_WAVES) + 1)


def measured_features(found: Measurements) -> np.ndarray:
    """Return the features of a page's measurements, shape (`FEATURES_N`,), float32; zeros where nothing is known."""
    values: list[float] = [float(found.beat is not None), *_rhythm(found.beats, found.beat)]
    for name, typical in _INTERVALS_MS.items():
        value = found.values[name].value
        known = isinstance(value, float)
        values += [float(value) / typical if isinstance(value, float) else 0.0, float(known)]
    for name in _AXES:
        value = found.values[name].value
        angle = np.deg2rad(value) if isinstance(value, float) else None
        values += [0.0, 0.0, 0.0] if angle is None else [float(np.cos(angle)), float(np.sin(angle)), 1.0]
    for lead in LEADS:
        waves = found.waves.get(lead)
        values.append(float(waves is not None))
        each = [None if waves is None else getattr(waves, name) for name in _WAVES]
        values += [0.0 if one is None else one / typical for one, typical in zip(each, _WAVES.values(), strict=True)]
    return np.clip(np.nan_to_num(np.array(values, np.float32)), -_LARGEST, _LARGEST)


def _rhythm(beats: HeartBeats, beat: MedianBeat | None) -> list[float]:
    """Return rate, irregularity and early beats of the whole page."""
    rr_s = beats.rr_s if beat is None else beats.intervals(beat.at_s)
    if rr_s.size < 2:
        return [0.0] * _RHYTHM_N
    ratio = rr_s / np.median(rr_s)
    early = ratio < _EARLY
    unlike = np.zeros(0, bool) if beat is None else ~beat.used
    # The beat that ends an early interval; of intervals that are not all known it is unknown which.
    early_beats = unlike[1:][early] if unlike.size == rr_s.size + 1 else unlike[:0]
    return [
        float(np.median(rr_s)),
        float(ratio.min()),
        float(ratio.max()) / 2,
        5 * float(np.std(ratio)),
        5 * float(np.sqrt(np.mean(np.diff(ratio) ** 2))),
        5 * float(np.median(np.abs(np.diff(ratio)))),
        2 * float(early.mean()),
        2 * float((ratio > _LATE).mean()),
        2 * float(unlike.mean()) if unlike.size else 0.0,
        float(early_beats.mean()) if early_beats.size else 0.0,
    ]
