"""Printed beside measured: differences, what is a doubt, and what a recorder left out."""

from dataclasses import replace

import pytest

from ecgviz.study.printed_values import LARGE, compared, printed_notices
from ecgviz.words import printed
from preprocessing.lettering import PrintedBlock
from preprocessing.trust import TrustState
from tests.studies import study_of

FOUND = study_of("edan_normal").measurements


def block_with(**away: float) -> PrintedBlock:
    """Return a block that prints the measured values, less these differences."""
    return PrintedBlock({name: FOUND.values[name].value - difference for name, difference in away.items()})


@pytest.mark.parametrize("name", LARGE)
def test_a_large_difference_is_a_doubt_and_a_small_one_is_none(name):
    small, large = block_with(**{name: 0.9 * LARGE[name]}), block_with(**{name: LARGE[name]})
    assert not printed_notices(small, FOUND)
    assert [notice.code for notice in printed_notices(large, FOUND)] == ["printed_disagrees"]
    assert compared(large, FOUND)[0].difference == pytest.approx(LARGE[name])


def test_axes_differ_by_the_shorter_way_round():
    block = PrintedBlock({"axis_deg": FOUND.axis_deg.value + 350})
    assert compared(block, FOUND)[0].difference == pytest.approx(10)


def test_what_a_recorder_left_out_is_not_compared():
    assert compared(PrintedBlock({"pr_ms": 0.0}), FOUND) == []
    assert len(compared(PrintedBlock({"p_axis_deg": 0.0}), FOUND)) == 1


def test_a_doubt_by_print_makes_a_study_provisional():
    study = replace(study_of("edan_normal"))
    study.__dict__["printed"] = block_with(heart_rate_bpm=20)
    assert study.trust.state is TrustState.PROVISIONAL
    assert study.trust.reasons == ("printed_disagrees",)
    name, *_, difference = printed.rows(study)[0]
    assert (name, difference) == ("Heart rate", "+20 bpm, large")


def test_a_filter_that_can_shift_st_is_named():
    study = replace(study_of("edan_normal"))
    study.__dict__["printed"] = PrintedBlock({}, (0.67, 25.0))
    assert "0.67 to 25 Hz" in printed.filter_warning(study)
    assert "150 Hz" in printed.filter_warning(study)
    study.__dict__["printed"] = PrintedBlock({}, (0.05, 150.0))
    assert printed.filter_warning(study) is None
