"""A 12-lead recording: twelve signals in millivolts, and their labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sample_images.leads import LEADS, Signal


@dataclass(frozen=True, eq=False)
class Recording:
    """Twelve simultaneous leads.

    Attributes
    ----------
    signals_mv : (12, n) array, mV, in the order of `LEADS`; NaN where nothing was recorded
    rate_hz : sampling rate
    label : one of the four classes, or None if unknown
    rhythm : a key of `RHYTHMS`, or None
    heart_rate_bpm : from the mean RR interval; None without beats, or if unknown
    r_times_s : times of the R waves
    seed : random seed of a simulated signal, or None
    """

    signals_mv: Signal
    rate_hz: float
    label: str | None = None
    rhythm: str | None = None
    heart_rate_bpm: float | None = None
    r_times_s: tuple[float, ...] = ()
    seed: int | None = None

    @classmethod
    def from_array(
        cls,
        signals_mv: ArrayLike,
        rate_hz: float,
        label: str | None = None,
        heart_rate_bpm: float | None = None,
    ) -> Recording:
        """Return a recording of a real signal, (12, n) in mV in the order of `LEADS`, at any rate."""
        signals = np.array(signals_mv, dtype=np.float64)
        if signals.ndim != 2 or signals.shape[0] != len(LEADS) or signals.shape[1] < 2:
            raise ValueError(f"a recording must have the shape (12, n) with n >= 2, not {signals.shape}")
        if rate_hz <= 0:
            raise ValueError(f"the sampling rate must be positive, not {rate_hz}")
        return cls(signals, float(rate_hz), label, heart_rate_bpm=heart_rate_bpm)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(self.signals_mv.shape[1] / self.rate_hz)

    def lead(self, name: str) -> Signal:
        """Return one lead, (n,) in mV; a leading minus, as in Cabrera's -aVR, inverts it."""
        signal: Signal = self.signals_mv[LEADS.index(name.removeprefix("-"))]
        return -signal if name.startswith("-") else signal
