"""Edges of columns of leads, from gaps, lines, names and ends of the traces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.columns import Columns, columns_by_names, find_columns, inked_ends
from preprocessing.leads.dividers import Divider
from preprocessing.leads.layout import LAYOUTS
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows
from preprocessing.lettering import PrintedName
from preprocessing.page import Page

BY_FOUR = LAYOUTS["3x4+1"]


PX_PER_MM = 4.0


def columns_of(form, dividers, rows, pulses=None, scale_from="grid"):
    page = Page(np.zeros((10, 10, 3), np.uint8), PX_PER_MM, PX_PER_MM, scale_from)
    return find_columns(form, dividers, rows, pulses, page)


def lines_at(*xs, rows=3):
    return tuple(Divider(float(x), 0, rows - 1, 50, 350) for x in xs)


def rows_of(baselines, left, right, pieces=()):
    return Rows(
        np.array(baselines, float), np.array(left, float), np.array(right, float), tuple(np.array(p) for p in pieces)
    )


def rows_between(left, right, count=4):
    return rows_of(100 * np.arange(1, count + 1), [left] * count, [right] * count)


def test_lines_separate_columns():
    columns = columns_of(BY_FOUR, lines_at(300, 550, 800), rows_between(54, 1060))
    # Ends within 1.2 mm of where the columns would end are the traces' own.
    assert columns == Columns((54, 300, 550, 800, 1050), divided=True, even=True)


@pytest.mark.parametrize(("left", "right"), [(20, 1080), (70, 1030)])
def test_traces_longer_or_shorter_than_their_columns_do_not_change_them(left, right):
    columns = columns_of(BY_FOUR, lines_at(300, 550, 800), rows_between(left, right))
    assert columns.edges == (50, 300, 550, 800, 1050)


def test_lines_a_little_beside_even_columns_confirm_them():
    columns = columns_of(BY_FOUR, lines_at(304, 554, 804), rows_between(50, 1050))
    assert columns == Columns((50, 300, 550, 800, 1050), divided=True, even=True)


def test_an_extra_line_is_ignored():
    columns = columns_of(BY_FOUR, lines_at(300, 410, 550, 800), rows_between(50, 1050))
    assert columns.edges == (50, 300, 550, 800, 1050)


@given(st.floats(0, 200), st.floats(400, 2000))
def test_without_lines_columns_are_even(left, width):
    columns = columns_of(BY_FOUR, (), rows_between(left, left + width))
    assert not columns.divided
    assert columns.edges[0] == left
    np.testing.assert_allclose(np.diff(columns.edges), width / 4)


def test_a_single_column_needs_no_lines():
    columns = columns_of(LAYOUTS["12x1"], lines_at(400, rows=12), rows_between(50, 1050, 12))
    assert columns == Columns((50, 1050), False, True)


@pytest.mark.parametrize(
    ("split", "edges", "even"),
    [(550, (50, 550, 1050), True), (553, (50, 550, 1050), True), (470, (50, 470, 1050), False)],
    ids=["in the middle", "beside the middle", "elsewhere"],
)
def test_one_line_separates_two_columns(split, edges, even):
    columns = columns_of(LAYOUTS["6x2"], lines_at(split, rows=6), rows_between(50, 1050, 6))
    assert columns == Columns(edges, True, even)


@pytest.mark.parametrize("split", [430, 50, 1050, 1080])
def test_a_line_far_from_the_middle_does_not_separate_two_columns(split):
    columns = columns_of(LAYOUTS["6x2"], lines_at(split, rows=6), rows_between(50, 1050, 6))
    assert columns == Columns((50, 550, 1050), divided=False, even=True)


def pulses_until(right):
    return Pulses(right - 20.0, right, np.array([100.0, 200.0, 300.0, 400.0]), 40.0)


# Ten seconds at 25 mm/s and 4 px/mm are 1000 pixels. The first 6 pixels of the traces pass for feet of the pulses.
@pytest.mark.parametrize(
    ("pulses", "scale_from", "left"),
    [
        (pulses_until(49.0), "grid", 50.0),
        (pulses_until(49.0), "assumed", 56.0),
        (pulses_until(20.0), "grid", 56.0),
        (None, "grid", 56.0),
    ],
    ids=["touching", "without a grid", "apart", "none"],
)
def test_traces_begin_ten_seconds_before_their_end_where_pulses_touch_them(pulses, scale_from, left):
    columns = columns_of(LAYOUTS["12x1"], (), rows_between(56, 1050, 12), pulses, scale_from)
    assert columns.edges == (left, 1050)


# Three rows of four columns with gaps between them, and a strip without any.
PIECES = [(50, 280), (300, 530), (550, 780), (800, 1030)]


def parted(*pieces, strip=((50, 1030),)):
    return rows_of([100, 200, 300, 400], [50] * 4, [1030] * 4, [*pieces, strip])


def test_columns_begin_and_end_where_gaps_part_the_traces():
    columns = columns_of(BY_FOUR, (), parted(PIECES, PIECES, PIECES))
    assert columns == Columns((50, 300, 550, 800, 1030), True, True, (281, 531, 781, 1030))


def test_leads_meet_at_the_lines_in_the_gaps_that_these_make():
    columns = columns_of(BY_FOUR, lines_at(290, 540, 790), parted(PIECES, PIECES, PIECES))
    assert columns.edges == (50, 290, 540, 790, 1030)


def test_a_gap_that_a_wave_crosses_in_one_row_still_parts_columns():
    crossed = [(50, 530), (550, 780), (800, 1030)]
    columns = columns_of(BY_FOUR, (), parted(PIECES, crossed, PIECES))
    assert columns.edges == (50, 300, 550, 800, 1030)
    assert columns.ends == (281, 531, 781, 1030)


def test_a_gap_elsewhere_parts_nothing():
    broken = [(50, 280), (300, 400), (420, 530), (550, 780), (800, 1030)]
    columns = columns_of(BY_FOUR, (), parted(broken, broken, broken))
    assert columns.edges == (50, 300, 550, 800, 1030)


@pytest.mark.parametrize(
    "rows",
    [
        parted(PIECES, [(50, 1030)], [(50, 1030)]),
        parted(*[[(50, 297), (300, 547), (550, 797), (800, 1030)]] * 3),
        parted(*[[(50, 130), (150, 530), (550, 780), (800, 1030)]] * 3),
        parted(*[[(50, 280), (300, 780), (800, 1030)]] * 3),
    ],
    ids=["in one row only", "too narrow", "uneven columns", "too few"],
)
def test_without_shared_wide_and_even_gaps_columns_are_even(rows):
    columns = columns_of(BY_FOUR, (), rows)
    assert columns == Columns((50, 295, 540, 785, 1030), False, True)


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


def test_ends_are_where_most_rows_end():
    left, right = inked_ends(rows_of([100, 200, 300, 400], [50, 50, 50, 90], [950, 950, 700, 950]))
    assert left == 50
    assert 800 < right <= 950
