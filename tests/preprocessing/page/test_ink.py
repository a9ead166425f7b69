"""The amount of ink in each pixel, whatever the paper, the light and the grid's colour."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.page.ink import ink_amount

PX_PER_MM = 5.0
SHAPE = (220, 300)


def sheet(paper=(255, 255, 255), grid=None, ink=(20, 20, 25), light=None):
    """Return a sheet with a grid and one trace, and where the trace is."""
    rgb = np.broadcast_to(np.array(paper, dtype=float), (*SHAPE, 3)).copy()
    if grid is not None:
        rgb[::5], rgb[:, ::5] = grid, grid
    trace = np.zeros(SHAPE, dtype=bool)
    y = np.rint(110 + 40 * np.sin(np.arange(SHAPE[1]) / 20)).astype(int)
    for thick in range(3):
        trace[y + thick, np.arange(SHAPE[1])] = True
    rgb[trace] = ink
    if light is not None:
        rgb *= light[..., None]
    return np.clip(rgb, 0, 255).astype(np.uint8), trace


@pytest.mark.parametrize("grid", [(250, 190, 190), (240, 130, 130), (190, 200, 245), (205, 235, 210), (215, 215, 215)])
@pytest.mark.parametrize("paper", [(255, 255, 255), (250, 238, 225), (180, 178, 170)])
def test_ink_is_one_and_paper_and_grid_are_close_to_zero(paper, grid):
    rgb, trace = sheet(paper, tuple(np.array(grid) * np.array(paper) / 255))
    amount = ink_amount(rgb, PX_PER_MM)
    assert np.median(amount[trace]) > 0.9
    assert np.quantile(amount[~trace], 0.98) < 0.12


@pytest.mark.parametrize("ink", [(20, 20, 25), (30, 40, 140), (90, 90, 90)])
def test_blue_and_pale_ink_count_as_ink(ink):
    rgb, trace = sheet(grid=(250, 190, 190), ink=ink)
    amount = ink_amount(rgb, PX_PER_MM)
    assert np.median(amount[trace]) > 0.9
    assert np.quantile(amount[~trace], 0.98) < 0.12


def test_a_shadow_changes_the_amount_little():
    light = np.broadcast_to(np.linspace(0.5, 1, SHAPE[1]), SHAPE)
    rgb, trace = sheet(grid=(250, 200, 200), light=light)
    amount = ink_amount(rgb, PX_PER_MM)
    assert np.quantile(amount[trace], 0.2) > 0.8
    assert np.quantile(amount[~trace], 0.97) < 0.25


def test_half_covered_pixels_hold_half_the_ink():
    rgb, _ = sheet()
    rgb[0:60, 100] = (255 + 20) // 2
    amount = ink_amount(rgb, PX_PER_MM)
    assert amount[10:50, 100] == pytest.approx(0.5, abs=0.06)


def test_a_wide_dark_area_is_not_ink():
    rgb, trace = sheet()
    rgb[:80, :90] = 30
    amount = ink_amount(rgb, PX_PER_MM)
    assert amount[5:75, 5:85].max() == 0
    assert np.median(amount[trace]) > 0.9


@given(level=st.integers(0, 255), shape=st.tuples(st.integers(1, 40), st.integers(1, 40)), px=st.floats(0.5, 30))
@settings(max_examples=40)
def test_pages_of_one_colour_hold_no_ink(level, shape, px):
    amount = ink_amount(np.full((*shape, 3), level, np.uint8), px)
    assert amount.shape == shape
    assert amount.max() < 0.01


@given(seed=st.integers(0, 99))
@settings(max_examples=10)
def test_any_picture_gives_shares_between_zero_and_one(seed):
    rng = np.random.default_rng(seed)
    rgb = rng.integers(0, rng.integers(2, 256), (*rng.integers(1, 90, 2), 3), dtype=np.uint8)
    before = rgb.copy()
    amount = ink_amount(rgb, float(rng.uniform(1, 10)))
    assert amount.dtype == np.float32
    assert np.isfinite(amount).all()
    assert 0 <= amount.min() <= amount.max() <= 1
    assert np.array_equal(rgb, before)
