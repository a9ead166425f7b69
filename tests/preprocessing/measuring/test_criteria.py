"""Named criteria: limits at and beside their values, what a page does not tell, and drawn rhythms."""

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.measuring.conduction_criteria import conduction_criteria, qrs_shape
from preprocessing.measuring.criteria import criteria_of
from preprocessing.measuring.criterion import CriterionState
from preprocessing.measuring.delineation import NOTHING
from preprocessing.measuring.lead_waves import LeadWaves
from preprocessing.measuring.measurements import measure
from preprocessing.measuring.qrs_criteria import qrs_criteria
from preprocessing.measuring.st_criteria import st_criteria
from sample_images import simulate
from tests.printed_traces import printed

MET, DEPENDS, NOT_MET, NOT_JUDGED = CriterionState
LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
NORMAL = LeadWaves(0.0, 0.0, 0.0, 1.0, -0.4, None, None, 0.3)


def waves(**changed: LeadWaves) -> dict[str, LeadWaves]:
    return dict.fromkeys(LEADS, NORMAL) | changed


def st_of(**levels_mv: float) -> dict[str, LeadWaves]:
    return waves(**{lead: replace(NORMAL, st_j_mv=mv, st_j40_mv=mv, st_j60_mv=mv) for lead, mv in levels_mv.items()})


def by_code(criteria):
    return {one.code: one for one in criteria}


@pytest.mark.parametrize(
    ("levels_mv", "state", "words"),
    [
        ({"II": 0.1, "aVF": 0.1}, MET, "any age and sex"),
        ({"II": 0.1, "aVF": 0.09}, NOT_MET, "No two contiguous leads"),
        ({"II": 0.2, "V4": 0.2}, NOT_MET, "No two contiguous leads"),
        ({"V2": 0.15, "V3": 0.15}, DEPENDS, "women only"),
        ({"V2": 0.2, "V3": 0.24}, DEPENDS, "women and men from 40 years"),
        ({"V2": 0.25, "V3": 0.25}, MET, "any age and sex"),
        ({"aVR": 0.3, "V1": 0.1}, NOT_MET, "No two contiguous leads"),
    ],
)
def test_elevation_is_judged_by_the_limits_for_age_and_sex(levels_mv, state, words):
    found = by_code(st_criteria(st_of(**levels_mv), 90.0))["st_elevation"]
    assert found.state is state
    assert words in found.facts
    assert ("unknown" in found.facts) == (state is DEPENDS)


def test_elevation_after_the_j_point_alone_is_told_from_elevation_at_it():
    rising = replace(NORMAL, st_j60_mv=0.3)
    found = by_code(st_criteria(waves(II=rising, III=rising, aVF=rising), 90.0))
    assert found["st_elevation"].state is DEPENDS
    assert "at J+60 ms, not at the J point" in found["st_elevation"].facts


def test_reciprocal_depression_lies_opposite_to_an_elevation():
    both = by_code(st_criteria(st_of(II=0.2, III=0.2, aVF=0.2, aVL=-0.06), 90.0))
    assert both["reciprocal_depression"].state is MET
    assert "aVL \N{MINUS SIGN}0.06 mV" in both["reciprocal_depression"].facts
    alone = by_code(st_criteria(st_of(aVL=-0.06), 90.0))
    assert alone["reciprocal_depression"].state is NOT_MET


def test_depression_must_be_horizontal_or_fall_in_two_contiguous_leads():
    def state(**levels_mv):
        return by_code(st_criteria(st_of(**levels_mv), 90.0))["st_depression"].state

    assert state(V5=-0.05, V6=-0.05) is MET
    assert state(V5=-0.05) is NOT_MET
    upsloping = replace(NORMAL, st_j_mv=-0.15, st_j60_mv=-0.06)
    assert by_code(st_criteria(waves(V5=upsloping, V6=upsloping), 90.0))["st_depression"].state is NOT_MET


def test_a_wide_qrs_is_named_beside_st():
    assert "QRS is 140 ms" in by_code(st_criteria(st_of(), 140.0))["st_elevation"].facts
    assert "QRS is" not in by_code(st_criteria(st_of(), 100.0))["st_elevation"].facts
    assert "QRS is 140 ms" in by_code(qrs_criteria(waves(), 140.0))["pathological_q"].facts


def test_without_waves_nothing_is_judged():
    criteria = [*st_criteria({}, None), *qrs_criteria({}, None), *conduction_criteria(None, NOTHING, {}, None, None)]
    assert {one.state for one in criteria} == {NOT_JUDGED}
    assert len(criteria) == 11


@pytest.mark.parametrize(
    ("q_ms", "q_mv", "leads", "state"),
    [
        (30.0, -0.1, ("II", "aVF"), MET),
        (28.0, -0.4, ("II", "aVF"), NOT_MET),
        (40.0, -0.09, ("II", "aVF"), NOT_MET),
        (40.0, -0.4, ("II",), NOT_MET),
        (22.0, -0.06, ("V2",), MET),
        (20.0, -0.3, ("V3",), NOT_MET),
    ],
)
def test_q_waves_are_pathological_by_duration_depth_and_neighbours(q_ms, q_mv, leads, state):
    with_q = replace(NORMAL, q_ms=q_ms, q_mv=q_mv)
    assert by_code(qrs_criteria(waves(**dict.fromkeys(leads, with_q)), 90.0))["pathological_q"].state is state


def test_a_qs_complex_counts_as_a_pathological_q():
    found = by_code(qrs_criteria(waves(V2=replace(NORMAL, r_mv=0.0, s_mv=-1.2)), 90.0))["pathological_q"]
    assert found.state is MET
    assert "V2 QS" in found.facts


def test_voltages_are_judged_at_their_limits():
    def states(**changed):
        return {code: one.state for code, one in by_code(qrs_criteria(waves(**changed), 90.0)).items()}

    s_v1 = replace(NORMAL, s_mv=-1.7)
    assert states(V1=s_v1, V6=replace(NORMAL, r_mv=1.8))["sokolow_lyon"] is MET
    assert states(V1=s_v1, V6=replace(NORMAL, r_mv=1.79))["sokolow_lyon"] is NOT_MET
    s_v3 = replace(NORMAL, s_mv=-1.5)
    for r_mv, state in ((0.5, NOT_MET), (0.51, DEPENDS), (1.3, DEPENDS), (1.31, MET)):
        assert states(V3=s_v3, aVL=replace(NORMAL, r_mv=r_mv))["cornell"] is state
    low = replace(NORMAL, r_mv=0.3, s_mv=-0.19)
    assert states(**dict.fromkeys(LEADS[:6], low))["low_voltage"] is MET
    assert states(**dict.fromkeys(LEADS[:5], low))["low_voltage"] is NOT_MET
    assert states(V3=replace(NORMAL, r_mv=0.3))["r_progression"] is MET
    assert states()["r_progression"] is NOT_MET


@pytest.mark.parametrize(("qtc_ms", "state"), [(390, MET), (391, NOT_MET), (449, NOT_MET), (450, DEPENDS), (460, MET)])
def test_qtc_is_long_by_sex_or_short(qtc_ms, state):
    assert by_code(conduction_criteria(None, NOTHING, {}, None, float(qtc_ms)))["qtc"].state is state


def test_a_second_r_is_seen_only_after_a_fall():
    assert not qrs_shape(np.repeat([0.4, 0.1, 0.6, 0.0], 10)).has_second_r
    # The level of an elevated ST segment at the end of a complex is no R wave.
    falling = qrs_shape(np.r_[np.linspace(0, -1, 30), np.linspace(-1, 0.2, 30)])
    assert not falling.has_second_r
    assert falling.peak_ms == 0


@pytest.mark.parametrize(
    ("rhythm", "met"),
    [
        ("normal-sinus", set()),
        ("right-bundle-branch-block", {"right_bundle_branch_block"}),
        ("left-bundle-branch-block", {"left_bundle_branch_block", "st_depression"}),
        ("old-inferior-infarction", {"pathological_q"}),
        ("acute-inferior-infarction", {"reciprocal_depression"}),
    ],
)
def test_drawn_rhythms_meet_their_criteria(rhythm, met):
    criteria = criteria_of(measure(printed(simulate(rhythm, seed=1), "12x1")))
    found = {one.code for one in criteria if one.state is MET}
    assert met <= found
    if not met:
        assert not found
    assert all(one.facts.endswith(".") and one.source for one in criteria)
