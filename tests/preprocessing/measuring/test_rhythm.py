"""Rate and regularity of intervals between beats."""

import numpy as np
import pytest

from preprocessing.measuring.rhythm import IRREGULAR, NEARLY_REGULAR, rate_bpm, regularity, rr_range


@pytest.mark.parametrize(
    ("rr_s", "word"),
    [
        ([0.80, 0.82, 0.79, 0.81, 0.80], "regular"),
        ([0.8, 0.8, 0.5, 1.1, 0.8, 0.8, 0.8], "regular with early or missed beats"),
        ([0.8, 0.8, 1.6, 0.8, 0.8, 0.8], "regular with early or missed beats"),
        ([0.5, 0.9, 0.7, 1.1, 0.6, 0.8], "irregular"),
        ([1.0], "regular"),
    ],
)
def test_regularity_of_intervals(rr_s, word):
    assert regularity(np.array(rr_s))[0] == word


def test_the_spread_is_in_ms():
    assert regularity(np.array([0.9, 1.1]))[1] == pytest.approx(100)


def test_a_missed_beat_does_not_move_the_rate():
    assert rate_bpm(np.array([0.5, 0.5, 1.0, 0.5, 0.5]), NEARLY_REGULAR) == pytest.approx(120)


def test_an_irregular_rhythm_has_beats_over_the_time_they_span():
    assert rate_bpm(np.array([0.5, 0.6, 1.3, 0.6]), IRREGULAR) == pytest.approx(80)


def test_the_range_of_intervals_is_in_ms():
    found = rr_range(np.array([0.5, 0.6, 1.3]))
    assert (found.median_ms, found.shortest_ms, found.longest_ms) == pytest.approx((600, 500, 1300))
