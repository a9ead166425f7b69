"""Grids: their lines cover what their widths and steps say."""

from dataclasses import replace

import numpy as np
import pytest

from sample_images.endless.canvas import Canvas
from sample_images.endless.grids import GridPlace, draw_grid
from sample_images.endless.looks import GridLook
from sample_images.endless.truth import LABELS, Pixels

SQUARE = GridLook(0.2, 0.0, (200, 0, 0), (200, 0, 0))
WHOLE = GridPlace((0.0, 0.0, 100.0, 100.0), (0.13, 0.41))


def covered(look: GridLook, place: GridPlace = WHOLE, aliased: bool = False) -> Pixels:
    canvas = Canvas((20.0, 20.0, 40.0, 40.0), 6.0, 2, (255, 255, 255), aliased)
    draw_grid(canvas, look, place)
    grid: Pixels = canvas.maps[LABELS.index("grid")]
    return grid


@pytest.mark.parametrize(
    ("look", "share"),
    [
        (SQUARE, 1 - 0.8**2),
        (replace(SQUARE, dots=True), 0.2**2),
        (replace(SQUARE, small_mm=0.0, big_mm=0.5), 1 - 0.9**2),
        (replace(SQUARE, small_mm=0.0, big_mm=0.5, gap_mm=1.0), 1 - 0.8**2),
        (replace(SQUARE, dash_mm=(0.5, 0.25)), 2 * 0.2 * 0.5 - 0.2**2),
    ],
)
def test_a_grid_covers_what_its_widths_say(look: GridLook, share: float) -> None:
    assert abs(covered(look).mean() / 255 - share) < 0.02


def test_a_grid_ends_with_its_box() -> None:
    ink = covered(SQUARE, replace(WHOLE, box_mm=(0.0, 0.0, 30.0, 100.0)))
    assert ink[:, :118].any()
    assert not ink[:, 124:].any()


def test_lines_without_soft_edges_are_black_or_white() -> None:
    assert set(np.unique(covered(SQUARE, aliased=True))) == {0, 255}


def test_lines_stand_at_their_origin() -> None:
    ink = covered(replace(SQUARE, small_mm=0.0, big_mm=0.3), replace(WHOLE, origin_mm=(22.0, 24.0)))
    columns = np.flatnonzero(ink.min(axis=0) > 100) / 12 + 20
    assert abs(columns[:4].mean() + 0.5 / 12 - 22.0) < 0.1
