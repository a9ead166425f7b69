"""How sure a fit of columns is of its beginning: marks that agree, marks that do not, and none."""

import numpy as np
import pytest

from preprocessing.traces.clock_spread import spread_px
from preprocessing.traces.printed_columns import begin_mark, box_mark, end_mark, fitted_columns
from preprocessing.traces.time_config import CLOCK_SPREAD

PX_PER_S, WIDTH = 200.0, 500.0


def spread_of(marks):
    fit = fitted_columns(marks, (100.0, 100.0), WIDTH, PX_PER_S, 8.0, True)
    return spread_px([fit.places], fit.start_px, PX_PER_S)


def test_marks_that_agree_leave_no_doubt():
    marks = [mark for column in range(4) for mark in (begin_mark(100 + WIDTH * column, column),)]
    assert spread_of([*marks, end_mark(100 + 4 * WIDTH - 0.4, 3)]) < 0.2


def test_rows_that_begin_at_two_places_leave_both_open():
    marks = [begin_mark(100 + 3 * (column % 2) + WIDTH * column, column) for column in range(4)]
    assert spread_of(marks) > 1.5


def test_boxes_alone_leave_more_open_than_strokes():
    assert spread_of([box_mark(100.0, 0, 0.3), box_mark(603.0, 1, 0.15)]) > 1
    assert spread_of([begin_mark(100.0, 0), begin_mark(600.0, 1)]) < 0.5


def test_without_a_mark_everything_is_open():
    assert spread_of([]) == CLOCK_SPREAD.most_s * PX_PER_S


def test_places_far_away_count_as_one_complex_away():
    near, far = (np.array([[100.0, 0.0], [100.0 + off, 0.0]]) for off in (50.0, 5.0))
    most = CLOCK_SPREAD.most_s * PX_PER_S
    assert spread_px([near], 100.0, PX_PER_S) == pytest.approx(most / np.sqrt(2))
    assert spread_px([far], 100.0, PX_PER_S) == pytest.approx(most / np.sqrt(2))
    assert spread_px([np.array([[100.0, 0.0], [105.0, 7.0]])], 100.0, PX_PER_S) < 0.2 * most


def test_a_fit_of_little_cost_outweighs_others():
    sure, other = np.array([[100.0, 1.0]]), np.array([[104.0, 6.0]])
    assert spread_px([sure, other], 100.0, PX_PER_S) < spread_px([sure, other - (0.0, 4.0)], 100.0, PX_PER_S)
