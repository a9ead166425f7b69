"""How much the leads of a page agree that there is a heart beat, moment by moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.traces import RATE_HZ, Trace

# A QRS complex bends at this scale and reaches far within this window.
CURVATURE_S, SMOOTH_S, WINDOW_S = 0.012, 0.004, 0.1
# The first and last moments of a column are partly hidden by the divider, which is steep itself.
EDGE_S = 0.04
# Less than this from peak to peak is a flat line and its noise.
FLAT_MV = 0.1
# Shorter than this, a lead says nothing.
SHORTEST_S = 0.2


@dataclass(frozen=True)
class SteepLead:
    """One lead and how much like a QRS complex it is around each sample.

    Attributes
    ----------
    trace : Trace
    height_mv : float
        From its lowest to its highest, mV; 0 where it is flat or was not read.
    steepness : ndarray, shape (n,)
        In mV; 0 where it is not read.
    """

    trace: Trace
    height_mv: float
    steepness: np.ndarray

    @property
    def is_read(self) -> bool:
        """Whether enough of it was read to say anything."""
        return _is_read(self.trace.mv)

    @property
    def is_strip(self) -> bool:
        """Whether it runs over the whole page and so sees every beat."""
        return self.trace.is_strip


def steep_leads(traces: Sequence[Trace]) -> list[SteepLead]:
    """Return the leads of a page with their steepness, in their order."""
    return [SteepLead(trace, _height_mv(trace), _steepness(trace.mv)) for trace in traces]


def beat_evidence(leads: Sequence[SteepLead], starts_s: Sequence[float]) -> np.ndarray:
    """Return how much the leads agree on a beat at each moment of the clock, shape (samples,), about 0 to 1.

    Parameters
    ----------
    leads : sequence of SteepLead
    starts_s : sequence of float
        When each of them starts on the clock.
    """
    levels = np.array([_level(lead.steepness) for lead in leads])
    floor = 0.3 * float(np.median(levels[levels > 0])) if (levels > 0).any() else 1.0
    length = max(round(at * RATE_HZ) + lead.steepness.size for at, lead in zip(starts_s, leads, strict=True))
    total, weights = np.zeros(length), np.full(length, 1e-9)
    for lead, level, at in zip(leads, levels, starts_s, strict=True):
        if lead.height_mv < FLAT_MV / 2 or level <= 0:
            continue
        # A lead that is steep all the time is noise; the strip is the one that sees every beat.
        restful = max(0.05, 1 - float(np.median(lead.steepness)) / level) ** 2
        weight = lead.trace.quality * restful * (2 if lead.is_strip else 1)
        first = round(at * RATE_HZ)
        # Capped, so that what one lead alone shows does not pass for a beat.
        total[first : first + lead.steepness.size] += weight * np.minimum(lead.steepness / max(level, floor), 1.3)
        weights[first : first + lead.steepness.size] += weight
    return total / weights


def _is_read(mv: np.ndarray) -> bool:
    return bool(np.isfinite(mv).sum() > SHORTEST_S * RATE_HZ)


def _height_mv(trace: Trace) -> float:
    return float(np.ptp(np.nanquantile(trace.mv, (0.005, 0.995)))) if _is_read(trace.mv) else 0.0


def _steepness(mv: np.ndarray) -> np.ndarray:
    """Return how much like a QRS complex a signal is around each sample, shape (n,), mV; 0 where it is not read.

    It is the geometric mean of how strongly the signal bends, by which narrow complexes stand out, and of how far it
    reaches, by which broad ones do; a T wave falls behind in both.
    """
    if not _is_read(mv):
        return np.zeros(mv.size)
    read = np.isfinite(mv)
    samples, window = np.arange(mv.size), round(WINDOW_S * RATE_HZ)
    whole = np.interp(samples, samples[read], mv[read])
    bend = scipy.ndimage.gaussian_filter1d(whole, CURVATURE_S * RATE_HZ, order=2, mode="nearest")
    bend[scipy.ndimage.maximum_filter1d(~read, 5)] = 0
    edge = round(EDGE_S * RATE_HZ)
    bend[:edge] = bend[-edge:] = 0
    power = scipy.ndimage.uniform_filter1d(bend**2, window)
    smooth = scipy.ndimage.gaussian_filter1d(whole, SMOOTH_S * RATE_HZ)
    reach = scipy.ndimage.maximum_filter1d(smooth, window) - scipy.ndimage.minimum_filter1d(smooth, window)
    return np.sqrt(np.sqrt(np.maximum(power, 0)) * reach)


def _level(steepness: np.ndarray) -> float:
    """Return the usual height of the peaks: the median of the highest ones of each 1.25 s."""
    pieces = np.array_split(steepness, max(1, round(steepness.size / (1.25 * RATE_HZ))))
    return float(np.median([piece.max() for piece in pieces]))
