"""Heights of the waves of each lead, against a beat drawn by hand and against the drawn leads."""

import numpy as np
import pytest

from preprocessing.measuring.delineation import NOTHING, Fiducials
from preprocessing.measuring.lead_waves import lead_waves
from preprocessing.measuring.measurements import measure
from preprocessing.measuring.median_beat import MedianBeat
from sample_images import simulate
from tests.printed_traces import printed

TIMES_MS = np.arange(-440.0, 762.0, 2.0)
AT = Fiducials(-200.0, -100.0, -40.0, 50.0, 280.0, 340.0)


def bump(at_ms, width_ms, height_mv):
    return height_mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def waves_of(mv):
    return lead_waves(MedianBeat(TIMES_MS, {"V2": mv}, {}, np.zeros(0), np.zeros(0, bool)), AT)["V2"]


def test_each_wave_has_its_height_against_the_pr_level():
    st_mv = np.where((TIMES_MS > 40) & (TIMES_MS < 180), 0.2, 0.0)
    found = waves_of(0.5 + bump(-25, 5, -0.3) + bump(0, 6, 1.2) + bump(30, 6, -0.6) + bump(270, 30, -0.4) + st_mv)
    assert (found.r_mv, found.s_mv) == pytest.approx((1.2, -0.6), abs=0.03)
    assert (found.q_mv, found.q_ms) == pytest.approx((-0.3, 22), abs=6)
    assert (found.st_j_mv, found.st_j40_mv, found.st_j60_mv) == pytest.approx((0.2, 0.2, 0.2), abs=0.02)
    assert found.t_mv == pytest.approx(-0.4, abs=0.03)


def test_a_complex_that_only_goes_down_has_no_r_and_no_q():
    found = waves_of(bump(0, 12, -0.9))
    assert (found.r_mv, found.s_mv) == pytest.approx((0.0, -0.9), abs=0.03)
    assert found.q_ms is found.q_mv is None


def test_what_was_not_read_is_missing():
    mv = bump(0, 6, 1.0)
    unread = np.where(TIMES_MS > 100, np.nan, mv)
    found = waves_of(unread)
    assert found.st_j60_mv is None
    assert found.t_mv is None
    assert found.r_mv == pytest.approx(1.0, abs=0.02)
    beat = MedianBeat(TIMES_MS, {"V2": np.full(TIMES_MS.size, np.nan)}, {}, np.zeros(0), np.zeros(0, bool))
    assert lead_waves(beat, AT) == {}
    assert lead_waves(beat, NOTHING) == {}


def test_an_anterior_infarction_lifts_st_where_it_was_drawn():
    normal = measure(printed(simulate("normal-sinus", seed=1), "12x1")).waves
    acute = measure(printed(simulate("acute-anterior-infarction", seed=1), "12x1")).waves
    assert set(normal) == set(acute)
    assert all(abs(one.st_j60_mv) < 0.1 for one in normal.values())
    for lead in ("V2", "V3", "V4"):
        assert acute[lead].st_j60_mv > 0.15
    assert acute["III"].st_j60_mv < -0.05


def test_a_segment_that_stays_high_is_no_r_wave():
    st_mv = np.where(TIMES_MS > 30, 0.25, 0.0)
    found = waves_of(bump(0, 12, -0.9) + st_mv)
    assert found.r_mv == 0
    assert found.q_ms is None
    assert found.s_mv == pytest.approx(-0.9, abs=0.03)


def test_s_between_two_r_waves_is_no_q():
    found = waves_of(bump(-25, 5, 0.3) + bump(0, 6, -0.7) + bump(28, 7, 0.8))
    assert found.q_ms is None
    assert (found.r_mv, found.s_mv) == pytest.approx((0.8, -0.7), abs=0.04)
