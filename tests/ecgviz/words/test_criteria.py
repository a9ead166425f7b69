"""Criteria in words: what is shown first, what is provisional, and the map of ST."""

from dataclasses import replace

import pytest

from ecgviz.words import criteria
from preprocessing.measuring import Criterion, CriterionState, criteria_of, measure
from preprocessing.trust import Trust
from sample_images import simulate
from tests.printed_traces import printed

INFERIOR = measure(printed(simulate("acute-inferior-infarction", seed=1), "12x1"))
GAIN, COLUMNS = Trust(("gain_assumed",)), Trust(("columns_assumed",))


def test_criteria_that_are_met_or_depend_on_the_patient_come_first():
    judged = criteria_of(INFERIOR)
    met, others = criteria.order(judged)
    assert {one.code for one in met} >= {"st_elevation", "reciprocal_depression"}
    assert {one.state for one in others} <= {CriterionState.NOT_MET, CriterionState.NOT_JUDGED}
    assert len(met) + len(others) == len(judged)


@pytest.mark.parametrize(
    ("code", "trust", "doubted"),
    [
        ("st_elevation", GAIN, True),
        ("qtc", GAIN, False),
        ("qtc", COLUMNS, True),
        ("left_bundle_branch_block", COLUMNS, True),
        ("st_elevation", Trust(), False),
    ],
)
def test_a_criterion_is_provisional_by_what_it_rests_on(code, trust, doubted):
    criterion = Criterion(code, "", CriterionState.MET, "", "")
    assert bool(criteria.doubted(criterion, trust)) == doubted
    assert criteria.state_in_words(criterion, trust) == "met" + ", provisional" * doubted
    assert not criteria.doubted(replace(criterion, state=CriterionState.NOT_JUDGED), trust)


def test_the_map_shows_every_measured_lead_once_beside_its_neighbours():
    levels = criteria.st_levels(INFERIOR, "st_j60_mv")
    assert sorted(one.lead for one in levels) == sorted(INFERIOR.waves)
    assert [one.lead for one in levels if one.wall == "Inferior"] == ["II", "III", "aVF"]
    assert all(one.mv > 0.15 for one in levels if one.wall == "Inferior")


def test_waves_are_listed_in_the_usual_order_of_leads():
    rows = criteria.wave_rows(INFERIOR)
    assert [row[0] for row in rows] == ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"]
    assert {len(row) for row in rows} == {1 + len(criteria.WAVE_HEAD)}
