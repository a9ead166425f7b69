"""Beats of a page, compared with those that were drawn."""

from dataclasses import replace

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


def with_gap(traces, at_s, width_s=0.24):
    """Leave out what all traces show around a moment."""
    cut = []
    for one in traces:
        mv, middle = one.mv.copy(), at_s - one.start_s
        mv[max(0, round((middle - width_s / 2) * 500)) : max(0, round((middle + width_s / 2) * 500))] = np.nan
        cut.append(replace(one, mv=mv))
    return cut


def test_a_beat_in_a_gap_of_all_leads_is_hidden_and_not_missed_by_the_heart():
    recording = simulate("normal-sinus", seed=2)
    at_s = recording.r_times_s[5]
    found = find_beats(with_gap(printed(recording, "3x4+1"), at_s))
    assert found.hidden.sum() == 1
    assert np.ptp(found.rr_s) < 0.12
    assert np.diff(found.times_s).max() > 1.8 * np.median(found.rr_s)


def test_a_pause_that_was_read_is_no_hidden_beat():
    recording = simulate("normal-sinus", seed=2)
    paused = [one for one in recording.r_times_s if one != recording.r_times_s[5]]
    flat = with_gap(printed(recording, "12x1"), recording.r_times_s[5])
    filled = [replace(one, mv=np.nan_to_num(one.mv, nan=0.0)) for one in flat]
    found = find_beats(filled)
    assert not found.hidden.any()
    assert found.times_s.size == len(paused)


def test_a_beat_where_columns_meet_is_found_in_the_strip():
    for shift_s in np.arange(0.0, 0.9, 0.1):
        recording = simulate("normal-sinus", seed=3)
        later = np.roll(recording.signals_mv, -round(shift_s * 500), axis=1)[:, :4500]
        whole = np.concatenate([later, np.full((later.shape[0], 500), np.nan)], axis=1)
        found = find_beats(printed(replace(recording, signals_mv=whole), "3x4+1"))
        assert np.diff(found.times_s).max() < 1.3 * np.median(found.rr_s)


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
