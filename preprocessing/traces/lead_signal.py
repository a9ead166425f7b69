"""One printed lead as a signal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.lead_id import OfLead

# Sampling rate of all traces.
RATE_HZ = 500


@dataclass(frozen=True)
class Trace(OfLead):
    """One lead as a signal.

    Attributes
    ----------
    lead, role : str
        As in its `LeadBox`.
    start_s : float
        Time of the first sample on the page's own clock, s.
    mv : ndarray, shape (n,), float32
        Samples at `RATE_HZ`, in mV; NaN where nothing is printed or read. 0 mV is the lead's most frequent level.
    quality : float
        Share of its duration that was read, 0 to 1.
    origin_px : tuple of float
        Column and row of the page at which sample 0 would lie at 0 mV.
    px_per_sample, px_per_mv : float
        Sample i at v mV lies at (x + i * px_per_sample, y - v * px_per_mv).
    clock_spread_s : float
        How far from `origin_px` other beginnings lie that the page allows as well, s.
    """

    start_s: float
    mv: np.ndarray
    quality: float
    origin_px: tuple[float, float]
    px_per_sample: float
    px_per_mv: float
    clock_spread_s: float = 0.0

    @property
    def end_s(self) -> float:
        """Time at which its last sample ends."""
        return self.start_s + self.mv.size / RATE_HZ
