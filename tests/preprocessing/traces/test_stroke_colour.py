"""The share of each pixel that strokes cover, whatever the colours of paper, grid and ink."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.leads import Layout, LeadBox
from preprocessing.page import Page
from preprocessing.traces.stroke_colour import InkedPaper, coloured_ink, stroke_share
from tests.label_maps import with_maps

PX_PER_MM = 5.0
SHAPE = (220, 300)


def sheet(paper=(255, 255, 255), grid=None, ink=(20, 20, 25), light=None, noise=0):
    """Return a sheet with a grid and one trace, and the share of each pixel that the trace covers."""
    rgb = np.broadcast_to(np.array(paper, dtype=float), (*SHAPE, 3)).copy()
    if grid is not None:
        rgb[::5], rgb[:, ::5] = grid, grid
    middle = 110 + 40 * np.sin(np.arange(SHAPE[1]) / 20)
    share = np.clip(2 - np.abs(np.arange(SHAPE[0])[:, None] - middle), 0, 1)
    rgb += share[..., None] * (np.array(ink) - rgb)
    if light is not None:
        rgb *= light[..., None]
    rgb += np.random.default_rng(0).normal(0, noise, rgb.shape)
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8), share


def found(rgb, share, outside=None):
    """Return the ink by colour, where the network is off by half a pixel."""
    nothing = np.zeros(SHAPE, np.float32)
    page = with_maps(Page(rgb, PX_PER_MM, PX_PER_MM, "grid"), outside=nothing if outside is None else outside)
    box = LeadBox("II", "12-lead", 0, 0, SHAPE[1], SHAPE[0])
    sure = ((share + np.roll(share, 1, axis=0)) / 2).astype(np.float32)
    layout = Layout("one", 1.0, (box,), seconds=2.0)
    return coloured_ink(sure, page, nothing, layout, ()), sure


@pytest.mark.parametrize(
    "grid",
    [(250, 190, 190), (240, 130, 130), (190, 200, 245), (205, 235, 210), (102, 102, 102), (0, 0, 120), (110, 50, 47)],
)
@pytest.mark.parametrize("paper", [(255, 255, 255), (250, 238, 225), (180, 178, 170)])
def test_the_share_is_that_drawn_on_grids_of_any_colour(paper, grid):
    rgb, share = sheet(paper, tuple(np.array(grid) * np.array(paper) / 255))
    ink, sure = found(rgb, share)
    near = share > 0
    assert np.abs(ink - share)[near].mean() < 0.05
    assert np.abs(sure - share)[near].mean() > 0.15
    assert np.quantile(ink[~near], 0.98) < 0.12


@pytest.mark.parametrize("ink", [(20, 20, 25), (30, 40, 140), (90, 90, 90)])
def test_blue_and_pale_ink_count_in_full(ink):
    rgb, share = sheet(grid=(250, 190, 190), ink=ink)
    assert np.abs(found(rgb, share)[0] - share)[share > 0].mean() < 0.05


def test_a_shadow_changes_the_share_little():
    light = np.broadcast_to(np.linspace(0.5, 1, SHAPE[1]), SHAPE)
    rgb, share = sheet(grid=(250, 200, 200), light=light)
    assert np.abs(found(rgb, share)[0] - share)[share > 0].mean() < 0.1


def test_a_black_table_beneath_the_page_does_not_hide_the_colour_of_its_strokes():
    rgb, share = sheet(grid=(250, 190, 190))
    table = np.zeros(SHAPE, np.float32)
    table[180:] = 1
    rgb[180:] = 0
    ink, sure = found(rgb, share, table)
    assert ink is not sure
    assert np.abs(ink - share)[share > 0].mean() < 0.05


def test_the_network_counts_where_grid_and_ink_have_one_colour():
    rgb, share = sheet(grid=(30, 30, 30), ink=(30, 30, 30))
    ink, sure = found(rgb, share)
    assert ink is sure


def test_the_network_counts_where_noise_hides_the_colour():
    rgb, share = sheet(grid=(60, 60, 60), ink=(30, 30, 30), noise=40)
    ink, sure = found(rgb, share)
    assert ink is sure


@given(seed=st.integers(0, 99))
@settings(max_examples=10)
def test_any_picture_gives_shares_between_zero_and_one(seed):
    rng = np.random.default_rng(seed)
    darkness = rng.uniform(-0.2, 1, (*rng.integers(20, 90, 2), 3)).astype(np.float32)
    kind = rng.integers(0, 3, darkness.shape[:2])
    before = darkness.copy()
    share = stroke_share(InkedPaper(1 - darkness, np.ones(3)), kind == 0, kind == 1, float(rng.uniform(1, 10)))
    assert share is None or (np.isfinite(share).all() and 0 <= share.min() <= share.max() <= 1)
    assert np.array_equal(darkness, before)
