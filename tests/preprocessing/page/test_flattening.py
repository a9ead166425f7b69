"""Pages laid flat by their grid."""

import numpy as np
import pytest
from PIL import Image

import sample_images as drawn
from preprocessing.page.config import FLATTENING
from preprocessing.page.coordinates import Flattening, Sheet
from preprocessing.page.flattening import find_flattening, flattened
from preprocessing.page.light import lit_evenly


def flattening_of(a, b, width, height, reduced_by=1.0, origin_mm=(0.0, 0.0), px_per_mm=4.0):
    """A sheet that is turned and scaled: a and b are millimetres a pixel of the reduced picture, by x and by y."""
    x, y = np.linspace(-40, 240, 8), np.linspace(-40, 240, 7)
    sheet = Sheet((0.0, 0.0), 100.0, np.array([a, b, 0, -b, a, 0, 0, 0]) * 100, x, y, np.zeros((7, 8, 2)))
    return Flattening(sheet, reduced_by, origin_mm, px_per_mm, width, height)


def sheet_of(map_, picture_shape=None):
    """Find the sheet in a map that shows nothing but a page."""
    return find_flattening(map_, np.ones(map_.shape, bool), 4.0, picture_shape or map_.shape)


def test_an_upright_sheet_maps_by_scale_and_origin():
    flattening = flattening_of(0.25, 0.0, 200, 100, origin_mm=(10.0, 5.0))
    points = np.array([[0.0, 0.0], [199.0, 99.0], [12.5, 7.25]])
    np.testing.assert_allclose(flattening.to_picture(points), points + np.array([40, 20]))
    assert flattening.turn_deg == pytest.approx(0)


def test_a_reduced_copy_counts_from_the_pixels_corners():
    # The first pixel of a copy half as large covers two of the picture.
    flattening = flattening_of(0.25, 0.0, 200, 100, reduced_by=2.0)
    np.testing.assert_allclose(flattening.to_picture(np.array([[0.0, 0.0], [10.0, 20.0]])), [[0.5, 0.5], [20.5, 40.5]])


@pytest.mark.parametrize("turn_deg", [-30.0, 4.0, 90.0])
def test_the_turn_of_a_sheet_is_measured(turn_deg):
    a, b = 0.25 * np.cos(np.deg2rad(turn_deg)), 0.25 * np.sin(np.deg2rad(turn_deg))
    assert flattening_of(a, b, 200, 100).turn_deg == pytest.approx(turn_deg)


def test_an_upright_sheet_is_resampled_to_itself():
    rgb = np.random.default_rng(0).integers(0, 256, (90, 130, 3), dtype=np.uint8)
    assert np.abs(flattened(rgb, flattening_of(0.25, 0.0, 130, 90)).astype(int) - rgb).max() <= 1


def test_what_lies_beyond_the_picture_is_white():
    page = flattened(np.zeros((40, 50, 3), np.uint8), flattening_of(0.25, 0.0, 100, 80))
    assert page[:38, :48].max() == 0
    assert page[44:].min() == 255
    assert page[:, 54:].min() == 255


def test_to_picture_leads_to_where_a_pixel_was_resampled_from():
    picture = np.full((160, 200, 3), 255, np.uint8)
    picture[60:63, 90:93] = 0
    turned = flattening_of(0.25 * np.cos(0.2), 0.25 * np.sin(0.2), 200, 160, origin_mm=(0.0, -10.0))
    page = flattened(picture, turned)
    y, x = np.nonzero(page[..., 0] < 128)
    np.testing.assert_allclose(turned.to_picture(np.array([[x.mean(), y.mean()]])), [[91, 61]], atol=0.3)


def test_even_white_paper_is_returned_as_the_same_array():
    rgb = np.full((300, 400, 3), 240, np.uint8)
    rgb[100:102] = 20
    assert lit_evenly(rgb) is rgb


def test_a_shadow_is_divided_out_and_ink_stays_dark():
    light = np.broadcast_to(np.linspace(100, 250, 400)[None, :, None], (300, 400, 3)).copy()
    light[150:153] *= 0.1
    even = lit_evenly(light.astype(np.uint8))
    assert even[:140].min() > 205
    assert even[151].max() < 40


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (16, 200), (17, 33)])
@pytest.mark.parametrize("shade", [0, 90, 255])
def test_tiny_pictures_show_no_sheet(shape, shade):
    rgb = np.full((*shape, 3), shade, np.uint8)
    assert lit_evenly(rgb).shape == rgb.shape
    assert sheet_of(rgb[..., 0]) is None


def noise(*shape):
    return np.random.default_rng(3).integers(0, 256, shape, dtype=np.uint8)


def darkness(drawing):
    """Return how dark each pixel is, as if all of a drawing were grid."""
    return 255 - drawing.image.min(axis=2)


NO_SHEETS = {
    "noise": lambda: noise(500, 700),
    "low noise": lambda: noise(260, 3000),
    "text": lambda: darkness(drawn.draw_document(drawn.PageStyle(dpi=80), seed=1)),
    "low strip of a page": lambda: darkness(drawn.draw_blank_grid(drawn.PageStyle(dpi=110)))[300:539],
    "nothing": lambda: np.zeros((500, 700)),
}


@pytest.mark.parametrize("which", NO_SHEETS)
def test_pictures_without_grid_paper_show_no_sheet(which):
    map_ = NO_SHEETS[which]().astype(np.uint8)
    assert sheet_of(map_) is None


def askew(style, by_deg):
    paper = Image.fromarray(darkness(drawn.draw_blank_grid(style)))
    return np.asarray(paper.rotate(by_deg, Image.Resampling.BICUBIC, expand=True))


@pytest.mark.parametrize("grid", ["red", "dots", "grey"])
def test_grid_paper_is_laid_flat_at_its_own_scale(grid):
    style = drawn.PageStyle(dpi=100, grid=grid)
    map_ = askew(style, -5)
    flattening = sheet_of(map_)
    assert flattening.px_per_mm == pytest.approx(style.px_per_mm, rel=0.01)
    assert flattening.turn_deg == pytest.approx(5, abs=0.1)


def test_a_map_that_is_smaller_than_its_picture_gives_the_pictures_scale():
    map_ = askew(drawn.PageStyle(dpi=100), -5)[200:640, 200:780]
    one, other = (
        sheet_of(map_),
        sheet_of(map_, tuple(2 * side for side in map_.shape)),
    )
    assert other.px_per_mm == pytest.approx(2 * one.px_per_mm)
    assert (other.width, other.height) == pytest.approx((2 * one.width, 2 * one.height), abs=2)
    np.testing.assert_allclose(
        other.to_picture(np.array([[400.0, 300.0]])) + 0.5, 2 * (one.to_picture(np.array([[200.0, 150.0]])) + 0.5)
    )


def test_what_lies_around_the_page_is_left_out_but_for_specks():
    style = drawn.PageStyle(dpi=100)
    paper = Image.fromarray(darkness(drawn.draw_blank_grid(style)))
    on_table = Image.new("L", (paper.width + 300, paper.height + 200))
    on_table.paste(paper, (200, 150))
    page = np.zeros((on_table.height, on_table.width), bool)
    page[150 : 150 + paper.height, 200 : 200 + paper.width] = True
    speck = page.copy()
    speck[20:23, 20:23] = True
    for seen in (page, speck):
        flattening = find_flattening(np.asarray(on_table), seen, 4.0, page.shape)
        assert (flattening.width, flattening.height) == pytest.approx(paper.size, abs=12)
        np.testing.assert_allclose(flattening.to_picture(np.array([[0.0, 0.0]])), [[200, 150]], atol=6)


def test_a_picture_finer_than_a_page_needs_is_laid_flat_at_its_scale():
    map_ = askew(drawn.PageStyle(dpi=100), -5)
    flattening = sheet_of(map_, tuple(4 * side for side in map_.shape))
    assert flattening.px_per_mm == FLATTENING.px_per_mm
    lines = np.zeros((4 * map_.shape[0], 4 * map_.shape[1], 3), np.uint8)
    # Every other column is dark: a mesh over the whole picture would take one or the other.
    lines[:, ::2] = 255
    page = flattened(lines, flattening)
    inside = page[page.shape[0] // 3 : -page.shape[0] // 3, page.shape[1] // 3 : -page.shape[1] // 3]
    assert np.abs(inside.astype(int) - 128).max() < 12
    at = flattening.to_picture(np.array([[flattening.width / 2, flattening.height / 2]]))
    np.testing.assert_allclose(flattening.to_page(at), [[flattening.width / 2, flattening.height / 2]], atol=0.05)
