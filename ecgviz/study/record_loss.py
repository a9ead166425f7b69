"""What a record lost on its way through paper: its own samples against what was read from the drawn page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from ecgviz.study.page_signals import place
from ecgviz.study.study import Study
from preprocessing.lead_id import LeadId
from preprocessing.traces import RATE_HZ, Trace

# Shorter than this nothing is compared.
LEAST_S = 0.5


@dataclass(frozen=True)
class LeadLoss:
    """One lead of a record as it came back.

    Attributes
    ----------
    id : LeadId
    seconds : float
        Duration of its own samples on the page.
    read : float
        Share of them that was read, 0 to 1.
    paper_db : float or None
        Signal to noise of what the paper can hold at best: the mean of the signal over each column of pixels.
    read_db : float or None
        Signal to noise of what was read, where it was read; None where that is too short.
    error_uv : float or None
        Root mean square of the difference, in microvolts.
    """

    id: LeadId
    seconds: float
    read: float
    paper_db: float | None
    read_db: float | None
    error_uv: float | None


def record_losses(study: Study) -> list[LeadLoss]:
    """Compare each printed lead of a record with its trace, in the usual order; empty for an image."""
    if study.record is None:
        return []
    found = {trace.key: trace for trace in study.traces}
    printed = sorted(study.record.traces, key=place)
    return [_loss(true, found.get(true.key), study.record.px_per_s) for true in printed]


def snr_db(true: np.ndarray, found: np.ndarray) -> float:
    """Return the signal to noise of a copy in dB, both around their means; samples that either lacks do not count.

    Examples
    --------
    >>> wave = np.sin(np.arange(1000) / 10)
    >>> round(snr_db(wave, 1.1 * wave + 5))
    20
    """
    both = np.isfinite(true) & np.isfinite(found)
    signal = true[both] - true[both].mean()
    noise = found[both] - found[both].mean() - signal
    return float(10 * np.log10(max(np.sum(signal**2), 1e-12) / max(np.sum(noise**2), 1e-12)))


def _loss(true: Trace, found: Trace | None, px_per_s: float) -> LeadLoss:
    known = np.isfinite(true.mv)
    seconds = float(known.sum()) / RATE_HZ
    read = np.full(true.mv.size, np.nan)
    if found is not None:
        # Both clocks are the page's; a lead may begin a sample early or late.
        late = round((found.start_s - true.start_s) * RATE_HZ)
        take = found.mv[max(0, -late) :][: max(0, read.size - max(0, late))]
        read[max(0, late) : max(0, late) + take.size] = take
    both = known & np.isfinite(read)
    share = float(both.sum() / known.sum()) if known.any() else 0.0
    paper = snr_db(true.mv, _on_paper(true.mv, px_per_s)) if seconds >= LEAST_S else None
    if both.sum() < LEAST_S * RATE_HZ:
        return LeadLoss(true.id, seconds, share, paper, None, None)
    apart = (read - true.mv)[both]
    return LeadLoss(true.id, seconds, share, paper, snr_db(true.mv, read), float(np.std(apart) * 1000))


def _on_paper(mv: np.ndarray, px_per_s: float) -> np.ndarray:
    """Return a signal as columns of pixels hold it: its mean over each, joined by a spline."""
    known = np.flatnonzero(np.isfinite(mv))
    column = np.floor(known / RATE_HZ * px_per_s).astype(int)
    columns, which = np.unique(column, return_inverse=True)
    counts = np.bincount(which)
    means, times = np.bincount(which, mv[known]) / counts, np.bincount(which, known) / counts
    held = np.full(mv.size, np.nan)
    if columns.size > 3:
        held[known] = scipy.interpolate.CubicSpline(times, means)(known)
    return held
