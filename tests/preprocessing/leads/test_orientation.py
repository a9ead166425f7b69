"""Pages upside down, on their side or mirrored are turned by their names, others are left as they are."""

import numpy as np
import pytest

from preprocessing.leads.orientation import TURNS, readable_way, turned
from preprocessing.lettering import PrintedName
from preprocessing.page import Page, Turn
from tests.label_maps import with_maps

UPRIGHT = Turn()
NAMES = tuple(PrintedName(lead, 10.0, 10.0, 30.0, 20.0, 0.95) for lead in ("I", "II", "III", "aVR", "aVL", "V1"))


def drawn():
    """A picture with a mark in its top left corner, rows of trace below it."""
    rgb = np.full((300, 500, 3), 255, np.uint8)
    x = np.arange(20, 480)
    for row in (100, 160, 220):
        y = np.rint(row + 8 * np.sin(x / 17)).astype(int)
        for thick in range(3):
            rgb[y + thick, x] = 0
    rgb[10:20, 10:20] = (200, 0, 0)
    return rgb


def lying(turn):
    """The page as it lies if `turn` makes it upright."""
    rgb = drawn()
    back = Turn(0, mirrored=True) if turn.mirrored else Turn(-turn.quarters % 4)
    return labelled(back.applied(rgb))


def labelled(rgb):
    """A page on which all that is black is trace."""
    page = Page(np.ascontiguousarray(rgb), 4.0, 4.0, "grid")
    return with_maps(page, trace=rgb.max(axis=2) == 0)


@pytest.fixture
def by_mark(monkeypatch):
    """Replace the search for names: they can be read where the mark is at the top left."""
    searched = []

    def find(rgb, px_per_mm):
        searched.append(rgb.shape)
        return NAMES if tuple(rgb[15, 15]) == (200, 0, 0) else ()

    monkeypatch.setattr("preprocessing.leads.orientation.find_lead_names", find)
    monkeypatch.setattr("preprocessing.leads.orientation.upright_evidence", len)
    return searched


@pytest.mark.parametrize("turn", TURNS)
def test_the_turn_after_which_names_can_be_read_is_taken(by_mark, turn):
    found = readable_way(lying(turn), ())
    assert found is not None
    page, names = found
    assert page.turn == turn
    assert names == NAMES
    np.testing.assert_array_equal(page.rgb, drawn())


def test_a_page_whose_names_can_be_read_already_is_not_turned(by_mark):
    assert readable_way(lying(Turn(2)), NAMES) is None


def test_a_few_names_more_are_not_enough(by_mark):
    assert readable_way(lying(Turn(2)), NAMES[:4]) is None
    assert readable_way(lying(Turn(2)), NAMES[:3]) is not None


def test_names_are_searched_only_where_there_are_rows(by_mark):
    blank = labelled(np.full((300, 500, 3), 255, np.uint8))
    assert readable_way(blank, ()) is None
    assert not by_mark
    # Rows lie across the page here: only the turns that keep them so are tried.
    page = labelled(drawn()[::-1, ::-1])
    readable_way(page, ())
    assert set(by_mark) == {(300, 500, 3)}


@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_page_keeps_its_facts_in_the_new_directions(turn):
    page = Page(np.random.default_rng(0).integers(0, 255, (30, 50, 3), np.uint8), 4.0, 5.0, "grid", rotation_deg=10.0)
    found = turned(page, turn)
    sideways = turn.quarters % 2 == 1
    assert (found.px_per_mm_x, found.px_per_mm_y) == ((5.0, 4.0) if sideways else (4.0, 5.0))
    assert found.rgb.shape[:2] == ((50, 30) if sideways else (30, 50))
    assert -180 <= found.rotation_deg < 180
    assert (found.rotation_deg - 10.0 - 90 * turn.quarters) % 360 == 0
    assert [notice.code for notice in found.notices] == ["page_mirrored" if turn.mirrored else "page_turned"]


def test_a_turned_page_is_labelled_anew():
    page = lying(Turn(2))
    assert "maps" in page.__dict__
    assert "maps" not in turned(page, Turn(2)).__dict__
