"""From a rhythm's name to twelve leads: one dipole, projected onto eight leads, with realistic noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from sample_images.beats import add_beat
from sample_images.leads import INDEPENDENT_LEADS, Signal, project, twelve_leads
from sample_images.recording import Recording
from sample_images.rhythms import RHYTHMS


@dataclass(frozen=True)
class Noise:
    """Noise of a recording: standard deviations in mV, and the mains frequency in Hz."""

    wander_mv: float = 0.03
    hum_mv: float = 0.003
    muscle_mv: float = 0.007
    mains_hz: float = 50.0


QUIET = Noise(0.0, 0.0, 0.0)


def simulate(
    rhythm: str = "normal-sinus",
    heart_rate_bpm: float | None = None,
    seed: int = 0,
    duration_s: float = 10.0,
    rate_hz: float = 500.0,
    noise: Noise | None = None,
) -> Recording:
    """Simulate a 12-lead recording.

    Parameters
    ----------
    rhythm : a key of `RHYTHMS`
    heart_rate_bpm : 20 to 300; None is the rhythm's own rate. Ventricular fibrillation has none
    seed : the same random seed gives the same recording, bit by bit
    duration_s, rate_hz : duration in seconds and sampling rate
    noise : None is `Noise()`; `QUIET` gives a clean signal

    Returns
    -------
    Recording
        Its `heart_rate_bpm` is measured on the simulated RR intervals, not the one requested.
    """
    if rhythm not in RHYTHMS:
        raise ValueError(f"no rhythm is called {rhythm!r}; there are {', '.join(RHYTHMS)}")
    if heart_rate_bpm is not None and not 20 <= heart_rate_bpm <= 300:
        raise ValueError(f"the heart rate must be 20 to 300 bpm, not {heart_rate_bpm}")
    kind = RHYTHMS[rhythm]
    rng = np.random.default_rng(seed)
    times_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    dipole = np.zeros((3, times_s.size))
    r_times_s: list[float] = []
    rate_bpm = kind.rate_bpm and (heart_rate_bpm or kind.rate_bpm)
    if rate_bpm is not None:
        breath_rad = rng.uniform(0, 2 * np.pi)
        for r_s, beat, rr_s in kind.schedule(rng, rate_bpm, duration_s):
            breathing = 0.04 * np.sin(2 * np.pi * 0.25 * r_s + breath_rad)
            add_beat(dipole, rate_hz, r_s, beat, rr_s, 1 + breathing + rng.normal(0, 0.02))
            r_times_s.append(r_s)
    if kind.atria is not None:
        dipole += kind.atria(rng, times_s, rate_bpm)
    # Chests differ: scale each axis slightly.
    dipole *= rng.normal(1, 0.08, (3, 1))
    signals = twelve_leads(project(dipole) + _disturbance(rng, times_s, rate_hz, noise or Noise()))
    seen_s = tuple(r_s for r_s in r_times_s if 0 <= r_s < duration_s)
    measured_bpm = 60 / float(np.mean(np.diff(seen_s))) if len(seen_s) > 1 else None
    return Recording(signals, rate_hz, kind.label, rhythm, measured_bpm, seen_s, seed)


def _disturbance(rng: np.random.Generator, times_s: Signal, rate_hz: float, noise: Noise) -> Signal:
    """Return noise of the independent leads, (8, n) in mV: the derived leads keep their identities."""
    shape = (len(INDEPENDENT_LEADS), 1)
    wander = sum(
        np.sin(2 * np.pi * (rng.uniform(0.05, 0.45, shape) * times_s + rng.uniform(0, 1, shape))) for _ in range(3)
    )
    hum = np.sin(2 * np.pi * (noise.mains_hz * times_s + rng.uniform(0, 1, shape)))
    # The recorder's own low-pass filter leaves muscle noise no higher than 40 Hz.
    width_samples = rate_hz * np.sqrt(np.log(2)) / (2 * np.pi * 40)
    muscle = scipy.ndimage.gaussian_filter1d(rng.normal(0, 1, (shape[0], times_s.size)), width_samples, axis=1)
    muscle /= muscle.std(axis=1, keepdims=True)
    disturbed: Signal = (
        noise.wander_mv * wander / np.sqrt(1.5) + noise.hum_mv * np.sqrt(2) * hum + noise.muscle_mv * muscle
    )
    return disturbed
