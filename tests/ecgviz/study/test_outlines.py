"""Outlines of leads in the image: corners and sides, however the page lies in it."""

import numpy as np
import pytest

from ecgviz.study.outlines import outlines_in_picture, outlines_on_page, quad_in_picture
from preprocessing.leads import LeadBox
from preprocessing.page import Page, Turn

BOX = LeadBox("I", "12-lead", 10.0, 20.0, 40.0, 30.0)
TURNS = [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)]


def page_turned(turn):
    """A page of 100 x 60 pixels that lies so turned in its picture."""
    return Page(np.zeros((60, 100, 3), np.uint8), 4.0, 4.0, "grid", turn=turn)


def test_a_flat_page_has_the_same_corners_as_its_picture():
    assert quad_in_picture(page_turned(Turn()), BOX).tolist() == [list(corner) for corner in BOX.quad]


@pytest.mark.parametrize("turn", TURNS)
def test_corners_run_clockwise_from_the_pictures_top_left(turn):
    top_left, top_right, bottom_right, bottom_left = quad_in_picture(page_turned(turn), BOX)
    assert top_left[0] == bottom_left[0] < top_right[0] == bottom_right[0]
    assert top_left[1] == top_right[1] < bottom_left[1] == bottom_right[1]


@pytest.mark.parametrize("turn", TURNS)
def test_outlines_of_a_turned_page_enclose_its_pixels(turn):
    upright = np.zeros((60, 100), np.uint8)
    upright[20:31, 10:41] = 1
    # Four quarters are none, so the picture is what turning on completes.
    before = upright[:, ::-1] if turn.mirrored else upright
    picture = np.rot90(before, -turn.quarters)
    assert np.array_equal(turn.applied(picture), upright)
    left, top = quad_in_picture(page_turned(turn), BOX)[0].astype(int)
    right, bottom = quad_in_picture(page_turned(turn), BOX)[2].astype(int)
    assert picture[top : bottom + 1, left : right + 1].all()
    assert picture.sum() == (bottom + 1 - top) * (right + 1 - left)


def test_sides_follow_the_paper():
    class Bent:
        def to_picture(self, points):
            return points + np.column_stack([np.zeros(len(points)), (points[:, 0] / 10) ** 2])

    (outline,) = outlines_in_picture(Bent(), [BOX])
    x, y = outline.points_px.T
    assert outline.points_px[0].tolist() == [10, 21]
    flat_y = y - (x / 10) ** 2
    on_a_side = np.isclose(flat_y, 20) | np.isclose(flat_y, 30) | np.isclose(x, 10) | np.isclose(x, 40)
    assert on_a_side.all()
    assert len(outline.points_px) > 40


def test_on_the_flat_page_an_outline_is_the_box():
    assert outlines_on_page([BOX])[0].points_px.tolist() == [list(corner) for corner in BOX.quad]
