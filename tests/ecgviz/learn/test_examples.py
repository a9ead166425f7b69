"""Simulated examples state their truth, and the lessons describe what is simulated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecgviz.learn import about_classes, examples, strips
from ecgviz.learn.about_reports import BEATS_SHOWN, LEAD_LESSONS
from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.examples import Example
from models.classes import CLASSES
from preprocessing.picture import decode
from sample_images import LAYOUTS, LEADS, QUIET, RHYTHMS, simulate

BEATING = [name for name, kind in RHYTHMS.items() if kind.beat is not None]


def test_every_rhythm_has_its_lesson():
    assert list(RHYTHM_LESSONS) == list(RHYTHMS)
    for name, lesson in RHYTHM_LESSONS.items():
        assert set(lesson.leads) <= set(LEADS)
        assert (lesson.rates_bpm is None) == (RHYTHMS[name].rate_bpm is None)
        assert lesson.source


def test_every_class_and_lead_has_its_lesson():
    assert tuple(lesson.name for lesson in about_classes.CLASS_LESSONS) == CLASSES
    for lesson in about_classes.CLASS_LESSONS:
        assert RHYTHMS[lesson.example].label == lesson.name
    assert tuple(LEAD_LESSONS) == LEADS
    assert set(BEATS_SHOWN) <= set(BEATING)


@settings(max_examples=25)
@given(st.sampled_from(BEATING), st.integers(0, 500), st.data())
def test_the_requested_rate_is_simulated(rhythm, seed, data):
    rates = RHYTHM_LESSONS[rhythm].rates_bpm
    rate = data.draw(st.sampled_from(list(rates)))
    recording = simulate(rhythm, rate, seed, noise=QUIET)
    # Fibrillation is irregular, and premature beats come between those of the requested rate.
    spread = 0.25 if rhythm == "atrial-fibrillation" or RHYTHMS[rhythm].early else 0.05
    assert recording.heart_rate_bpm == pytest.approx(rate, rel=spread)


@pytest.mark.parametrize(("rhythm", "low", "high"), [("normal-sinus", 60, 100), ("sinus-tachycardia", 100, 200),
                                                     ("sinus-bradycardia", 20, 60)])  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_every_rate_fits_the_name_of_the_rhythm(rhythm, low, high, seed):
    rates = RHYTHM_LESSONS[rhythm].rates_bpm
    for rate in (rates[0], rates[-1]):
        assert low <= simulate(rhythm, rate, seed).heart_rate_bpm <= high


def test_the_truth_is_what_was_simulated():
    one = Example("first-degree-block", 60, seed=3)
    drawn = examples.shown(one)
    known = dict(examples.truth(one, drawn.recording))
    assert known["PR"] == "280 ms"
    assert known["Class"] == CLASSES[1]
    rr_ms = 1000 * np.diff(drawn.recording.r_times_s)
    assert known["RR intervals"] == f"{rr_ms.min():.0f} to {rr_ms.max():.0f} ms"
    assert dict(examples.truth(Example("ventricular-fibrillation"), simulate("ventricular-fibrillation")))[
        "Heart rate"
    ].startswith("none")
    assert dict(examples.truth(Example("atrial-fibrillation"), simulate("atrial-fibrillation")))["PR"] == "no P wave"


def test_the_same_example_is_the_same_file():
    one = Example("atrial-flutter", 75, layout="6x2", grid="blue", seed=9)
    data = examples.as_file(one)
    assert data == examples.as_file(one)
    assert decode(data).rgb.shape[0] > 1000


@pytest.mark.parametrize("layout", ["3x4+1", "cabrera-12x1"])
def test_leads_are_outlined_wherever_they_are_printed(layout):
    assert layout in LAYOUTS
    page = examples.shown(Example(layout=layout)).drawing
    found = examples.outlines(page, ("II", "aVR"))
    assert {one.lead.electrode for one in found} == {"II", "aVR"}
    assert len(found) == (3 if layout.endswith("+1") else 2)


@pytest.mark.parametrize("rhythm", ["acute-anterior-infarction", "acute-inferior-infarction"])
def test_st_elevation_is_largest_in_the_leads_of_the_lesson(rhythm):
    shifts = examples.st_shifts_mv(rhythm)
    leads = RHYTHM_LESSONS[rhythm].leads
    assert min(shifts[lead] for lead in leads) >= 0.1
    assert min(shifts.values()) < -0.03


@pytest.mark.parametrize("rhythm", ["old-anterior-infarction", "old-inferior-infarction"])
def test_q_waves_are_simulated_in_the_leads_of_the_lesson(rhythm):
    recording = simulate(rhythm, seed=2, noise=QUIET)
    beat = RHYTHMS[rhythm].beat
    first = round((recording.r_times_s[1] + beat.onset_s) * recording.rate_hz)
    for lead in RHYTHM_LESSONS[rhythm].leads:
        beginning = recording.lead(lead)[first : first + 20] - recording.lead(lead)[first - 10]
        assert beginning.min() < -0.1, lead


@pytest.mark.parametrize("rhythm", ["left-bundle-branch-block", "right-bundle-branch-block"])
def test_blocks_have_the_qrs_width_of_their_definition(rhythm):
    assert RHYTHMS[rhythm].beat.qrs_s >= 0.12


def test_a_strip_is_higher_at_a_higher_gain_and_no_neighbour_reaches_onto_it():
    def inked_rows(picture):
        return np.flatnonzero((picture.max(axis=2) < 90).any(axis=1))

    low, high = (inked_rows(strips.strip("normal-sinus", "V5", gain_mm_mv=gain)) for gain in (5, 20))
    assert np.ptp(high) > np.ptp(low)
    quiet = strips.strip("normal-sinus", "I")
    assert quiet[: round(quiet.shape[0] * 0.06)].max(axis=2).min() > 90


def test_squares_follow_speed_and_gain():
    assert strips.squares(50, 20) == [
        ("small square, 1 mm", "20 ms", "0.05 mV"),
        ("large square, 5 mm", "100 ms", "0.25 mV"),
    ]
