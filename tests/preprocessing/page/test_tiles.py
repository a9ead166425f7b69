"""The grid's waves in a picture's tiles, on patterns whose spacing and turn are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.page.grid_config import TILES
from preprocessing.page.light import paper_brightness
from preprocessing.page.tiles import find_waves, grid_texture, tile_spectra


def waves_in(texture):
    """Return the waves of a picture of about 4 px/mm; None where there are none, or it is too small for tiles."""
    spectra = tile_spectra(texture)
    return None if spectra is None else find_waves(spectra, 4.0)


def squares(shape, px_per_mm, turn_deg=0.0):
    """Return the texture of grid paper: a pale line every millimetre, a darker one every fifth, and a little noise."""
    y, x = np.mgrid[: shape[0], : shape[1]] / px_per_mm
    turn = np.deg2rad(turn_deg)
    along = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    lines = [ruled(mm, step) * dark for mm in along for step, dark in ((1, 0.1), (5, 0.25))]
    noise = 0.01 * np.random.default_rng(0).standard_normal(shape)
    dark = np.max(lines, axis=0) + noise
    return (dark - dark.mean()).astype(np.float32)


def ruled(mm, step):
    return np.exp(-(((mm - step * np.rint(mm / step)) / 0.15) ** 2))


@given(px_per_mm=st.floats(2.8, 4.8), turn_deg=st.floats(-40, 40))
@settings(max_examples=6)
def test_every_tile_gives_the_spacing_and_the_turn(px_per_mm, turn_deg):
    waves = waves_in(squares((420, 500), px_per_mm, turn_deg))
    assert waves is not None
    # The whole picture's spectrum is a first estimate. Worst of 278 random patterns: 0.9 degrees, 1.6 %.
    assert waves.turn_deg == pytest.approx(turn_deg, abs=1.0)
    assert waves.grid.px_per_mm_x == pytest.approx(px_per_mm, rel=0.02)
    turn = np.deg2rad(turn_deg)
    towards = np.array([np.cos(turn), np.sin(turn)])
    assert np.all(waves.weight > 0)
    np.testing.assert_allclose(waves.across * px_per_mm, np.broadcast_to(towards, waves.across.shape), atol=0.06)
    crossing = np.array([-np.sin(turn), np.cos(turn)])
    np.testing.assert_allclose(waves.down * px_per_mm, np.broadcast_to(crossing, waves.down.shape), atol=0.06)


def test_tiles_are_cut_at_the_reported_centres():
    texture = squares((420, 500), 4.0)
    waves = waves_in(texture)
    fade = np.outer(np.hanning(TILES.tile_px), np.hanning(TILES.tile_px))
    for row, y in enumerate(waves.y):
        for column, x in enumerate(waves.x):
            top, left = (round(centre - (TILES.tile_px - 1) / 2) for centre in (y, x))
            cut = texture[top : top + TILES.tile_px, left : left + TILES.tile_px]
            np.testing.assert_allclose(waves.tiles[row, column], cut * fade, atol=1e-6)


def test_a_tile_without_squares_has_no_weight():
    texture = squares((420, 700), 4.0)
    texture[:, 450:] = 0
    weight = waves_in(texture).weight
    assert np.all(weight[:, 0] > 0)
    assert np.all(weight[:, -1] == 0)


def test_lines_along_one_axis_are_no_grid():
    lines = np.broadcast_to(ruled(np.arange(500) / 4.0, 1).astype(np.float32), (420, 500))
    assert waves_in(lines - lines.mean()) is None


def test_blank_paper_has_no_grid():
    assert waves_in(np.zeros((420, 500), np.float32)) is None


LEAST_PX = int(np.ceil(TILES.least_side * TILES.tile_px))


@pytest.mark.parametrize("shape", [(1, 1), (112, 700), (700, 112), (TILES.tile_px, 700), (LEAST_PX - 1, 700)])
def test_pictures_with_room_for_one_row_of_tiles_give_no_waves(shape):
    assert waves_in(squares(shape, 4.0)) is None


@pytest.mark.parametrize("shape", [(LEAST_PX, 700), (700, LEAST_PX)])
def test_two_rows_of_tiles_are_enough(shape):
    waves = waves_in(squares(shape, 4.0))
    assert waves.grid.px_per_mm_x == pytest.approx(4.0, rel=0.01)
    assert np.isfinite(waves.across).all()


@given(shape=st.tuples(st.integers(1, 70), st.integers(1, 70)), level=st.integers(0, 255))
def test_the_light_on_plain_paper_is_the_paper(shape, level):
    np.testing.assert_allclose(paper_brightness(np.full(shape, level, np.uint8)), level, atol=1e-3)


def test_the_light_follows_a_shadow_and_not_the_print():
    shadow = np.broadcast_to(np.linspace(120, 240, 400), (300, 400))
    printed = shadow.copy()
    printed[::20] = 10
    printed[:, 100] = 10
    assert np.abs(paper_brightness(printed.astype(np.uint8)) - shadow).max() < 15


def test_the_texture_does_not_show_how_clearly_the_grid_is_seen():
    share = 120 + 120 * np.clip(squares((300, 400), 5.0), 0, None)
    fading = np.linspace(0, 60, 400)
    one, other = grid_texture(share.astype(np.uint8)), grid_texture((share - fading).astype(np.uint8))
    assert one.dtype == np.float32
    assert abs(one.mean()) < 0.01
    assert abs(other[:, :100].mean() - other[:, -100:].mean()) < 0.01
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("level", [0, 130, 255])
def test_a_map_without_lines_has_no_texture(level):
    np.testing.assert_allclose(grid_texture(np.full((200, 300), level, np.uint8)), 0, atol=1e-5)
