"""Rate and regularity of intervals between beats."""

import numpy as np
import pytest

from preprocessing.measuring.rhythm import rate_bpm, regularity


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
    assert rate_bpm(np.array([0.5, 0.5, 1.0, 0.5, 0.5])) == pytest.approx(120)
