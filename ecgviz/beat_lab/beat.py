"""One beat, wherever it comes from, as the networks of beats take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import numpy as np
from PIL import Image

from ecgviz.study import Study
from models.beats import (
    AFTER_MS,
    BEFORE_MS,
    FIELD_HALF_MS,
    MARGIN_MS,
    SHAPE,
    TRANSFORMS,
    asked_as,
    beat_spectrum_picture,
    field_picture,
    own_picture,
    resized,
    rhythm_of,
)
from preprocessing.errors import EcgImageError
from preprocessing.measuring import HeartBeats
from preprocessing.traces import RATE_HZ, Trace
from sample_images import RHYTHMS, Recording, simulate

# What networks are asked about, as their files are named: classes, and how the beat is drawn.
SIX, FIVE = "six_published", "five_patients"
SPECTRA = {asked_as(FIVE, kind): kind for kind in TRANSFORMS}
# Lead II is what most of the records that the networks were taught on show, or nearly so.
DRAWN_LEAD = "II"
# Of the drawn rhythms: those that bear on one of the classes.
DRAWN = (
    "normal-sinus",
    "premature-atrial-beats",
    "premature-ventricular-beats",
    "left-bundle-branch-block",
    "right-bundle-branch-block",
    "ventricular-tachycardia",
    "ventricular-fibrillation",
)
# The field's pictures have white paper, of which 0.7 to 4 % are ink.
LEAST_PAPER, INK_BELOW_PAPER, LEAST_INK, MOST_INK = 150, 30, 0.002, 0.25
# They are one and a half times as wide as high.
LEAST_ASPECT, MOST_ASPECT = 0.5, 4.0
# Where a rhythm has no separate beats, a place is looked at every so many seconds.
NO_BEAT_EVERY_S = 0.4


@dataclass(frozen=True, eq=False)
class Beat:
    """One beat.

    Attributes
    ----------
    pictures : dict of str to ndarray, shape (128, 192), uint8
        By `SIX` and `FIVE`, as the networks were taught; by the first alone where it came as a picture.
    words : str
        Where it comes from.
    mv : ndarray, shape (n,), float32, or None
        Millivolts from 500 ms before the R wave to 650 ms after it; None where the beat came as a picture.
    rate_hz : float
    rhythm : ndarray, shape (9,), float32, or None
        As `rhythm_of` gives it; None where the beats around are not known.
    """

    pictures: dict[str, np.ndarray]
    words: str
    mv: np.ndarray | None = None
    rate_hz: float = RATE_HZ
    rhythm: np.ndarray | None = None

    @property
    def key(self) -> str:
        """A name that only a beat of the same pictures, trace and rhythm has."""
        parts = (*self.pictures.values(), self.mv, self.rhythm)
        return sha256(b"".join(part.tobytes() for part in parts if part is not None)).hexdigest()

    @property
    def tasks(self) -> tuple[str, ...]:
        """What networks can be asked about it: of `SIX`, `FIVE` and `SPECTRA`."""
        return (*self.pictures, *(SPECTRA if self.mv is not None else ()))

    def picture(self, task: str) -> np.ndarray:
        """Return what the networks of one of its tasks are shown, shape (128, 192), uint8."""
        if task in self.pictures:
            return self.pictures[task]
        assert self.mv is not None, "a beat without a trace has no spectra among its tasks"
        return beat_spectrum_picture(SPECTRA[task], self.mv, self.rate_hz)


def of_signal(mv: np.ndarray, rate_hz: float, at_s: float, beats_s: np.ndarray, words: str) -> Beat | None:
    """Cut a beat out of a signal; None where the signal does not reach around it without a gap.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        NaN where nothing is known.
    rate_hz : float
    at_s : float
        When its R wave comes, from the signal's first sample.
    beats_s : ndarray
        When all beats around come, on the same clock; the beat itself among them.
    words : str
    """
    inner = _cut(mv, rate_hz, at_s, BEFORE_MS, AFTER_MS)
    field = _cut(mv, rate_hz, at_s, FIELD_HALF_MS, FIELD_HALF_MS)
    if inner is None or field is None:
        return None
    own = int(np.abs(beats_s - at_s).argmin()) if len(beats_s) else 0
    rhythm = rhythm_of(beats_s)[own] if len(beats_s) > 2 else None
    # Only spectra look beyond the window; where nothing is known there, the nearest value goes on.
    wide = _filled(mv, rate_hz, at_s, BEFORE_MS + MARGIN_MS, AFTER_MS + MARGIN_MS)
    return Beat({SIX: field_picture(field), FIVE: own_picture(inner)}, words, wide, rate_hz, rhythm)


def of_picture(rgb: np.ndarray, words: str) -> Beat:
    """Take a picture of one beat, shape (h, w, 3), uint8, as the networks of the six classes will see it.

    Those of the five were taught beats of another width and height, of which a picture without a clock says nothing.

    Raises
    ------
    EcgImageError
        ``not_a_beat`` where the paper is not bright, hardly anything or too much is drawn on it, or the picture is far
        wider or higher than those taught on.
    """
    picture = resized(np.asarray(Image.fromarray(rgb).convert("L")), SHAPE)
    paper = float(np.median(picture))
    ink = float((picture < paper - INK_BELOW_PAPER).mean())
    high, wide = rgb.shape[:2]
    if paper < LEAST_PAPER or not LEAST_INK < ink < MOST_INK or not LEAST_ASPECT < wide / high < MOST_ASPECT:
        raise EcgImageError(
            "not_a_beat",
            "This does not look like one beat drawn dark on light paper; crop the picture to a single beat, with a "
            "little paper around it and without a grid.",
        )
    return Beat({SIX: picture}, words)


def beats_of(study: Study) -> dict[str, list[float]]:
    """Return, by trace, when those beats come that are shown whole, s from the trace's first sample."""
    return _whole(study, study.measurements.beats)


def _whole(study: Study, found: HeartBeats) -> dict[str, list[float]]:
    told: dict[str, list[float]] = {}
    for trace, start_s in zip(study.traces, found.clock_s, strict=True):
        own = [float(time - start_s) for time in found.times_s if _shown(trace, time - start_s)]
        if own:
            told[trace.key] = own
    return told


def of_report(study: Study, key: str, number: int) -> Beat:
    """Cut one of `beats_of` a trace out of a report."""
    found = study.measurements.beats
    place = [trace.key for trace in study.traces].index(key)
    trace, start_s = study.traces[place], found.clock_s[place]
    at_s = _whole(study, found)[key][number]
    beat = of_signal(trace.mv, RATE_HZ, at_s, found.times_s - start_s, f"Lead {trace.lead}, beat {number + 1}")
    assert beat is not None, "only beats that are shown whole are offered"
    return beat


def drawn(rhythm: str, number: int) -> Beat:
    """Draw a rhythm and cut one of its beats out; always the same for the same number."""
    recording = _recorded(rhythm)
    at = drawn_beats(rhythm)
    words = f"{RHYTHMS[rhythm].title}, drawn, lead {DRAWN_LEAD}, beat {number + 1}"
    times = np.array(recording.r_times_s)
    beat = of_signal(recording.lead(DRAWN_LEAD), recording.rate_hz, at[number], times, words)
    assert beat is not None, "only beats that are shown whole are offered"
    return beat


def drawn_beats(rhythm: str) -> list[float]:
    """Return when the drawn beats of a rhythm come that are shown whole, s."""
    recording = _recorded(rhythm)
    edge_s = max(BEFORE_MS, AFTER_MS, FIELD_HALF_MS) / 1000
    times = recording.r_times_s or tuple(np.arange(0, recording.duration_s, NO_BEAT_EVERY_S))
    return [float(time) for time in times if edge_s < time < recording.duration_s - edge_s]


@cache
def _recorded(rhythm: str) -> Recording:
    return simulate(rhythm, seed=1)


def _shown(trace: Trace, at_s: float) -> bool:
    windows = ((BEFORE_MS, AFTER_MS), (FIELD_HALF_MS, FIELD_HALF_MS))
    return all(_cut(trace.mv, RATE_HZ, at_s, *window) is not None for window in windows)


def _cut(mv: np.ndarray, rate_hz: float, at_s: float, before_ms: float, after_ms: float) -> np.ndarray | None:
    first, last = (round((at_s + part / 1000) * rate_hz) for part in (-before_ms, after_ms))
    if first < 0 or last > len(mv) or np.isnan(mv[first:last]).any():
        return None
    return mv[first:last]


def _filled(mv: np.ndarray, rate_hz: float, at_s: float, before_ms: float, after_ms: float) -> np.ndarray:
    first, last = (round((at_s + part / 1000) * rate_hz) for part in (-before_ms, after_ms))
    known = np.flatnonzero(~np.isnan(mv))
    return np.interp(np.arange(first, last), known, mv[known]).astype(np.float32)
