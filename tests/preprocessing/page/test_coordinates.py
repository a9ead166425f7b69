"""Coordinates: every mapping and its way back, on sheets and turns that are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.page.coordinates import Flattening, Sheet, Turn, along_sides, clockwise_from_top_left, projected
from preprocessing.page.flat_page import Page

TURNS = [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)]
BOX = np.array([[10.0, 20.0], [40.0, 20.0], [40.0, 30.0], [10.0, 30.0]])


def points(width, height, count=6):
    return np.stack(np.meshgrid(np.linspace(0, width, count), np.linspace(0, height, count)), axis=-1).reshape(-1, 2)


@given(quarters=st.integers(0, 3), mirrored=st.booleans(), shape=st.tuples(st.integers(1, 9), st.integers(1, 9)))
def test_redone_is_the_inverse_of_undone(quarters, mirrored, shape):
    turn = Turn(quarters, mirrored)
    upright = turn.applied(np.zeros(shape))
    there = points(upright.shape[1] - 1, upright.shape[0] - 1)
    np.testing.assert_allclose(turn.redone(turn.undone(there, upright.shape), upright.shape), there, atol=1e-12)


@pytest.mark.parametrize("turn", TURNS)
def test_redone_leads_to_where_applied_puts_a_pixel(turn):
    picture = np.zeros((5, 8), int)
    picture[1, 6] = 1
    upright = turn.applied(picture)
    ((x, y),) = turn.redone(np.array([[6, 1]]), upright.shape)
    assert upright[int(y), int(x)] == 1


def test_a_homography_divides_by_depth():
    points_at = projected(np.array([1, 0, 0, 0, 1, 0, 0.5, 0]), np.array([[2.0, 4.0], [0.0, 3.0]]))
    assert points_at.tolist() == [[1.0, 2.0], [0.0, 3.0]]


def flattening_of(bends_mm):
    x, y = np.linspace(-40, 440, 9), np.linspace(-40, 340, 8)
    flat = np.array([48.0, 4.0, 50.0, -3.0, 47.0, 40.0, 0.05, -0.04])
    return Flattening(Sheet((200.0, 150.0), 200.0, flat, x, y, bends_mm), 2.0, (8.0, 5.0), 5.0, 400, 300)


@pytest.mark.parametrize("bent", [False, True])
@pytest.mark.parametrize("turn", TURNS)
def test_a_page_maps_to_the_picture_and_back(turn, bent):
    bends_mm = np.random.default_rng(1).uniform(-0.4, 0.4, (8, 9, 2)) if bent else np.zeros((8, 9, 2))
    shape = (400, 300, 3) if turn.quarters % 2 else (300, 400, 3)
    page = Page(np.zeros(shape, np.uint8), 5.0, 5.0, "grid", flattening=flattening_of(bends_mm), turn=turn)
    there = points(shape[1] - 1, shape[0] - 1)
    np.testing.assert_allclose(page.to_page(page.to_picture(there)), there, atol=0.05 if bent else 1e-6)


def test_a_page_as_decoded_maps_to_itself():
    page = Page(np.zeros((30, 40, 3), np.uint8), 4.0, 4.0, "assumed")
    assert page.is_as_decoded
    np.testing.assert_array_equal(page.to_page(page.to_picture(BOX)), BOX)


@pytest.mark.parametrize("first", range(4))
@pytest.mark.parametrize("step", [1, -1])
def test_corners_are_ordered_clockwise_from_the_top_left(first, step):
    corners = np.roll(BOX, first, axis=0)[::step]
    assert corners[clockwise_from_top_left(corners)].tolist() == BOX.tolist()


def test_a_slightly_turned_quadrilateral_keeps_its_top_left():
    turn = np.deg2rad(20)
    turned = BOX @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    assert clockwise_from_top_left(turned).tolist() == [0, 1, 2, 3]


def test_points_along_sides_start_at_each_corner():
    line = along_sides(BOX, 3)
    assert line.shape == (12, 2)
    assert line[::3].tolist() == BOX.tolist()
    assert line[1].tolist() == [20.0, 20.0]
