"""Vertical lines between columns: found among the pixels of dividers, and chosen by their spacing."""

import numpy as np
import pytest

from preprocessing.leads.dividers import Divider, column_splits, confirmed_splits, find_dividers
from preprocessing.leads.runs import vertical_runs

PITCH, LEFT, RIGHT = 100, 50, 850
BASELINES = 80.0 + PITCH * np.arange(4)
ENDS = (float(LEFT), float(RIGHT))


def blank():
    return np.zeros((480, 900), dtype=bool)


def found(mask):
    return find_dividers(vertical_runs(mask), BASELINES, 3)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_line_through_rows_is_a_divider(width):
    mask = blank()
    mask[40:320, 250 : 250 + width] = True
    (line,) = found(mask)
    assert line == Divider(250 + (width - 1) / 2, 0, 2, 40, 319)


def test_a_line_through_a_single_row_is_a_wave():
    mask = blank()
    mask[30:150, 250] = True
    assert not found(mask)


def test_bars_of_one_length_centred_on_their_rows_are_a_divider():
    mask = blank()
    for baseline in BASELINES[:3].astype(int):
        mask[baseline - 20 : baseline + 21, 250:252] = True
    (line,) = found(mask)
    assert (line.x, line.first_row, line.last_row, line.is_bars) == (250.5, 0, 2, True)


@pytest.mark.parametrize(("above", "below"), [(40, 10), (5, 38)])
def test_bars_off_their_rows_are_waves(above, below):
    mask = blank()
    for baseline in BASELINES[:3].astype(int):
        mask[baseline - above : baseline + below + 1, 250] = True
    assert not found(mask)


def test_bars_of_different_lengths_are_waves():
    mask = blank()
    for baseline, half in zip(BASELINES[:3].astype(int), (12, 20, 31), strict=True):
        mask[baseline - half : baseline + half + 1, 250] = True
    assert not found(mask)


def test_pieces_of_one_line_a_few_pixels_apart_are_one_divider():
    mask = blank()
    mask[40:320, 250] = mask[40:320, 253] = True
    assert [line.x for line in found(mask)] == [251.5]


def test_a_page_without_dividers_has_none():
    assert not found(blank())


def lines(*places, rows=3, bars=False):
    return tuple(Divider(float(x), 0, rows - 1, 40, 40 + PITCH * rows, bars) for x in places)


def test_evenly_spaced_lines_are_chosen_among_others():
    assert column_splits(lines(250, 310, 450, 650, 700), 3, 4, ENDS) == [250, 450, 650]


@pytest.mark.parametrize("places", [(LEFT, 250, 450, 650), (LEFT + 30, 250, 450, 650), (250, 450, 650, RIGHT - 30)])
def test_lines_at_the_ends_of_the_traces_part_no_columns(places):
    assert column_splits(lines(*places), 3, 4, ENDS) == [250, 450, 650]


@pytest.mark.parametrize(
    "places",
    [
        (250, 450),  # one is missing
        (250, 450, 720),  # uneven
        (150, 250, 350),  # even, but too narrow for the trace
        (LEFT, 250, 450),  # even, but the first is where the traces begin
        tuple(range(100, 700, 20)),  # too many to be dividers
    ],
)
def test_lines_that_are_no_columns_are_not_taken(places):
    assert column_splits(lines(*places), 3, 4, ENDS) is None


def test_lines_through_other_rows_are_not_taken():
    assert column_splits(lines(250, 450, 650, rows=4), 3, 4, ENDS) is None
    assert column_splits(lines(250, 450, 650, rows=2), 3, 4, ENDS) is None
    assert column_splits(lines(250, 450, 650, rows=2, bars=True), 3, 4, ENDS) == [250, 450, 650]
    assert column_splits(lines(250, 450, 650, rows=4, bars=True), 3, 4, ENDS) is None


def test_two_columns_meet_near_the_middle():
    assert column_splits(lines(250, 440), 3, 2, ENDS) == [440]
    assert column_splits(lines(250), 3, 2, ENDS) is None


@pytest.mark.parametrize(("places", "taken"), [((250, 651), True), ((449,), False), ((240, 640), False)])
def test_half_of_the_expected_edges_confirm_the_others(places, taken):
    assert confirmed_splits(lines(*places), 3, 4, ENDS) == ([250, 450, 650] if taken else None)
