"""One beat as the beat networks take it, from a simulation, a report or a picture."""

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
    MARGIN_MS,
    SHAPE,
    SIX_HALF_WINDOW_MS,
    TRANSFORMS,
    aami_picture,
    beat_in_context,
    beat_spectrum_picture,
    live,
    resized,
    rhythm_features,
    six_class_picture,
    task_key,
)
from preprocessing.errors import EcgImageError
from preprocessing.traces import RATE_HZ, Trace
from sample_images import RHYTHMS, Recording, simulate

# Tasks as the networks' files are named: classes, and how the beat is drawn.
SIX_TASK, FIVE_TASK = live.FIRST_TASK, live.CONTEXT_TASK
SPECTRUM_TASKS = {task_key(FIVE_TASK, kind): kind for kind in TRANSFORMS}
# Most records of the training data show lead II or a lead close to it.
SIMULATED_LEAD = "II"
# The simulated rhythms that show one of the classes.
SIMULATED_RHYTHMS = (
    "normal-sinus",
    "premature-atrial-beats",
    "premature-ventricular-beats",
    "left-bundle-branch-block",
    "right-bundle-branch-block",
    "ventricular-tachycardia",
    "ventricular-fibrillation",
)
# The published pictures have white paper with 0.7 to 4 % ink, and are one and a half times as wide as high; these
# limits leave room for other drawings of a single beat. Grey levels, then shares, then width over height.
MIN_PAPER, INK_BELOW_PAPER, MIN_INK, MAX_INK = 150, 30, 0.002, 0.25
MIN_ASPECT, MAX_ASPECT = 0.5, 4.0
# In a rhythm without separate beats, windows are cut this far apart.
NO_BEAT_EVERY_S = 0.4


@dataclass(frozen=True, eq=False)
class Beat:
    """One beat.

    Attributes
    ----------
    pictures : dict of str to ndarray, shape (128, 192), uint8
        By `SIX_TASK` and `FIVE_TASK`; by the first alone where the beat came as a picture.
    source : str
        Where it comes from, in words.
    mv : ndarray, shape (n,), float32, or None
        Millivolts from 500 ms before the R wave to 650 ms after it; None where the beat came as a picture.
    rate_hz : float
    rhythm : ndarray, shape (9,), float32, or None
        As `rhythm_features` gives it; None where the beats around are unknown.
    context : ndarray, shape (46,), float32, or None
        As `beat_in_context` gives it; None where the lead has a gap or too few beats.
    """

    pictures: dict[str, np.ndarray]
    source: str
    mv: np.ndarray | None = None
    rate_hz: float = RATE_HZ
    rhythm: np.ndarray | None = None
    context: np.ndarray | None = None

    @property
    def key(self) -> str:
        """A hash of the pictures, the trace, the rhythm and the context."""
        parts = (*self.pictures.values(), self.mv, self.rhythm, self.context)
        return sha256(b"".join(part.tobytes() for part in parts if part is not None)).hexdigest()

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks whose networks can run on it, of `SIX_TASK`, `FIVE_TASK` and `SPECTRUM_TASKS`."""
        return (*self.pictures, *(SPECTRUM_TASKS if self.mv is not None else ()))

    def picture(self, task: str) -> np.ndarray:
        """Return the picture that the networks of one of its tasks take, shape (128, 192), uint8."""
        if task in self.pictures:
            return self.pictures[task]
        assert self.mv is not None, "a beat without a trace has no spectra among its tasks"
        return beat_spectrum_picture(SPECTRUM_TASKS[task], self.mv, self.rate_hz)


def beat_from_signal(mv: np.ndarray, rate_hz: float, at_s: float, beats_s: np.ndarray, source: str) -> Beat | None:
    """Cut a beat out of a signal; None where its window has a gap or reaches beyond the signal.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        NaN where unknown.
    rate_hz : float
    at_s : float
        Time of its R wave from the signal's first sample.
    beats_s : ndarray
        Times of all beats around, itself among them, on the same clock.
    source : str

    Examples
    --------
    >>> flat = np.zeros(1000)
    >>> beat_from_signal(flat, 500.0, 1.0, np.array([0.0, 1.0, 2.0]), "flat").tasks[:2]
    ('six_published', 'five_patients')
    >>> beat_from_signal(flat, 500.0, 0.1, np.array([]), "at the edge") is None
    True
    """
    inner = _cut(mv, rate_hz, at_s, BEFORE_MS, AFTER_MS)
    six = _cut(mv, rate_hz, at_s, SIX_HALF_WINDOW_MS, SIX_HALF_WINDOW_MS)
    if inner is None or six is None:
        return None
    own = int(np.abs(beats_s - at_s).argmin()) if len(beats_s) else 0
    rhythm = rhythm_features(beats_s)[own] if len(beats_s) > 2 else None
    # Only spectra reach beyond the window; unknown samples there take the nearest known value.
    wide = _filled(mv, rate_hz, at_s, BEFORE_MS + MARGIN_MS, AFTER_MS + MARGIN_MS)
    pictures = {SIX_TASK: six_class_picture(six), FIVE_TASK: aami_picture(inner)}
    return Beat(pictures, source, wide, rate_hz, rhythm, beat_in_context(mv, rate_hz, at_s, beats_s))


def beat_from_picture(rgb: np.ndarray, source: str) -> Beat:
    """Turn a picture of one beat, shape (h, w, 3), uint8, into one for the networks of six classes.

    Those of the five AAMI classes need a time scale, which a picture does not give.

    Raises
    ------
    EcgImageError
        ``not_a_beat`` where the paper is dark, the share of ink is too low or too high, or the picture is far wider or
        higher than the training pictures.
    """
    picture = resized(np.asarray(Image.fromarray(rgb).convert("L")), SHAPE)
    paper = float(np.median(picture))
    ink = float((picture < paper - INK_BELOW_PAPER).mean())
    height, width = rgb.shape[:2]
    if paper < MIN_PAPER or not MIN_INK < ink < MAX_INK or not MIN_ASPECT < width / height < MAX_ASPECT:
        raise EcgImageError(
            "not_a_beat",
            "This does not look like one beat drawn dark on light paper. Crop the picture to a single beat with a "
            "little paper around it and without a grid.",
        )
    return Beat({SIX_TASK: picture}, source)


def report_beat_times(study: Study) -> dict[str, list[float]]:
    """Return the times of beats with a whole window, by trace, s from the trace's first sample."""
    beats = study.measurements.beats
    found: dict[str, list[float]] = {}
    for trace, start_s in zip(study.traces, beats.clock_s, strict=True):
        own = [float(time - start_s) for time in beats.times_s if _has_window(trace, time - start_s)]
        if own:
            found[trace.key] = own
    return found


def beat_from_report(study: Study, key: str, number: int) -> Beat:
    """Cut the beat of one trace out of a report; `number` counts the trace's `report_beat_times`."""
    beats = study.measurements.beats
    place = [trace.key for trace in study.traces].index(key)
    trace, start_s = study.traces[place], beats.clock_s[place]
    at_s = report_beat_times(study)[key][number]
    source = f"Lead {trace.lead}, beat {number + 1}"
    beat = beat_from_signal(trace.mv, RATE_HZ, at_s, beats.times_s - start_s, source)
    assert beat is not None, "only beats with a whole window are offered"
    return beat


def simulated_beat(rhythm: str, number: int) -> Beat:
    """Cut a beat out of a simulated rhythm; the same number gives the same beat."""
    recording = simulated_recording(rhythm)
    at_s = simulated_beat_times(rhythm)[number]
    source = f"{RHYTHMS[rhythm].title}, simulated, lead {SIMULATED_LEAD}, beat {number + 1}"
    times_s = np.array(recording.r_times_s)
    beat = beat_from_signal(recording.lead(SIMULATED_LEAD), recording.rate_hz, at_s, times_s, source)
    assert beat is not None, "only beats with a whole window are offered"
    return beat


def simulated_beat_times(rhythm: str) -> list[float]:
    """Return the times of the beats of a simulated rhythm with a whole window, s."""
    recording = simulated_recording(rhythm)
    edge_s = max(BEFORE_MS, AFTER_MS, SIX_HALF_WINDOW_MS) / 1000
    times = recording.r_times_s or tuple(np.arange(0, recording.duration_s, NO_BEAT_EVERY_S))
    return [float(time) for time in times if edge_s < time < recording.duration_s - edge_s]


@cache
def simulated_recording(rhythm: str) -> Recording:
    """Return the one recording of a rhythm that all its beats are cut from."""
    return simulate(rhythm, seed=1)


def _has_window(trace: Trace, at_s: float) -> bool:
    windows = ((BEFORE_MS, AFTER_MS), (SIX_HALF_WINDOW_MS, SIX_HALF_WINDOW_MS))
    return all(_cut(trace.mv, RATE_HZ, at_s, *window) is not None for window in windows)


def _cut(mv: np.ndarray, rate_hz: float, at_s: float, before_ms: float, after_ms: float) -> np.ndarray | None:
    first, last = (round((at_s + part / 1000) * rate_hz) for part in (-before_ms, after_ms))
    if first < 0 or last > len(mv) or np.isnan(mv[first:last]).any():
        return None
    return mv[first:last]


def _filled(mv: np.ndarray, rate_hz: float, at_s: float, before_ms: float, after_ms: float) -> np.ndarray:
    first, last = (round((at_s + part / 1000) * rate_hz) for part in (-before_ms, after_ms))
    known = np.flatnonzero(~np.isnan(mv))
    return np.asarray(np.interp(np.arange(first, last), known, mv[known]), np.float32)
