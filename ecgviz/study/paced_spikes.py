"""Pacing spikes: narrow deflections at one fixed time before the QRS complex, in several leads at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.errors import Notice
from preprocessing.measuring import Measurements
from preprocessing.traces import RATE_HZ, Trace

PACED = Notice(
    "paced",
    "Pacing spikes stand before the beats. A paced rhythm is none of the four classes, so that none is predicted; ST "
    "and axis follow the pacing site.",
)


@dataclass(frozen=True)
class PacedConfig:
    """Finding pacing spikes.

    Set on eleven paced recordings of PTB-XL and on 12 simulated ones, drawn and read, against 21 drawn and 25 unprinted
    recordings without a pacemaker, most of them with a bundle branch block: of paced ones the share is 0.4 to 0.9, of
    the others at most 0.2 where the complex is as broad.
    """

    # What is narrower than half of this stands out from the running median.
    median_ms: float = 42.0
    # A pen draws a spike of 2 ms some 12 ms wide; R waves are 20 ms wide and more at half their height.
    widest_ms: float = 16.0
    least_mv: float = 0.07
    # Heights in median absolute deviations of the lead's own fine noise.
    least_noise: float = 6.0
    # Spikes before the P wave or the QRS complex lie within this of the middle of the complex.
    earliest_ms: float = 340.0
    # Spikes at one time differ by at most this, between beats and between leads.
    apart_ms: float = 8.0
    step_ms: float = 4.0
    # A lead shows them if this share of its beats does; as many leads must, and this share of all beats in all leads.
    beats_share: float = 0.7
    leads_min: int = 2
    share_of_ventricular: float = 0.4
    share_of_atrial: float = 0.25
    # Only a paced complex that is broad begins with a spike; nearer to its middle than this lies the complex itself.
    broad_ms: float = 140.0
    latest_ms: float = -32.0
    # A spike lies at most so long before the onset that was found, or after it where the spike was taken for the onset.
    before_onset_ms: float = 40.0
    after_onset_ms: float = 28.0
    # A spike so far from every beat that was found is the pacer's too; so much to both sides of it is bridged.
    alone_ms: float = 100.0
    bridge_ms: float = 12.0
    # What no reading reaches: margin of samples around what was not read, beats that a lead must show.
    margin: int = 12
    beats_min: int = 2


CONFIG = PacedConfig()


def spike_times_ms(traces: Sequence[Trace], found: Measurements, config: PacedConfig = CONFIG) -> np.ndarray:
    """Return the times before the middle of a beat at which pacing spikes stand, shape (n,), ms; none without a pacer.

    They stand before most beats in several leads.

    Parameters
    ----------
    traces : sequence of Trace
        In the order of the measurements' beats.
    found : Measurements
        Of these traces.
    config : PacedConfig
    """
    onset_ms = found.fiducials.qrs_on_ms
    if found.beat is None or onset_ms is None:
        return np.zeros(0)
    times_ms = np.arange(-config.earliest_ms, config.latest_ms + config.step_ms, config.step_ms)
    leads = [
        shares
        for trace, start_s in zip(traces, found.beats.clock_s, strict=True)
        if (shares := _shares(trace.mv, start_s, found.beat.at_s, times_ms, config)) is not None
    ]
    if not leads:
        return np.zeros(0)
    all_leads = np.array(leads)
    share = all_leads.mean(axis=0)
    seen = ((all_leads >= config.beats_share).sum(axis=0) >= config.leads_min) & (share >= config.share_of_atrial)
    first_ms, last_ms = onset_ms - config.before_onset_ms, onset_ms + config.after_onset_ms
    at_qrs = seen & (times_ms >= first_ms) & (times_ms <= last_ms) & (share >= config.share_of_ventricular)
    qrs_ms = found.qrs_ms.value
    is_broad = isinstance(qrs_ms, float) and qrs_ms >= config.broad_ms
    is_paced = (seen & (times_ms < first_ms)).any() or (is_broad and at_qrs.any())
    return times_ms[seen] if is_paced else np.zeros(0)


def spikes(mv: np.ndarray, config: PacedConfig = CONFIG) -> np.ndarray:
    """Return the samples at which a lead shows narrow deflections, up or down, shape (n,), int.

    The tip of a tall R wave is one too.

    Parameters
    ----------
    mv : ndarray, shape (samples,), float
        At `RATE_HZ`; NaN where nothing was read.
    config : PacedConfig
    """
    read = np.isfinite(mv)
    sure = ~scipy.ndimage.binary_dilation(~read, iterations=config.margin)
    if not sure.any():
        return np.zeros(0, dtype=int)
    level = np.where(read, mv, 0.0)
    fine = np.where(sure, level - scipy.ndimage.median_filter(level, _odd(config.median_ms)), 0.0)
    least = max(config.least_mv, config.least_noise * float(np.median(np.abs(fine[sure]))))
    widest = config.widest_ms * RATE_HZ / 1000
    found = [
        scipy.signal.find_peaks(sign * fine, height=least, prominence=least, width=(None, widest))[0]
        for sign in (1, -1)
    ]
    return np.sort(np.concatenate(found))


def _shares(
    mv: np.ndarray, start_s: float, beats_s: np.ndarray, times_ms: np.ndarray, config: PacedConfig
) -> np.ndarray | None:
    """Return in which share of a lead's beats a spike stands at each time before the beat; None with too few beats."""
    first_s, last_s = start_s + config.earliest_ms / 1000, start_s + mv.size / RATE_HZ
    beats_s = beats_s[(beats_s > first_s) & (beats_s < last_s)]
    if beats_s.size < config.beats_min:
        return None
    at_s = start_s + spikes(mv, config) / RATE_HZ
    before_ms = 1000 * (at_s[None, :] - beats_s[:, None])
    near = np.abs(before_ms[:, :, None] - times_ms) <= config.apart_ms
    shares: np.ndarray = near.any(axis=1).mean(axis=0)
    return shares


def _odd(duration_ms: float) -> int:
    return 2 * (round(duration_ms * RATE_HZ / 1000) // 2) + 1
