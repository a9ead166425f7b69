"""The millimetre grid's period."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.page.flat_page import find_page
from preprocessing.page.grid import find_grid


def ruled(px_per_mm, width=1100, height=800, fine=40, coarse=90, offset=0.3):
    """Return a page of solid grid lines; `fine` and `coarse` are their darkness out of 255."""
    rgb = np.full((height, width, 3), 255, dtype=np.float64)
    for axis, size in ((1, width), (0, height)):
        shade = np.zeros(size)
        for line in range(int(size / px_per_mm) + 1):
            place = line * px_per_mm + offset
            near = np.exp(-(((np.arange(size) - place) / 0.7) ** 2))
            shade = np.maximum(shade, near * (coarse if line % 5 == 0 else fine))
        lines = shade[None, :, None] if axis else shade[:, None, None]
        rgb[..., 1:] = np.minimum(rgb[..., 1:], 255 - lines)
    return rgb.astype(np.uint8)


@given(st.floats(3.2, 7.5), st.floats(0, 4))
@settings(max_examples=12)
def test_a_ruled_page_gives_its_period_to_half_a_percent(px_per_mm, offset):
    page = find_page(ruled(px_per_mm, offset=offset))
    assert page.scale_from == "grid"
    assert page.px_per_mm_x == pytest.approx(px_per_mm, rel=0.005)
    assert page.px_per_mm_y == pytest.approx(px_per_mm, rel=0.005)


@pytest.mark.parametrize(("fine", "coarse"), [(40, 90), (70, 80), (25, 120)])
def test_weak_and_strong_lines_do_not_change_which_tooth_is_the_millimetre(fine, coarse):
    page = find_page(ruled(5.0, fine=fine, coarse=coarse))
    assert page.px_per_mm_x == pytest.approx(5.0, rel=0.005)


def test_blank_and_noisy_paper_has_no_grid():
    random = np.random.default_rng(0)
    assert not find_grid(np.zeros((12, 1000)), np.zeros((12, 700))).found
    assert not find_grid(random.normal(size=(12, 1000)), random.normal(size=(12, 700))).found


def test_find_grid_does_not_write_into_its_profiles():
    profiles = np.random.default_rng(1).normal(size=(12, 600))
    before = profiles.copy()
    find_grid(profiles, profiles)
    assert np.array_equal(profiles, before)
