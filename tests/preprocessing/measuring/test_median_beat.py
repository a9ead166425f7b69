"""The median beat: which beats are aligned and which are excluded."""

import numpy as np
import pytest

from preprocessing.measuring.config import MEDIAN_BEAT
from preprocessing.measuring.heart_beats import find_beats
from preprocessing.measuring.median_beat import median_beat
from preprocessing.traces import RATE_HZ
from sample_images import LEADS, QUIET, simulate
from tests.printed_traces import printed, trace


def typical(recording, layout):
    traces = printed(recording, layout)
    return median_beat(traces, find_beats(traces))


def test_the_median_beat_is_the_beat_that_was_drawn():
    recording = simulate("normal-sinus", seed=4, noise=QUIET)
    beat = typical(recording, "12x1")
    assert list(beat.leads) == list(LEADS)
    assert beat.times_ms[0] == -1000 * MEDIAN_BEAT.before_s
    assert beat.times_ms[-1] == 1000 * MEDIAN_BEAT.after_s
    middle = np.abs(beat.times_ms) < 60
    for lead in ("I", "II", "V2", "V5"):
        one = recording.lead(lead)[round(recording.r_times_s[5] * RATE_HZ) + np.arange(-100, 101)]
        fits = np.correlate(one - one.mean(), beat.leads[lead][middle] - beat.leads[lead][middle].mean())
        assert fits.max() / np.sum((beat.leads[lead][middle] - beat.leads[lead][middle].mean()) ** 2) > 0.95


@pytest.mark.parametrize("rhythm", ["normal-sinus", "left-bundle-branch-block", "right-bundle-branch-block"])
@pytest.mark.parametrize("layout", ["3x4+1", "6x2", "3x4"])
def test_columns_without_a_common_beat_are_aligned(rhythm, layout):
    recording = simulate(rhythm, seed=0, noise=QUIET)
    together, apart = typical(recording, "12x1"), typical(recording, layout)
    shifts = []
    for lead in LEADS:
        one, other = (np.gradient(np.nan_to_num(beat.leads[lead])) for beat in (together, apart))
        near = np.abs(together.times_ms) < 200
        shifts.append(2 * (np.correlate(one[near], other[near], "full").argmax() - near.sum() + 1))
    assert np.ptp(shifts) <= (4 if layout == "3x4+1" else 14)


def test_beats_of_another_kind_are_excluded():
    recording = simulate("premature-ventricular-beats", seed=0)
    beat = typical(recording, "12x1")
    early = [
        r_s for r_s, before in zip(recording.r_times_s[1:], recording.r_times_s, strict=False) if r_s - before < 0.6
    ]
    assert early
    assert all(np.abs(beat.at_s[beat.used] - r_s).min() > 0.2 for r_s in early)


def test_gaps_stay_gaps_and_leads_without_a_beat_are_absent():
    recording = simulate("normal-sinus", seed=1)
    signals = recording.signals_mv.copy()
    signals[6] = np.nan
    traces = [trace(mv, lead) for lead, mv in zip(LEADS, signals, strict=True)]
    traces.append(trace(signals[1], "V9", seconds=0.1))
    beat = median_beat(traces, find_beats(traces))
    assert "V9" not in beat.leads
    assert "V1" not in beat.leads
    assert set(LEADS) - {"V1"} <= set(beat.leads)


def test_samples_of_neighbouring_beats_are_excluded():
    beat = typical(simulate("sinus-tachycardia", heart_rate_bpm=150, seed=1), "12x1")
    assert np.isnan(beat.leads["II"][beat.times_ms > 340]).all()
