"""Peaks of the evidence that are beats."""

import numpy as np
import pytest

from preprocessing.measuring.beat_peaks import evident_beats, with_broad_beats
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
    peaks = [*REGULAR, *((at_s + 0.35, 0.1) for at_s, _ in REGULAR), (4.95, 0.36)]
    evidence = bumps(*peaks)
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    assert 4.95 in seconds(with_broad_beats(beats, evidence, None))
    assert 4.95 in seconds(with_broad_beats(beats, evidence, evidence))


def test_a_peak_missing_in_the_strip_is_no_broad_beat():
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    evidence = bumps(*REGULAR, (4.95, 0.4))
    assert with_broad_beats(beats, evidence, bumps(*REGULAR)).tolist() == beats.tolist()


def test_high_t_waves_are_no_broad_beats():
    beats = (np.array([at_s for at_s, _ in REGULAR]) * RATE_HZ).astype(int)
    evidence = bumps(*REGULAR, *((at_s + 0.4, 0.36) for at_s, _ in REGULAR))
    assert with_broad_beats(beats, evidence, None).tolist() == beats.tolist()
