"""Whether columns show successive seconds or the same ones."""

import pytest

from preprocessing.measuring.beat_evidence import steep_leads
from preprocessing.measuring.page_clock import clock_starts
from sample_images import simulate
from tests.printed_traces import printed, trace


@pytest.mark.parametrize("rhythm", ["normal-sinus", "atrial-fibrillation", "left-bundle-branch-block"])
@pytest.mark.parametrize("layout", ["3x4+1", "3x4", "6x2"])
def test_columns_of_successive_seconds_keep_their_times(rhythm, layout):
    traces = printed(simulate(rhythm, seed=3), layout)
    assert clock_starts(steep_leads(traces)) == tuple(one.start_s for one in traces)


@pytest.mark.parametrize("layout", ["3x4+1", "6x2", "6x2+1"])
def test_columns_of_the_same_seconds_are_detected(layout):
    traces = printed(simulate("normal-sinus", heart_rate_bpm=65, seed=2), layout, together=True)
    assert set(clock_starts(steep_leads(traces))) == {0.0}


def test_if_both_would_look_alike_the_printed_times_stay():
    traces = printed(simulate("normal-sinus", heart_rate_bpm=72, seed=2), "6x2", together=True)
    assert set(clock_starts(steep_leads(traces))) == {0.0, 5.0}


def test_one_column_needs_no_clock():
    assert clock_starts(steep_leads([trace(simulate(seed=1).lead("II"), start_s=2.5)])) == (2.5,)
