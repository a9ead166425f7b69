"""Pages without a grid are turned upright by their rows of trace and print."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from preprocessing.page.flattening import flattened
from preprocessing.page.plain_paper import turn_of_rows_deg, turned_upright
from preprocessing.page.segmentation import NAMES, PIXEL_LABELS, PixelMaps

PX_PER_MM = 6.0
SHAPE = (900, 1400)


def rows_of_beats(turn_deg: float) -> np.ndarray:
    """Draw four rows of beats, turned clockwise about the middle; shape (rows, columns), uint8, ink is 255."""
    picture = Image.new("L", SHAPE[::-1], 0)
    draw = ImageDraw.Draw(picture)
    x = np.arange(100, 1300)
    beat = 60 * np.exp(-(((x % 130 - 65) / 4) ** 2)) + 8 * np.sin(x / 40)
    turn = np.deg2rad(turn_deg)
    for row in (180, 360, 540, 720):
        across, down = x - SHAPE[1] / 2, row - beat - SHAPE[0] / 2
        points = np.column_stack(
            [
                across * np.cos(turn) - down * np.sin(turn) + SHAPE[1] / 2,
                across * np.sin(turn) + down * np.cos(turn) + SHAPE[0] / 2,
            ]
        )
        draw.line([tuple(point) for point in points.tolist()], fill=255, width=3)
    return np.asarray(picture)


def maps_of(trace: np.ndarray) -> PixelMaps:
    labels = np.zeros((len(PIXEL_LABELS), *trace.shape), np.uint8)
    labels[PIXEL_LABELS.index("trace")] = trace
    return PixelMaps(labels, np.zeros((len(NAMES), trace.shape[0] // 4, trace.shape[1] // 4), np.uint8), PX_PER_MM)


@pytest.mark.parametrize("turn_deg", [-9.0, -2.3, 0.0, 0.4, 5.5])
def test_the_turn_of_rows_is_found_to_a_tenth_of_a_degree(turn_deg: float) -> None:
    assert turn_of_rows_deg(maps_of(rows_of_beats(turn_deg))) == pytest.approx(turn_deg, abs=0.1)


def test_rows_that_are_turned_too_far_have_no_turn() -> None:
    assert turn_of_rows_deg(maps_of(rows_of_beats(20.0))) is None


@pytest.mark.parametrize("share", [0.0, 0.05])
def test_ink_without_rows_has_no_turn(share: float) -> None:
    specks = 255 * (np.random.default_rng(3).random(SHAPE) < share).astype(np.uint8)
    assert turn_of_rows_deg(maps_of(specks)) is None


@pytest.mark.parametrize("turn_deg", [-7.0, 3.0])
def test_a_page_turned_upright_maps_to_its_picture_and_back(turn_deg: float) -> None:
    flattening = turned_upright(turn_deg, SHAPE, 5.0)
    points = np.array([(100.0, 80.0), (700.0, 450.0), (1300.0, 860.0)])
    np.testing.assert_allclose(flattening.to_page(flattening.to_picture(points)), points, atol=1e-6)
    assert flattening.turn_deg == pytest.approx(turn_deg, abs=0.01)
    picture = rows_of_beats(turn_deg)
    page = flattened(np.repeat(255 - picture[..., None], 3, axis=2), flattening)
    # Nothing of the picture is cut off, and its scale is kept.
    assert turn_of_rows_deg(maps_of(255 - page[..., 0])) == pytest.approx(0.0, abs=0.1)
    assert (page[..., 0] < 128).sum() == pytest.approx((picture > 128).sum(), rel=0.05)
