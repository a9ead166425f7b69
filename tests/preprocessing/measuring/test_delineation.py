"""Waves of the median beat of a whole recording, compared with the truth."""

import numpy as np
import pytest

from preprocessing.measuring.delineation import NOTHING, delineate
from preprocessing.measuring.heart_beats import find_beats
from preprocessing.measuring.median_beat import MedianBeat, median_beat
from sample_images import RHYTHMS, simulate
from tests.printed_traces import printed


def fiducials(rhythm, layout, **settings):
    traces = printed(simulate(rhythm, seed=2, **settings), layout)
    found = find_beats(traces)
    return delineate(median_beat(traces, found), float(np.median(found.rr_s)))


@pytest.mark.parametrize("layout", ["3x4+1", "6x2", "12x1", "cabrera-6x2"])
@pytest.mark.parametrize("rhythm", ["normal-sinus", "first-degree-block", "acute-inferior-infarction"])
def test_waves_are_in_order_and_where_they_were_drawn(rhythm, layout):
    at = fiducials(rhythm, layout)
    marks = [at.p_on_ms, at.p_off_ms, at.qrs_on_ms, at.qrs_off_ms, at.t_steep_ms, at.t_off_ms]
    assert marks == sorted(marks)
    drawn = RHYTHMS[rhythm].beat
    assert at.qrs_off_ms - at.qrs_on_ms == pytest.approx(1000 * drawn.qrs_s, abs=12)
    assert at.qrs_on_ms - at.p_on_ms == pytest.approx(1000 * drawn.pr_s, abs=20)


def test_every_layout_gives_about_the_same():
    both = [vars(fiducials("normal-sinus", layout)) for layout in ("3x4+1", "12x1")]
    width = [at["t_off_ms"] - at["qrs_on_ms"] for at in both]
    assert width[0] == pytest.approx(width[1], abs=12)


def test_a_tachycardia_without_baseline_has_no_fiducials():
    assert fiducials("ventricular-tachycardia", "3x4+1") == NOTHING


def test_without_a_usable_lead_there_are_no_fiducials():
    times_ms = np.arange(-440, 761, 2.0)
    assert delineate(MedianBeat(times_ms, {}, {}, np.zeros(0), np.zeros(0, dtype=bool)), 0.8) == NOTHING
    flat = MedianBeat(
        times_ms,
        {"I": np.zeros(times_ms.size)},
        {"I": np.zeros((3, times_ms.size))},
        np.arange(3.0),
        np.ones(3, dtype=bool),
    )
    assert delineate(flat, 0.8) == NOTHING
