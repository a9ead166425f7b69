"""Peaks of the evidence that are beats."""

import numpy as np
import pytest

from preprocessing.measuring.beat_peaks import evident_beats, with_broad_beats, without_t_waves
from preprocessing.traces import RATE_HZ


def bumps(*peaks, floor=0.05):
    """Return evidence over ten seconds with peaks of (second, height)."""
    time_s = np.arange(10 * RATE_HZ) / RATE_HZ
    return floor + sum(height * np.exp(-0.5 * ((time_s - at_s) / 0.02) ** 2) for at_s, height in peaks)


REGULAR = [(0.5 + number, 1.0) for number in range(10)]


def seconds(beats):
    return (beats / RATE_HZ).round(2).tolist()


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ([(at_s + 0.32, 0.5) for at_s, _ in REGULAR], "T waves"),
        ([(at_s - 0.16, 0.5) for at_s, _ in REGULAR], "P waves or spikes"),
        ([(2.0, 0.3)], "one small hump"),
    ],
)
def test_a_smaller_peak_close_by_is_no_beat(more, what):
    assert seconds(evident_beats(bumps(*REGULAR, *more))) == [at_s for at_s, _ in REGULAR], what


def test_an_early_beat_is_a_beat():
    assert 4.05 in seconds(evident_beats(bumps(*REGULAR, (4.05, 0.8))))


def test_no_evidence_gives_no_beats():
    assert evident_beats(np.zeros(5000)).size == 0


def test_a_broad_beat_stands_above_the_t_waves():
    # A pause follows a premature beat: the one at 5.5 s is missing.
    paused = [one for one in REGULAR if one[0] != 5.5]
    evidence = bumps(*paused, *((at_s + 0.35, 0.1) for at_s, _ in paused), (4.95, 0.36))
    beats = (np.array([at_s for at_s, _ in paused]) * RATE_HZ).astype(int)
    assert 4.95 in seconds(with_broad_beats(beats, evidence, None))
    assert 4.95 in seconds(with_broad_beats(beats, evidence, evidence))


def test_a_peak_missing_in_the_strip_is_no_broad_beat():
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    evidence = bumps(*REGULAR, (4.95, 0.4))
    assert with_broad_beats(beats, evidence, bumps(*REGULAR)).tolist() == beats.tolist()


def test_a_small_peak_in_a_regular_interval_is_no_broad_beat():
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    assert with_broad_beats(beats, bumps(*REGULAR, (4.95, 0.36)), None).tolist() == beats.tolist()


def test_the_end_of_a_wide_wave_is_no_broad_beat():
    evidence = bumps(*REGULAR)
    # It falls through the whole search, so its highest moment is where the search begins.
    evidence[round(4.5 * RATE_HZ) : round(5.4 * RATE_HZ)] += np.linspace(1.0, 0.0, round(0.9 * RATE_HZ))
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    assert with_broad_beats(beats, evidence, None).tolist() == beats.tolist()


def test_t_waves_as_high_as_beats_are_dropped():
    beats = [(at_s, 1.0) for at_s, _ in REGULAR]
    t_waves = [(at_s + 0.24, 0.9) for at_s, _ in REGULAR[:4]]
    every = np.sort([at_s for at_s, _ in beats + t_waves])
    kept = without_t_waves((every * RATE_HZ).astype(int), bumps(*beats, *t_waves))
    assert seconds(kept) == [at_s for at_s, _ in REGULAR]


def test_beats_at_250_bpm_are_not_halved():
    evidence = bumps(*((0.24 * number, 1.0 - 0.1 * (number % 2)) for number in range(1, 40)))
    beats = (0.24 * np.arange(1, 40) * RATE_HZ).astype(int)
    assert without_t_waves(beats, evidence).tolist() == beats.tolist()


def test_high_t_waves_are_no_broad_beats():
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    evidence = bumps(*REGULAR, *((at_s + 0.4, 0.36) for at_s, _ in REGULAR))
    assert with_broad_beats(beats, evidence, None).tolist() == beats.tolist()
