"""Candidate sets of rows of a page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.row_sets import row_sets
from preprocessing.leads.rows import Rows


def rows_at(*baselines, left=50.0, right=950.0):
    size = len(baselines)
    return Rows(np.array(baselines, dtype=float), np.full(size, left), np.full(size, right))


def listed(rows):
    return [(tuple(chosen.baselines.tolist()), whole) for chosen, whole in row_sets(rows)]


def test_all_rows_come_first_and_are_complete():
    sets = listed(rows_at(100, 200, 300, 400))
    assert sets[0] == ((100, 200, 300, 400), True)
    assert ((200, 300, 400), False) in sets
    assert ((100, 200, 300), False) in sets
    assert ((200, 300), False) in sets


@given(st.integers(2, 14), st.integers(20, 120))
def test_only_the_first_of_regular_rows_is_complete_and_none_has_fewer_than_two(count, pitch):
    sets = listed(rows_at(*(50 + pitch * row for row in range(count))))
    assert [whole for _, whole in sets] == [True] + [False] * (len(sets) - 1)
    assert len(sets[0][0]) == count
    assert min(len(chosen) for chosen, _ in sets) >= 2
    assert len(set(sets)) == len(sets)


@pytest.mark.parametrize("count", [0, 1])
def test_one_or_two_rows_are_returned_as_found(count):
    assert listed(rows_at(*range(100, 100 + count))) == ([((100,), True)] if count else [])


def test_a_missing_row_is_filled_in():
    sets = listed(rows_at(100, 200, 400, 500))
    assert sets[0] == ((100, 200, 400, 500), True)
    assert ((100, 200, 300, 400, 500), False) in sets


def test_two_missing_rows_in_one_gap_are_filled_in():
    assert ((100, 200, 300, 400, 500), False) in listed(rows_at(100, 200, 400, 500))
    filled = [chosen for chosen, _ in listed(rows_at(60, 100, 140, 180, 260, 300, 340))]
    assert (60, 100, 140, 180, 220, 260, 300, 340) in filled


def test_uneven_rows_are_not_filled_in():
    assert all(set(chosen) <= {100, 190, 320, 435} for chosen, _ in listed(rows_at(100, 190, 320, 435)))


def test_filled_rows_are_as_long_as_the_others():
    rows = rows_at(100, 200, 400, 500)
    filled = next(chosen for chosen, _ in row_sets(rows) if chosen.baselines.size == 5)
    assert set(filled.left) == {50}
    assert set(filled.right) == {950}


def test_rows_far_above_are_dropped():
    assert listed(rows_at(20, 300, 400, 500, 600))[0] == ((300, 400, 500, 600), True)


def test_rows_beside_the_others_are_dropped():
    rows = rows_at(100, 200, 300, 400)
    rows.left[0], rows.right[0] = 600, 900
    assert listed(rows)[0][0] == (200, 300, 400)


def test_rows_are_not_complete_if_the_next_one_was_too_short():
    rows = rows_at(100, 200, 300, 400)
    rows.left[3] = 600
    assert listed(rows)[0] == ((100, 200, 300), False)


def test_a_line_of_print_nearby_is_not_a_missing_row():
    rows = rows_at(50, 100, 200, 300)
    rows.right[0] = 300
    assert listed(rows)[0] == ((100, 200, 300), True)


def test_a_row_half_of_which_is_empty_is_among_unevenly_spaced_ones():
    rows = rows_at(140, 440, 575, 780, 960, 1260, 1445, left=150.0, right=2120.0)
    rows = Rows(rows.baselines, rows.left, np.where(rows.baselines == 1260, 1134.0, rows.right))
    sets = listed(rows)
    # Without the half row, its neighbours are too far apart to belong together.
    assert sets[0] == ((140, 440, 575, 780, 960), True)
    assert ((440, 575, 780, 960, 1260, 1445), False) in sets


def test_a_line_shorter_than_a_half_row_is_in_no_set():
    rows = rows_at(100, 200, 300, 400)
    rows = Rows(rows.baselines, rows.left, np.where(rows.baselines == 300, 400.0, rows.right))
    # What stands there is the row that the others' distances ask for.
    assert [chosen for chosen, _ in listed(rows) if 300 in chosen] == [(100, 200, 300, 400)]
