"""Leads that follow each other or a pulse without a gap end and begin where the stroke breaks off."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.lead_id import Role
from preprocessing.leads import LeadBox
from preprocessing.traces.column_breaks import with_breaks
from preprocessing.traces.path_costs import Band
from preprocessing.traces.stroke_ends import StrokeEnds

PX_PER_MM, RADIUS, BOUNDARY = 4.0, 2.0, 100.0
UPPER, LOWER = 40.0, 60.0
COLUMNS = np.arange(200)


def covered(first: float, last: float) -> np.ndarray:
    """Return how much of each column a stroke from `first` to `last` covers."""
    return np.asarray(np.clip(np.minimum(COLUMNS + 0.5, last) - np.maximum(COLUMNS - 0.5, first), 0, 1))


def strokes(left_row: float, right_row: float, reach: float, joined: bool = False) -> np.ndarray:
    """Draw two strokes whose pen reaches beyond the boundary, and perhaps a line from one to the other."""
    ink = np.zeros((120, COLUMNS.size))
    for row, shade in ((left_row, covered(-1, BOUNDARY + reach)), (right_row, covered(BOUNDARY - reach, 300))):
        rows = slice(round(row - RADIUS), round(row + RADIUS) + 1)
        ink[rows] = np.maximum(ink[rows], shade)
    if joined:
        ink[round(min(left_row, right_row)) : round(max(left_row, right_row)), 98:102] = 1
    return ink


def edges_of(left_row: float, right_row: float, jump: int) -> np.ndarray:
    """Return the edges along a path that leaves the left stroke after a column."""
    middle = np.where(jump >= COLUMNS, left_row, right_row)
    return np.array([middle - RADIUS - 0.5, middle + RADIUS + 0.5])


def found(ink: np.ndarray, edges: np.ndarray, box_off_px: float = 0.0) -> np.ndarray:
    """Return the ends of two leads beside each other, shape (2, 2)."""
    edge = BOUNDARY + box_off_px
    boxes = (
        LeadBox("I", Role.TWELVE_LEAD, 0, 0, edge, 120),
        LeadBox("aVR", Role.TWELVE_LEAD, edge, 0, 200, 120, 2.5),
    )
    bands = [Band(0, round(edge) + 6, 50, 50, 120), Band(round(edge) - 6, 200, 50, 50, 120)]
    parts = [edges[:, band.left : band.right] for band in bands]
    nothing = StrokeEnds(np.full((2, 2), np.nan), np.zeros((2, 2)))
    return with_breaks(nothing, ink, boxes, bands, parts, PX_PER_MM, RADIUS, np.zeros(2, dtype=bool)).px


@pytest.mark.parametrize("jump", [98, 100, 101])
@pytest.mark.parametrize(("reach", "box_off_px"), [(0.0, 0.0), (1.3, 3.0), (2.0, -4.0)])
@pytest.mark.parametrize(("left_row", "right_row"), [(UPPER, LOWER), (LOWER, UPPER)])
def test_both_ends_are_found_wherever_the_path_jumps(
    jump: int, reach: float, box_off_px: float, left_row: float, right_row: float
) -> None:
    if reach == 0:
        jump = 99
    ends = found(strokes(left_row, right_row, reach), edges_of(left_row, right_row, jump), box_off_px)
    assert ends[0, 1] == pytest.approx(BOUNDARY + reach, abs=0.1)
    assert ends[1, 0] == pytest.approx(BOUNDARY - reach, abs=0.1)
    assert np.isnan([ends[0, 0], ends[1, 1]]).all()


def test_leads_that_meet_at_the_same_height_show_no_break() -> None:
    assert np.isnan(found(strokes(UPPER, UPPER, 2.0), edges_of(UPPER, UPPER, 100))).all()


def test_leads_that_a_stroke_joins_show_no_break() -> None:
    edges = edges_of(UPPER, LOWER, 100)
    edges[:, 98:102] = [[UPPER - RADIUS - 0.5], [LOWER + RADIUS + 0.5]]
    assert np.isnan(found(strokes(UPPER, LOWER, 2.0, joined=True), edges)).all()


def test_a_stroke_that_jumps_twice_is_interrupted_and_does_not_end() -> None:
    edges = edges_of(UPPER, LOWER, 100)
    edges[:, 103:] = edges_of(UPPER, UPPER, 100)[:, 103:]
    assert np.isnan(found(strokes(UPPER, LOWER, 2.0), edges)).all()


def test_ends_that_are_known_are_kept() -> None:
    boxes = (
        LeadBox("I", Role.TWELVE_LEAD, 0, 0, 100, 120),
        LeadBox("aVR", Role.TWELVE_LEAD, 100, 0, 200, 120, 2.5),
    )
    bands = [Band(0, 106, 50, 50, 120), Band(94, 200, 50, 50, 120)]
    edges = edges_of(UPPER, LOWER, 100)
    known = StrokeEnds(np.array([[np.nan, 96.0], [np.nan, np.nan]]), np.zeros((2, 2)))
    ink = strokes(UPPER, LOWER, 1.0)
    parts, apart = [edges[:, :106], edges[:, 94:]], np.zeros(2, dtype=bool)
    ends = with_breaks(known, ink, boxes, bands, parts, PX_PER_MM, RADIUS, apart).px
    assert ends[0, 1] == 96.0
    assert ends[1, 0] == pytest.approx(99.0, abs=0.1)


@pytest.mark.parametrize("touched", [True, False])
@pytest.mark.parametrize("box_off_px", [-4.0, 0.0, 3.0])
def test_a_lead_begins_where_its_stroke_leaves_the_level_of_a_pulse_that_touches_it(
    touched: bool, box_off_px: float
) -> None:
    boxes = (LeadBox("I", Role.TWELVE_LEAD, BOUNDARY + box_off_px, 0, 200, 120),)
    bands, edges = [Band(0, 200, 50, 50, 120)], [edges_of(LOWER, UPPER, 99)]
    nothing = StrokeEnds(np.full((1, 2), np.nan), np.zeros((1, 2)))
    ink = strokes(LOWER, UPPER, 0.0)
    ends = with_breaks(nothing, ink, boxes, bands, edges, PX_PER_MM, RADIUS, np.array([touched])).px
    assert np.isnan(ends[0, 1])
    assert ends[0, 0] == pytest.approx(BOUNDARY if touched else np.nan, abs=0.1, nan_ok=True)
