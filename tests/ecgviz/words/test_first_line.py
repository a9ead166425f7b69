"""The first line: each figure with its normal range, marked where outside and where provisional."""

from dataclasses import replace

import pytest

from ecgviz.words.first_line import NO_P_WAVES, RANGES, first_line, rhythm_in_words
from preprocessing.measuring import Measured, measure
from preprocessing.trust import Trust
from sample_images import simulate
from tests.printed_traces import printed

NORMAL = measure(printed(simulate("normal-sinus", seed=1), "3x4+1"))
FIBRILLATION = measure(printed(simulate("atrial-fibrillation", seed=4), "12x1"))


def test_a_normal_report_has_six_figures_and_no_mark():
    line = first_line(NORMAL, Trust())
    assert [figure.label for figure in line] == ["Heart rate", "Rhythm", "PR", "QRS", "QT / QTc", "QRS axis"]
    assert [figure.outside for figure in line] == [""] * 6
    assert line[1].value == "Regular"
    assert "RR" in line[1].note
    assert all(figure.normal for figure in line)


@pytest.mark.parametrize(
    ("name", "value", "outside"),
    [("heart_rate_bpm", 104.0, "above"), ("heart_rate_bpm", 48.0, "below"), ("qrs_ms", 148.0, "above"),
     ("axis_deg", -62.0, "below"), ("pr_ms", 200.4, "")],
)  # fmt: skip
def test_a_value_outside_its_range_is_marked(name, value, outside):
    found = replace(NORMAL, **{name: Measured(value, "ms" if name.endswith("ms") else "deg", "")})
    place = {"heart_rate_bpm": 0, "pr_ms": 2, "qrs_ms": 3, "axis_deg": 5}[name]
    assert first_line(found, Trust())[place].outside == outside
    assert RANGES[name].words


def test_atrial_fibrillation_is_named_by_what_is_seen():
    assert rhythm_in_words(FIBRILLATION) == NO_P_WAVES
    line = first_line(FIBRILLATION, Trust())
    assert line[1].outside == "not regular"
    # An irregular rhythm has no QTc.
    assert line[4].value.endswith("\N{EN DASH}")


def test_provisional_figures_are_marked():
    line = first_line(NORMAL, Trust(("columns_assumed",)))
    assert all(figure.provisional for figure in line)
    assert not any(figure.provisional for figure in first_line(NORMAL, Trust()))
    assert line[0].value.startswith("\N{ALMOST EQUAL TO} ")
    assert line[4].value.count("\N{ALMOST EQUAL TO}") == 1
