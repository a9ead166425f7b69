"""Where dividers stand between columns of leads, in maps of dividers."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.leads import Layout, layout_at
from preprocessing.traces.divider_places import divider_places

PX_PER_MM = 5.0
PITCH, WIDTH, LEFT, TOP = 100, 200, 30, 40
ROWS, COLUMNS = TOP + 4 * PITCH + 40, LEFT + 4 * WIDTH + 30
EDGES = [LEFT + WIDTH * column for column in range(5)]
BASELINES = [TOP + PITCH * row + PITCH // 2 for row in range(4)]


def layout() -> Layout:
    return layout_at("3x4+1", EDGES, [TOP + PITCH * row for row in range(5)])


def bars(edges: list[int], height: int = 40, width: int = 3, off: int = 0, share: float = 1.0) -> np.ndarray:
    """Return the map of a bar at each of the three rows of leads, on each of these edges."""
    map_ = np.zeros((ROWS, COLUMNS))
    for edge in edges:
        for baseline in BASELINES[:3]:
            map_[baseline - height // 2 : baseline + height // 2, edge + off : edge + off + width] = share
    return map_


@pytest.mark.parametrize("off", [-6, 0, 5])
@pytest.mark.parametrize("width", [1, 3, 6])
def test_the_middle_of_each_divider_is_measured(off: int, width: int) -> None:
    places = divider_places(bars(EDGES[1:-1], width=width, off=off), layout(), PX_PER_MM)
    assert list(places) == EDGES[1:-1]
    for edge, place in places.items():
        assert place == pytest.approx(edge + off + (width - 1) / 2)


def test_a_pale_flank_moves_the_middle_by_a_part_of_a_pixel() -> None:
    map_ = bars([EDGES[1]], height=100, width=2)
    map_[:, EDGES[1] - 1] = 0.5 * map_[:, EDGES[1]]
    place = divider_places(map_, layout(), PX_PER_MM)[EDGES[1]]
    assert place == pytest.approx(EDGES[1] + (-0.5 + 0 + 1) / 2.5)


def test_a_line_through_all_rows_is_a_divider() -> None:
    map_ = np.zeros((ROWS, COLUMNS))
    map_[TOP : TOP + 3 * PITCH, EDGES[2] : EDGES[2] + 2] = 1
    assert divider_places(map_, layout(), PX_PER_MM) == {EDGES[2]: pytest.approx(EDGES[2] + 0.5)}


def test_the_first_column_begins_at_no_divider() -> None:
    assert not divider_places(bars([EDGES[0], EDGES[-1]]), layout(), PX_PER_MM)


@pytest.mark.parametrize(
    "map_",
    [
        np.zeros((ROWS, COLUMNS)),
        bars(EDGES[1:-1], height=8),
        bars(EDGES[1:-1], width=12),
        bars(EDGES[1:-1], share=0.1),
        bars(EDGES[1:-1], off=-10) + bars(EDGES[1:-1], off=6),
        bars(EDGES[1:-1], off=20),
    ],
    ids=["none", "too short", "too wide", "too faint", "two", "too far away"],
)
def test_edges_without_exactly_one_divider_have_no_place(map_: np.ndarray) -> None:
    assert not divider_places(map_, layout(), PX_PER_MM)


def test_what_lies_below_the_leads_does_not_count() -> None:
    map_ = np.zeros((ROWS, COLUMNS))
    map_[TOP + 3 * PITCH :, EDGES[1] : EDGES[1] + 3] = 1
    assert not divider_places(map_, layout(), PX_PER_MM)


def test_a_layout_of_one_column_has_no_dividers() -> None:
    rows = [TOP + 30 * row for row in range(13)]
    assert not divider_places(bars(EDGES[1:-1]), layout_at("12x1", [EDGES[0], EDGES[-1]], rows), PX_PER_MM)
