"""Onset and end of the QRS complex on beats of simple shapes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.measuring.beat_activity import activity, is_usable
from preprocessing.measuring.qrs_complex import qrs_bounds

TIMES_MS = np.arange(-440, 761, 2.0)


def bell(at_ms, width_ms, mv=1.0):
    return mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def beat(*waves):
    noise = np.random.default_rng(0).normal(0, 0.002, TIMES_MS.size)
    return sum(waves) + noise


@settings(max_examples=40)
@given(st.integers(10, 30), st.integers(-40, 40), st.floats(0.3, 3))
def test_the_bounds_span_the_wave(width_ms, at_ms, mv):
    on_ms, off_ms = qrs_bounds(
        np.array([beat(bell(at_ms, width_ms, mv)), beat(bell(at_ms, width_ms, -mv))]), TIMES_MS, 1
    )
    for end_ms, side in ((on_ms, -1), (off_ms, 1)):
        assert 1.8 * width_ms < side * (end_ms - at_ms) < 3 * width_ms + 12


def test_the_bounds_span_all_leads():
    early, late = beat(bell(-30, 12)), beat(bell(30, 12))
    on_ms, off_ms = qrs_bounds(np.array([early, late]), TIMES_MS, 1)
    assert on_ms == pytest.approx(qrs_bounds(early[None], TIMES_MS, 1)[0], abs=6)
    assert off_ms == pytest.approx(qrs_bounds(late[None], TIMES_MS, 1)[1], abs=6)


def test_a_notch_is_inside():
    on_ms, off_ms = qrs_bounds(np.array([beat(bell(-35, 14), bell(45, 14))]), TIMES_MS, 1)
    assert on_ms < -55
    assert off_ms > 65


def test_a_t_wave_and_a_p_wave_are_outside():
    lead = beat(bell(0, 14), bell(300, 50, 0.4), bell(-170, 20, 0.15))
    on_ms, off_ms = qrs_bounds(np.array([lead]), TIMES_MS, 1)
    assert -60 < on_ms < off_ms < 60


def test_a_signal_without_baseline_has_no_bounds():
    assert qrs_bounds(np.array([np.sin(TIMES_MS / 50), np.cos(TIMES_MS / 50)]), TIMES_MS, 0.35) is None


def test_with_too_little_read_there_are_no_bounds():
    lead = beat(bell(0, 14))
    lead[(TIMES_MS < -20)] = np.nan
    assert qrs_bounds(np.array([lead]), TIMES_MS, 1) is None


def test_activity_is_infinite_where_most_leads_were_not_read():
    leads = np.array([beat(bell(0, 14))] * 3)
    leads[:2, 100:200] = np.nan
    leads[0, 300:400] = np.nan
    steep = activity(leads, 5)
    assert np.isinf(steep[100:200]).all()
    assert np.isfinite(steep[300:400]).all()


@pytest.mark.parametrize(
    ("mv", "usable"),
    [(bell(0, 14), True), (bell(0, 14, 0.05), False), (np.where(TIMES_MS > -50, np.nan, bell(-200, 14)), False)],
    ids=["a beat", "flat", "a third"],
)
def test_a_lead_is_usable_or_not(mv, usable):
    assert is_usable(mv) is usable
