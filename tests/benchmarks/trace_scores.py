"""How well a lead was read, and the figures of many: signal to noise, correlation, what was read, and the worst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from preprocessing.traces import RATE_HZ, Trace
from sample_images import DrawnLead
from tests.benchmarks.intervals import pages_interval


@dataclass(frozen=True)
class Score:
    """How well one lead was read: signal to noise in dB, Pearson's correlation, and the share of samples read."""

    split: str
    style: str
    row: int
    lead: str
    snr_db: float
    pearson: float
    read: float

    @property
    def page(self) -> tuple[str, str, int]:
        """What all leads of one page have in common."""
        return self.split, self.style, self.row


def score(reference: np.ndarray, estimate: np.ndarray) -> tuple[float, float]:
    """Return SNR in dB and Pearson's correlation of two signals, shape (n,); NaN in the estimate counts as zero."""
    reference = reference - np.nanmean(reference)
    estimate = estimate - (np.nanmean(estimate) if np.isfinite(estimate).any() else 0.0)
    reference, estimate = np.nan_to_num(reference), np.nan_to_num(estimate)
    noise = float(np.sum((reference - estimate) ** 2))
    norm = float(np.sqrt(np.sum(reference**2) * np.sum(estimate**2)))
    snr_db = 10 * np.log10(max(float(np.sum(reference**2)), 1e-12) / max(noise, 1e-12))
    return float(snr_db), float(np.sum(reference * estimate)) / norm if norm else 0.0


def key_of(lead: DrawnLead) -> str:
    """Return the key that a drawn lead's trace has."""
    return f"{lead.lead}_rhythm" if lead.role == "rhythm" else lead.lead


def estimate_of(lead: DrawnLead, found: Mapping[str, Trace]) -> np.ndarray:
    """Return what was read of a drawn lead, sample for sample as it was drawn, in mV; NaN where nothing was read."""
    estimate = np.full(lead.samples_mv.size, np.nan)
    if (trace := found.get(key_of(lead))) is not None:
        # Both clocks are the page's; the reader may start a sample early or late.
        late = round((trace.start_s - lead.start_s) * RATE_HZ)
        take = trace.mv[max(0, -late) :][: max(0, estimate.size - max(0, late))]
        estimate[max(0, late) : max(0, late) + take.size] = take
    return estimate


def summary(scores: Sequence[Score]) -> dict[str, float | tuple[float, float] | None]:
    """Return the figures of some leads; the interval is that of the median."""
    ordered = sorted(scores, key=lambda one: one.page)
    pages = [list(leads) for _, leads in groupby(ordered, key=lambda one: one.page)]
    snr_db = np.array([one.snr_db for one in scores])
    interval = pages_interval([[one.snr_db for one in leads] for leads in pages], lambda some: float(np.median(some)))
    return {
        "n": len(scores),
        "pages": len(pages),
        "unread_pages": sum(not any(one.read for one in leads) for leads in pages),
        "median_snr_db": round(float(np.median(snr_db)), 2),
        "interval_snr_db": interval,
        "tenth_snr_db": round(float(np.quantile(snr_db, 0.1)), 2),
        "median_pearson": round(float(np.median([one.pearson for one in scores])), 4),
        "below_12_db": round(float(np.mean(snr_db < 12)), 3),
        "below_20_db": round(float(np.mean(snr_db < 20)), 3),
        "below_25_db": round(float(np.mean(snr_db < 25)), 3),
        "read": round(float(np.mean([one.read for one in scores])), 4),
    }


def worst_of(scores: Sequence[Score], count: int) -> list[Score]:
    """Return the leads with the least signal to noise, the worst first, at most one of a page."""
    worst: dict[tuple[str, str, int], Score] = {}
    for one in sorted(scores, key=lambda one: (one.snr_db, one.page, one.lead)):
        worst.setdefault(one.page, one)
    return list(worst.values())[:count]
