"""The grid of an upright page, on maps of rules whose spacing and stray are known."""

import numpy as np
import pytest

from preprocessing.page.grid_config import UPRIGHT_GRID
from preprocessing.page.upright_grid import measured_grid, strip_profiles

SHAPE = (780, 1050)
# Pixels a millimetre, as guessed from the size of the picture.
ASSUMED = 4.5


def ruled(x_mm, y_mm, thick=90, print_rows=()):
    """Return how much grid covers each pixel, and where paper is seen: ruled where the given millimetres are whole."""
    share = np.zeros(SHAPE)
    for mm in (x_mm, y_mm):
        for step, dark in ((1, 40), (5, thick)):
            off_mm = mm - step * np.rint(mm / step)
            share = np.maximum(share, dark * np.exp(-((off_mm / 0.15) ** 2)))
    is_paper = np.ones(SHAPE, bool)
    for row in print_rows:
        is_paper[row : row + 3] = False
    return np.where(is_paper, share, 0).astype(np.uint8), is_paper


def millimetres(px_per_mm_x, px_per_mm_y):
    y, x = np.indices(SHAPE)
    return x / px_per_mm_x, y / px_per_mm_y


@pytest.mark.parametrize(("px_x", "px_y"), [(4.0, 4.0), (3.93, 4.01), (6.3, 6.3)])
def test_each_axis_has_its_own_spacing_to_a_thousandth(px_x, px_y):
    grid, stray_mm = measured_grid(*ruled(*millimetres(px_x, px_y)), ASSUMED)
    assert grid.found
    assert grid.px_per_mm_x == pytest.approx(px_x, rel=1e-3)
    assert grid.px_per_mm_y == pytest.approx(px_y, rel=1e-3)
    assert stray_mm < 0.05


def test_the_spacing_does_not_depend_on_print():
    plain, _ = measured_grid(*ruled(*millimetres(4.2, 4.2)), ASSUMED)
    printed, stray_mm = measured_grid(*ruled(*millimetres(4.2, 4.2), print_rows=range(40, 700, 60)), ASSUMED)
    assert printed.px_per_mm_x == pytest.approx(plain.px_per_mm_x, rel=1e-3)
    assert stray_mm < 0.1


@pytest.mark.parametrize("turn_deg", [0.5, 1.0])
def test_a_turned_page_strays_by_what_its_lines_run_aside(turn_deg):
    x, y = millimetres(4.0, 4.0)
    turn = np.deg2rad(turn_deg)
    _, stray_mm = measured_grid(
        *ruled(x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)), ASSUMED
    )
    # From the middle to the edge a vertical line runs aside by half the height, the flat ones by half the width; 80 %
    # of the page stray less.
    most_mm = np.tan(turn) * SHAPE[1] / 2 / 4.0
    assert 0.5 * most_mm < stray_mm < 1.1 * most_mm


def test_a_bent_page_strays_by_its_bend():
    x, y = millimetres(4.0, 4.0)
    bow_mm = 1.2 * np.sin(np.pi * np.arange(SHAPE[1]) / SHAPE[1])
    _, stray_mm = measured_grid(*ruled(x, y + bow_mm), ASSUMED)
    assert 0.3 < stray_mm < 1.3


def test_squares_that_hardly_stand_out_are_followed_too():
    grid, stray_mm = measured_grid(*ruled(*millimetres(5.0, 5.0), thick=46), ASSUMED)
    assert grid.px_per_mm_x == pytest.approx(5.0, rel=2e-3)
    assert stray_mm < 0.1


@pytest.mark.parametrize("kind", ["blank", "noise"])
def test_paper_without_a_grid_strays_without_bound(kind):
    share = np.zeros(SHAPE, np.uint8)
    if kind == "noise":
        share = np.random.default_rng(0).integers(0, 106, SHAPE, dtype=np.uint8)
    grid, stray_mm = measured_grid(share, np.ones(SHAPE, bool), ASSUMED)
    assert not grid.found
    assert stray_mm == np.inf


def test_a_picture_without_any_paper_has_no_grid():
    grid, stray_mm = measured_grid(np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, bool), ASSUMED)
    assert not grid.found
    assert stray_mm == np.inf


def test_a_profile_is_the_mean_over_the_paper_of_its_strip():
    darkness = np.zeros((24, 3), np.uint8)
    darkness[0, 0], darkness[1, 0], darkness[23, 2] = 100, 50, 80
    is_paper = np.ones(darkness.shape, bool)
    is_paper[1, 0] = False
    darkness[~is_paper] = 0
    profiles = strip_profiles(darkness, is_paper)
    assert profiles.shape == (UPRIGHT_GRID.strips, 3)
    assert profiles[0].tolist() == [100, 0, 0]
    assert profiles[-1].tolist() == [0, 0, 40]
