"""Edges of columns of leads, from lines, names and ends of the ink."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.columns import Columns, columns_by_names, find_columns, inked_ends
from preprocessing.leads.dividers import Divider
from preprocessing.leads.layout import LAYOUTS
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows
from preprocessing.leads.runs import vertical_runs
from preprocessing.lettering import PrintedName

BY_FOUR = LAYOUTS["3x4+1"]


def lines_at(*xs, rows=3):
    return tuple(Divider(float(x), 0, rows - 1, 50, 350) for x in xs)


def test_lines_separate_columns():
    columns = find_columns(BY_FOUR, lines_at(300, 550, 800), (52.0, 1047.0))
    assert columns == Columns((50, 300, 550, 800, 1050), divided=True, even=True)


def test_an_extra_line_is_ignored():
    columns = find_columns(BY_FOUR, lines_at(300, 410, 550, 800), (50.0, 1050.0))
    assert columns.edges == (50, 300, 550, 800, 1050)


@given(st.floats(0, 200), st.floats(400, 2000))
def test_without_lines_columns_are_even(left, width):
    columns = find_columns(BY_FOUR, (), (left, left + width))
    assert not columns.divided
    assert columns.edges[0] == left
    np.testing.assert_allclose(np.diff(columns.edges), width / 4)


def test_a_single_column_needs_no_lines():
    assert find_columns(LAYOUTS["12x1"], lines_at(400, rows=12), (50.0, 1050.0)) == Columns((50, 1050), False, True)


@pytest.mark.parametrize(("split", "even"), [(550, True), (470, False)])
def test_two_columns_are_equally_wide(split, even):
    columns = find_columns(LAYOUTS["6x2"], lines_at(split, rows=6), (50.0, 1050.0))
    assert columns.edges == (2 * split - 1050, split, 1050)
    assert columns.even is even


def test_a_line_far_from_the_middle_does_not_separate_two_columns():
    assert not find_columns(LAYOUTS["6x2"], lines_at(430, rows=6), (50.0, 1050.0)).divided


@pytest.mark.parametrize("split", [50, 1050, 1080])
def test_lines_at_the_ends_of_the_rows_separate_nothing(split):
    columns = find_columns(LAYOUTS["6x2"], lines_at(split, rows=6), (50.0, 1050.0))
    assert columns == Columns((50, 550, 1050), divided=False, even=True)


def name(lead, left, confidence=0.9):
    return PrintedName(lead, left, 10.0, left + 20, 22.0, confidence)


def names_at(*starts):
    """Return the names of all columns but the first, at the start of each column."""
    return [name(row[column], start) for column, start in enumerate(starts, 1) for row in BY_FOUR.grid]


def test_names_show_the_width_of_columns():
    columns = columns_by_names(BY_FOUR, Columns((50, 310, 570, 830, 1090), False, True), names_at(305, 555, 805))
    np.testing.assert_allclose(np.diff(columns.edges), 250, atol=1)
    assert columns.edges[0] == pytest.approx(50, abs=1)


def test_a_pulse_at_the_left_belongs_to_no_lead():
    columns = columns_by_names(BY_FOUR, Columns((10, 270, 530, 790, 1050), False, True), names_at(305, 555, 805))
    np.testing.assert_allclose(columns.edges, [50, 300, 550, 800, 1050], atol=1)


@pytest.mark.parametrize(
    ("edges", "starts"),
    [((50, 300, 550, 800, 1050), (305, 556, 804)), ((50, 310, 570, 830, 1090), (305, 655, 805))],
    ids=["as wide already", "uneven"],
)
def test_names_that_confirm_the_columns_or_are_uneven_change_nothing(edges, starts):
    columns = Columns(edges, False, True)
    assert columns_by_names(BY_FOUR, columns, names_at(*starts)) is columns


def test_lines_and_single_names_are_not_overruled():
    divided = Columns((50, 310, 570, 830, 1090), True, True)
    assert columns_by_names(BY_FOUR, divided, names_at(305, 555, 805)) is divided
    even = Columns((50, 310, 570, 830, 1090), False, True)
    assert columns_by_names(BY_FOUR, even, names_at(305, 555, 805)[::3]) is even
    two = Columns((50, 600, 1100), False, True)
    assert columns_by_names(LAYOUTS["6x2"], two, names_at(305, 555, 805)) is two


def rows_of(baselines, left, right):
    return Rows(np.array(baselines, float), np.array(left, float), np.array(right, float))


def test_ends_without_pulses_are_where_most_rows_end():
    rows = rows_of([100, 200, 300, 400], [50, 50, 50, 90], [950, 950, 700, 950])
    left, right = inked_ends(vertical_runs(np.zeros((500, 1000), bool)), rows, None, 4.0)
    assert left == 50
    assert 800 < right <= 950


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_pulse_and_its_foot_are_not_trace(side):
    mask = np.zeros((500, 1000), dtype=bool)
    baselines = [100, 200, 300, 400]
    for baseline in baselines:
        mask[baseline, 60:901] = True
        mask[baseline, 20:25] = mask[baseline - 40, 25:45] = mask[baseline, 45:50] = True
        mask[baseline - 40 : baseline, [25, 44]] = True
    if side == "right":
        mask = mask[:, ::-1]
    left_edge, right_edge = (25.0, 44.0) if side == "left" else (955.0, 974.0)
    pulses = Pulses(left_edge, right_edge, np.array(baselines, float), 40.0)
    rows = rows_of(baselines, [20] * 4, [979] * 4)
    ends = inked_ends(vertical_runs(mask), rows, pulses, 4.0)
    assert ends == ((60, 900) if side == "left" else (99, 939))
