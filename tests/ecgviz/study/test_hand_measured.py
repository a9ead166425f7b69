"""What a person measures on the traces: computed here from the samples, whatever a browser sends."""

import numpy as np
import pytest

from ecgviz.study import beats_of, caliper_measurement, st_measurement
from ecgviz.words import hand_measurements
from tests.studies import study_of

STRIP = 12


@pytest.fixture(scope="module")
def study():
    return study_of("edan_acute_inferior")


def test_calipers_measure_time_and_voltage_between_two_samples(study):
    found = caliper_measurement(study, STRIP, (500, 900), None, "RR")
    mv = study.traces[STRIP].mv
    assert found.ms == pytest.approx(800)
    assert found.mv == (pytest.approx(float(mv[900] - mv[500])),)
    row = dict(zip(hand_measurements.HEAD, hand_measurements.rows([found])[0], strict=True))
    assert row["Rate"] == "75 bpm"
    assert row["Time"] == "800 ms (20.0 mm)"
    assert row["Against"] == "first end"


def test_a_chosen_zero_replaces_the_first_end(study):
    mv = study.traces[STRIP].mv
    found = caliper_measurement(study, STRIP, (500, 540), 700, "R")
    assert found.mv == (pytest.approx(float(mv[540] - mv[700])),)
    assert found.against == "chosen zero"
    assert hand_measurements.rows([found])[0][4] == hand_measurements.NONE


@pytest.mark.parametrize(
    ("place", "ends", "zero"), [(-1, (0, 1), None), (99, (0, 1), None), (0, (0, 10**9), None), (0, (100, 200), -1)]
)
def test_ends_that_do_not_exist_measure_nothing(study, place, ends, zero):
    assert caliper_measurement(study, place, ends, zero, "") is None


def test_st_of_single_beats_agrees_with_the_median_beat(study):
    for place, beats in enumerate(beats_of(study)[:STRIP]):
        single = [st_measurement(study, place, beat, "").mv[2] for beat in range(len(beats))]
        assert single
        waves = study.measurements.waves[study.traces[place].lead]
        assert np.median(single) == pytest.approx(waves.st_j60_mv, abs=0.05)


def test_a_beat_cut_off_by_the_end_of_its_lead_has_no_st(study):
    for trace, beats in zip(study.traces, beats_of(study), strict=True):
        for beat in beats:
            assert 0 <= beat.pr_from < beat.pr_to < beat.at < beat.moments[0] < beat.moments[2] < trace.mv.size
    assert st_measurement(study, 0, 99, "") is None
