"""What a lead's beginning leaves of it: sure and unsure clocks, leads of slow and steep waves, unread beginnings."""

import numpy as np
import pytest

from preprocessing.traces import Trace
from preprocessing.trust import LEAD_SNR
from preprocessing.trust.beginnings import beginning_db

TIMES_S = np.arange(1250) / 500
SLOW = np.sin(2 * np.pi * TIMES_S)
# A complex of 20 ms every 0.8 s.
STEEP = np.exp(-((((TIMES_S + 0.4) % 0.8 - 0.4) / 0.007) ** 2) / 2)


def lead(mv, spread_s=0.0):
    mv = mv.astype(np.float32)
    return Trace("II", "12-lead", 0.0, mv, float(np.isfinite(mv).mean()), (0.0, 0.0), 0.4, 80.0, spread_s)


def unread(mv, samples):
    return np.where(np.arange(mv.size) < samples, np.nan, mv)


def test_a_sure_beginning_takes_nothing():
    assert beginning_db(lead(STEEP)) == LEAD_SNR.range_db[1]


def test_steep_waves_suffer_most_from_an_unsure_clock():
    assert beginning_db(lead(STEEP, 0.006)) < LEAD_SNR.doubted_db < beginning_db(lead(STEEP, 0.001))
    assert beginning_db(lead(SLOW, 0.006)) > LEAD_SNR.doubted_db


def test_the_less_sure_a_clock_the_less_is_left():
    left = [beginning_db(lead(STEEP, spread)) for spread in (0.001, 0.003, 0.006, 0.012)]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == 4


def test_an_unread_beginning_counts_by_what_it_hides():
    assert beginning_db(lead(unread(STEEP, 40))) < 5
    assert beginning_db(lead(unread(SLOW, 4))) > LEAD_SNR.doubted_db
    assert beginning_db(lead(unread(STEEP, 1))) > beginning_db(lead(unread(STEEP, 10)))


@pytest.mark.parametrize("read", [0, 1, 3])
def test_what_was_hardly_read_has_a_number(read):
    assert np.isfinite(beginning_db(lead(unread(STEEP, STEEP.size - read))))
