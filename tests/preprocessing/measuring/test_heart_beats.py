"""Beats of a page, compared with those that were drawn."""

import numpy as np
import pytest

from preprocessing.measuring.heart_beats import find_beats
from sample_images import RHYTHMS, simulate
from tests.printed_traces import printed, trace

BEATING = [name for name, rhythm in RHYTHMS.items() if rhythm.beat and name != "premature-ventricular-beats"]


@pytest.mark.parametrize("rhythm", BEATING)
def test_every_beat_is_found_and_no_other(rhythm):
    recording = simulate(rhythm, seed=1)
    found = find_beats(printed(recording, "3x4+1")).times_s
    drawn = np.array(recording.r_times_s)
    apart = np.abs(found[:, None] - drawn)
    # At the ends of the page half a complex is printed.
    inside = (drawn > 0.15) & (drawn < 9.85)
    assert apart.min(axis=0)[inside].max() < 0.12
    assert apart.min(axis=1)[(found > 0.15) & (found < 9.85)].max() < 0.12


def test_most_smooth_ventricular_beats_are_found_and_none_invented():
    missed = seen = 0
    for seed in range(4):
        recording = simulate("premature-ventricular-beats", seed=seed)
        found, drawn = find_beats(printed(recording, "3x4+1")).times_s, np.array(recording.r_times_s)
        apart = np.abs(found[:, None] - drawn)
        early = np.r_[False, np.diff(drawn) < 0.6]
        seen += early.sum()
        missed += (apart.min(axis=0)[early] > 0.12).sum()
        assert apart.min(axis=1).max() < 0.12
    assert seen >= 8
    assert missed <= 0.25 * seen


@pytest.mark.parametrize("bpm", [30, 180, 240])
def test_slow_and_fast_rates_are_found(bpm):
    found = find_beats(printed(simulate("normal-sinus", heart_rate_bpm=bpm, seed=2), "12x1"))
    assert 60 / np.median(found.rr_s) == pytest.approx(bpm, rel=0.02)


@pytest.mark.parametrize(
    ("traces", "reason"),
    [
        (printed(simulate("ventricular-fibrillation", seed=1), "3x4+1"), "no distinct QRS complexes"),
        (
            [trace(np.random.default_rng(n).normal(0, 0.2, 5000), f"V{n}") for n in range(6)],
            "no distinct QRS complexes",
        ),
        ([trace(np.full(5000, 0.3))], "the leads are flat"),
        ([trace(np.full(5000, np.nan))], "no trace could be read"),
        ([trace(np.zeros(0))], "no trace could be read"),
        ([], "no trace could be read"),
        ([trace(simulate(heart_rate_bpm=60, seed=1).lead("II"), seconds=1.0, skip_s=0.5)], "fewer than two beats"),
    ],
    ids=["fibrillation", "noise", "flat", "unread", "empty", "none", "one beat"],
)
def test_without_beats_a_reason_is_given(traces, reason):
    found = find_beats(traces)
    assert reason in found.reason
    assert found.rr_s.size == 0
