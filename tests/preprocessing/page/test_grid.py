"""The millimetre grid's period, in profiles of ruled paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.page.grid import find_grid
from preprocessing.page.grid_config import UPRIGHT_GRID


def ruled(px_per_mm, size=1100, fine=40, coarse=90, offset=0.3):
    """Return the profiles of solid grid lines; `fine` and `coarse` are their darkness out of 255."""
    shade = np.zeros(size)
    for line in range(int(size / px_per_mm) + 1):
        near = np.exp(-(((np.arange(size) - line * px_per_mm - offset) / 0.7) ** 2))
        shade = np.maximum(shade, near * (coarse if line % 5 == 0 else fine))
    return np.tile(shade, (UPRIGHT_GRID.strips, 1))


@given(st.floats(3.2, 7.5), st.floats(0, 4))
@settings(max_examples=12)
def test_ruled_paper_gives_its_period_to_half_a_percent(px_per_mm, offset):
    grid = find_grid(ruled(px_per_mm, 1100, offset=offset), ruled(px_per_mm, 800, offset=offset), 5.0)
    assert grid.found
    assert grid.px_per_mm_x == pytest.approx(px_per_mm, rel=0.005)
    assert grid.px_per_mm_y == pytest.approx(px_per_mm, rel=0.005)


@pytest.mark.parametrize(("fine", "coarse"), [(40, 90), (70, 80), (25, 120)])
def test_weak_and_strong_lines_do_not_change_which_tooth_is_the_millimetre(fine, coarse):
    grid = find_grid(ruled(5.0, 1100, fine, coarse), ruled(5.0, 800, fine, coarse), 5.0)
    assert grid.px_per_mm_x == pytest.approx(5.0, rel=0.005)


def test_blank_and_noisy_paper_has_no_grid():
    random = np.random.default_rng(0)
    assert not find_grid(np.zeros((12, 1000)), np.zeros((12, 700)), 5.0).found
    assert not find_grid(random.normal(size=(12, 1000)), random.normal(size=(12, 700)), 5.0).found


def test_find_grid_does_not_write_into_its_profiles():
    profiles = np.random.default_rng(1).normal(size=(12, 600))
    before = profiles.copy()
    find_grid(profiles, profiles, 5.0)
    assert np.array_equal(profiles, before)
