"""Measuring a page whose beats may be paced: what pacing spikes hide is measured without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ecgviz.study.paced_spikes import CONFIG, PacedConfig, spike_times_ms, spikes
from preprocessing.measuring import Measurements, measure, only_good
from preprocessing.traces import RATE_HZ, Trace


def measured(traces: Sequence[Trace]) -> tuple[Measurements, bool]:
    """Return the measurements of a page, and whether its beats are paced.

    A spike is steeper than the complex after it, so that in some leads it is taken for the beat and in others not: of
    eight simulated pages whose beats were 0.8 s apart, eight had "early or missed beats" and a QRS of 190 to 222 ms.
    Without the spikes all are regular, with a QRS of 174 to 186 ms.
    """
    found = measure(traces)
    times_ms = spike_times_ms(only_good(traces, found.signals), found)
    return (measure(without_spikes(traces, found, times_ms)), True) if times_ms.size else (found, False)


def without_spikes(
    traces: Sequence[Trace], found: Measurements, times_ms: np.ndarray, config: PacedConfig = CONFIG
) -> list[Trace]:
    """Return the traces with a straight line in place of each pacing spike.

    Parameters
    ----------
    traces : sequence of Trace
    found : Measurements
        Of these traces; with beats.
    times_ms : ndarray, shape (n,)
        As `spike_times_ms` returns them.
    config : PacedConfig
    """
    starts_s = found.beats.clock_s
    by_lead = [start_s + spikes(trace.mv, config) / RATE_HZ for trace, start_s in zip(traces, starts_s, strict=True)]
    assert found.beat is not None  # No spike stands before a beat without one.
    at_s = _pacing(by_lead, found.beat.at_s, times_ms, config)
    cleaned = [_bridged(trace.mv, at_s - start_s, config) for trace, start_s in zip(traces, starts_s, strict=True)]
    return [replace(trace, mv=mv) for trace, mv in zip(traces, cleaned, strict=True)]


def _pacing(
    by_lead: Sequence[np.ndarray], beats_s: np.ndarray, times_ms: np.ndarray, config: PacedConfig
) -> np.ndarray:
    """Return when the pacer fired, s: where several leads show a spike in its place, or far from every beat found."""
    every_s = np.sort(np.concatenate(by_lead))
    apart_s = config.apart_ms / 1000
    leads_n = sum(np.abs(every_s[:, None] - own[None, :]).min(axis=1, initial=np.inf) <= apart_s for own in by_lead)
    before_ms = 1000 * (every_s[:, None] - beats_s[None, :])
    in_place = (np.abs(before_ms[:, :, None] - times_ms) <= config.apart_ms).any(axis=(1, 2))
    # A spike that was taken for the beat moved that beat away from its place; an R wave lies near its own.
    alone = np.abs(before_ms).min(axis=1) > config.alone_ms
    return np.asarray(every_s[(leads_n >= config.leads_min) & (in_place | alone)])


def _bridged(mv: np.ndarray, at_s: np.ndarray, config: PacedConfig) -> np.ndarray:
    """Replace samples around some moments by a line between their neighbours; what was not read stays so."""
    samples, read = np.arange(mv.size), np.isfinite(mv)
    near = (np.abs(samples[:, None] / RATE_HZ - at_s[None, :]) <= config.bridge_ms / 1000).any(axis=1)
    kept = read & ~near
    if not kept.any():
        return mv
    return np.where(read & near, np.interp(samples, samples[kept], mv[kept]), mv).astype(mv.dtype)
