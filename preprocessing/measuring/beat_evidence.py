"""Evidence of heart beats in all leads of a page, moment by moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.measuring.config import EVIDENCE
from preprocessing.traces import RATE_HZ, Trace


@dataclass(frozen=True)
class SteepLead:
    """One lead and its resemblance to a QRS complex around each sample.

    Attributes
    ----------
    trace : Trace
    height_mv : float
        From its lowest to its highest value, mV; 0 if it was not read.
    steepness : ndarray, shape (n,)
        In mV; 0 where it is not read.
    seen : ndarray, shape (n,)
        How much of the window around each sample was read and lies away from the lead's ends, 0 to 1.
    """

    trace: Trace
    height_mv: float
    steepness: np.ndarray
    seen: np.ndarray

    @property
    def is_read(self) -> bool:
        """Whether enough of it was read."""
        return _is_read(self.trace.mv)

    @property
    def is_strip(self) -> bool:
        """Whether it is a rhythm strip, which shows every beat of the page."""
        return self.trace.is_strip


def steep_leads(traces: Sequence[Trace]) -> list[SteepLead]:
    """Return the leads of a page with their steepness, in their order."""
    return [SteepLead(trace, _height_mv(trace), *_steepness(trace.mv)) for trace in traces]


def beat_evidence(leads: Sequence[SteepLead], starts_s: Sequence[float]) -> np.ndarray:
    """Return the evidence of a beat at each moment of the clock, shape (samples,), about 0 to 1.

    Parameters
    ----------
    leads : sequence of SteepLead
    starts_s : sequence of float
        When each lead starts on the clock, s.
    """
    levels = np.array([_level(lead.steepness) for lead in leads])
    floor = EVIDENCE.floor_share * float(np.median(levels[levels > 0])) if (levels > 0).any() else 1.0
    length = max(round(at * RATE_HZ) + lead.steepness.size for at, lead in zip(starts_s, leads, strict=True))
    total, weights = np.zeros(length), np.full(length, 1e-9)
    for lead, level, at in zip(leads, levels, starts_s, strict=True):
        if lead.height_mv < EVIDENCE.flat_mv / 2 or level <= 0:
            continue
        # A lead that is steep all the time is noise; a strip shows every beat.
        restful = max(EVIDENCE.restless_weight, 1 - restlessness(lead)) ** 2
        weight = lead.trace.quality * restful * (EVIDENCE.strip_weight if lead.is_strip else 1)
        first = round(at * RATE_HZ)
        # Capped: one lead alone does not make a beat.
        scaled = np.minimum(lead.steepness / max(level, floor), EVIDENCE.cap)
        # Where a column ends its leads say nothing: a beat there is the strip's to show.
        total[first : first + lead.steepness.size] += weight * lead.seen * scaled
        weights[first : first + lead.steepness.size] += weight * lead.seen
    return np.asarray(total / weights)


def restlessness(lead: SteepLead) -> float:
    """Return how steep a lead usually is, as a share of its peaks: about 0.1 of a clean lead, 0.6 of noise."""
    level = _level(lead.steepness)
    return float(np.median(lead.steepness)) / level if level > 0 else 0.0


def unseen(leads: Sequence[SteepLead], starts_s: Sequence[float], length: int) -> np.ndarray:
    """Return at which moments of the clock no lead would show a beat, shape (length,), bool."""
    best = np.zeros(length)
    for lead, at in zip(leads, starts_s, strict=True):
        part = best[round(at * RATE_HZ) :][: lead.seen.size]
        np.maximum(part, lead.seen, out=part)
    return np.asarray(best < EVIDENCE.seen_min)


def _is_read(mv: np.ndarray) -> bool:
    return bool(np.isfinite(mv).sum() > EVIDENCE.shortest_s * RATE_HZ)


def _height_mv(trace: Trace) -> float:
    return float(np.ptp(np.nanquantile(trace.mv, EVIDENCE.height_quantiles))) if _is_read(trace.mv) else 0.0


def _steepness(mv: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the resemblance to a QRS complex around each sample, mV, and how much of its surroundings it rests on.

    It is the geometric mean of curvature, in which narrow complexes stand out, and of range, in which broad ones do. A
    T wave has less of both.
    """
    if not _is_read(mv):
        return np.zeros(mv.size), np.zeros(mv.size)
    read = np.isfinite(mv)
    samples, window = np.arange(mv.size), round(EVIDENCE.window_s * RATE_HZ)
    whole = np.interp(samples, samples[read], mv[read])
    bend = scipy.ndimage.gaussian_filter1d(whole, EVIDENCE.curvature_s * RATE_HZ, order=2, mode="nearest")
    believed = ~scipy.ndimage.maximum_filter1d(~read, EVIDENCE.gap_samples)
    edge = round(EVIDENCE.edge_s * RATE_HZ)
    believed[:edge] = believed[-edge:] = False
    bend[~believed] = 0
    power = scipy.ndimage.uniform_filter1d(bend**2, window)
    seen = scipy.ndimage.uniform_filter1d(believed.astype(float), window, mode="constant")
    smooth = scipy.ndimage.gaussian_filter1d(whole, EVIDENCE.smooth_s * RATE_HZ)
    reach = scipy.ndimage.maximum_filter1d(smooth, window) - scipy.ndimage.minimum_filter1d(smooth, window)
    return np.asarray(np.sqrt(np.sqrt(np.maximum(power, 0)) * reach)), np.asarray(seen)


def _level(steepness: np.ndarray) -> float:
    """Return the usual height of the peaks: the median of the highest one in each 1.25 s."""
    pieces = np.array_split(steepness, max(1, round(steepness.size / (EVIDENCE.level_s * RATE_HZ))))
    return float(np.median([piece.max() for piece in pieces]))
