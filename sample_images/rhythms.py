"""The rhythms by name: their beats and intervals, the activity between beats, and the class of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import scipy

from sample_images import beats
from sample_images.beats import Beat
from sample_images.leads import Signal

CLASSES = ("Normal", "Abnormal heartbeat", "Myocardial infarction", "History of MI")


@dataclass(frozen=True)
class Rhythm:
    """A named rhythm.

    `rr_spread` is the relative standard deviation of the RR interval; `early` is a premature beat
    every few beats; `atria` returns the activity between beats, a (3, n) dipole in mV, from (rng, times_s, rate_bpm).
    """

    title: str
    label: str
    rate_bpm: float | None
    beat: Beat | None
    rr_spread: float = 0.02
    early: Beat | None = None
    atria: Callable[[np.random.Generator, Signal, float | None], Signal] | None = None

    def schedule(
        self, rng: np.random.Generator, rate_bpm: float, duration_s: float
    ) -> Iterator[tuple[float, Beat, float]]:
        """Yield (time of R in s, beat, preceding RR in s), from before the recording until after its end."""
        assert self.beat is not None
        mean_s = 60 / rate_bpm
        r_s = -rng.uniform(0.2, 1.0) * mean_s - mean_s
        rr_s = mean_s
        until_early = int(rng.integers(2, 4))
        while r_s < duration_s + mean_s:
            yield r_s, self.beat, rr_s
            # A log-normal keeps every interval positive; subtracting half its variance keeps the mean.
            spread = rng.normal(-0.5 * self.rr_spread**2, self.rr_spread)
            rr_s = mean_s * float(np.exp(spread))
            until_early -= 1
            if self.early is not None and until_early == 0:
                yield r_s + 0.62 * mean_s, self.early, 0.62 * mean_s
                # A ventricular beat does not reset the sinus node, an atrial beat does.
                rr_s = mean_s * (2.0 if self.early.p_mv is None else 1.72)
                until_early = int(rng.integers(3, 5))
            r_s += rr_s


def _fibrillating(rng: np.random.Generator, times_s: Signal, low_hz: float, high_hz: float, size_mv: Signal) -> Signal:
    """Return five oscillators of drifting phase per axis, (3, n) in mV, of standard deviation near `size_mv` (3,)."""
    rate_hz = 1 / (times_s[1] - times_s[0])
    frequency_hz = rng.uniform(low_hz, high_hz, (3, 5, 1))
    stray_rad = np.cumsum(rng.normal(0, 1.5 / np.sqrt(rate_hz), (3, 5, times_s.size)), axis=2)
    # A random walk is rough at every scale, tissue is not.
    stray_rad = scipy.ndimage.gaussian_filter1d(stray_rad, 0.04 * rate_hz, axis=2)
    phase_rad = 2 * np.pi * (frequency_hz * times_s + rng.uniform(0, 1, (3, 5, 1))) + stray_rad
    waves: Signal = np.sin(phase_rad).sum(axis=1)
    waves *= size_mv[:, None] / np.sqrt(2.5)
    return waves


def _fine_atrial_waves(rng: np.random.Generator, times_s: Signal, rate_bpm: float | None) -> Signal:
    return _fibrillating(rng, times_s, 5.5, 8.5, np.array([0.015, 0.03, 0.035]))


def _ventricular_chaos(rng: np.random.Generator, times_s: Signal, rate_bpm: float | None) -> Signal:
    return _fibrillating(rng, times_s, 3.5, 6.0, np.array([0.25, 0.35, 0.22]))


def _flutter_waves(rng: np.random.Generator, times_s: Signal, rate_bpm: float | None) -> Signal:
    """Return a sawtooth near 300 bpm, a whole number per beat: a slow fall and a fast rise in II."""
    assert rate_bpm is not None
    per_beat = max(2, round(300 / rate_bpm))
    turns = times_s * rate_bpm * per_beat / 60 + rng.uniform()
    teeth = sum(np.sin(2 * np.pi * k * turns) / k for k in (1, 2, 3))
    dipole: Signal = np.outer([0.01, 0.13, -0.05], teeth)
    return dipole


RHYTHMS: dict[str, Rhythm] = {
    "normal-sinus": Rhythm("Normal sinus rhythm", CLASSES[0], 70, beats.NORMAL),
    "sinus-tachycardia": Rhythm("Sinus tachycardia", CLASSES[1], 130, beats.NORMAL, 0.01),
    "sinus-bradycardia": Rhythm("Sinus bradycardia", CLASSES[1], 45, beats.NORMAL),
    "atrial-fibrillation": Rhythm("Atrial fibrillation", CLASSES[1], 95, beats.NO_P, 0.2, atria=_fine_atrial_waves),
    "atrial-flutter": Rhythm("Atrial flutter", CLASSES[1], 75, beats.NO_P, 0.0, atria=_flutter_waves),
    "premature-atrial-beats": Rhythm("Premature atrial beats", CLASSES[1], 72, beats.NORMAL, early=beats.ATRIAL_EARLY),
    "premature-ventricular-beats": Rhythm(
        "Premature ventricular beats", CLASSES[1], 75, beats.NORMAL, early=beats.VENTRICULAR
    ),
    "left-bundle-branch-block": Rhythm("Left bundle branch block", CLASSES[1], 72, beats.LEFT_BLOCK),
    "right-bundle-branch-block": Rhythm("Right bundle branch block", CLASSES[1], 72, beats.RIGHT_BLOCK),
    "first-degree-block": Rhythm("First-degree AV block", CLASSES[1], 66, beats.FIRST_DEGREE),
    "ventricular-tachycardia": Rhythm("Ventricular tachycardia", CLASSES[1], 170, beats.VENTRICULAR, 0.01),
    "ventricular-fibrillation": Rhythm("Ventricular fibrillation", CLASSES[1], None, None, atria=_ventricular_chaos),
    "acute-anterior-infarction": Rhythm("Acute anterior infarction", CLASSES[2], 92, beats.ACUTE_ANTERIOR),
    "acute-inferior-infarction": Rhythm("Acute inferior infarction", CLASSES[2], 64, beats.ACUTE_INFERIOR),
    "old-anterior-infarction": Rhythm("Old anterior infarction", CLASSES[3], 74, beats.OLD_ANTERIOR),
    "old-inferior-infarction": Rhythm("Old inferior infarction", CLASSES[3], 68, beats.OLD_INFERIOR),
}
