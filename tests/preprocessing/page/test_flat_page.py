"""The page in a picture: laid flat where it is tilted, turned or bent, left alone where it is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import sample_images as drawn
from preprocessing.errors import EcgImageError
from preprocessing.page.config import SEGMENTATION
from preprocessing.page.flat_page import Page, Turn, find_page, grayscale

CAMERAS = {
    "turned": drawn.Camera(rotation_deg=-8, margin=0.03),
    "tilted": drawn.Camera(tilt_deg=(12, -9), margin=0.03),
    "curled": drawn.Camera(curl=0.02, margin=0.03),
    "folded": drawn.Camera(rotation_deg=2, folds=2, margin=0.03),
    "photographed": drawn.Camera.photo(3),
}


@pytest.fixture(scope="module")
def drawing():
    return drawn.draw_page(drawn.simulate("normal-sinus", seed=5), drawn.PageStyle(dpi=90))


@pytest.fixture(scope="module")
def photographed(drawing):
    """Return each camera's picture, before and after the page was found in it, and that page."""
    photos = {how: drawn.photograph(drawing, camera).image for how, camera in CAMERAS.items()}
    before = {how: photo.copy() for how, photo in photos.items()}
    return {how: (before[how], photo, find_page(photo)) for how, photo in photos.items()}


def lattice(page):
    """Return points over the flat page, in its pixels."""
    height, width = page.rgb.shape[:2]
    return np.stack(np.meshgrid(np.linspace(0, width - 1, 24), np.linspace(0, height - 1, 18)), axis=-1).reshape(-1, 2)


def check_flat(page, mm_of):
    """Compare the page's millimetres with the true ones of the picture's points, up to a common offset.

    `mm_of` maps pixels of the picture to millimetres of the sheet, which is A4.
    """
    points = lattice(page)
    truth_mm = mm_of(page.to_picture(points))
    on_chart = np.all((truth_mm > (10, 29)) & (truth_mm < (287, 196)), axis=1)
    assert on_chart.sum() > 60
    off_mm = (points / (page.px_per_mm_x, page.px_per_mm_y) - truth_mm)[on_chart]
    off_mm = np.linalg.norm(off_mm - np.median(off_mm, axis=0), axis=1)
    # The grid is measured at 6 pixels a millimetre, whatever the picture has.
    assert np.quantile(off_mm, 0.95) < 0.35
    assert off_mm.max() < 0.6
    for axis, px_per_mm in enumerate((page.px_per_mm_x, page.px_per_mm_y)):
        measured = np.polyfit(truth_mm[on_chart, axis], points[on_chart, axis], 1)[0]
        assert px_per_mm == pytest.approx(measured, rel=0.005)


@pytest.mark.parametrize("how", CAMERAS)
def test_a_photographed_page_is_laid_flat(drawing, photographed, how):
    seen = drawn.CameraMap(CAMERAS[how], *drawing.image.shape[:2])
    page = photographed[how][2]
    assert page.scale_from == "grid"
    assert page.flattening is not None
    check_flat(page, lambda points: (seen.to_page(points) + 0.5) / drawing.px_per_mm)


def test_the_rotation_of_a_turned_page_is_measured(photographed):
    assert photographed["turned"][2].rotation_deg == pytest.approx(-8, abs=0.1)
    assert photographed["curled"][2].rotation_deg == pytest.approx(0, abs=0.2)


@pytest.mark.slow
@pytest.mark.parametrize("turn_deg", [-25, -12, 2, 18])
def test_pages_turned_by_up_to_25_degrees_are_laid_flat(turn_deg):
    sharp = drawn.draw_page(drawn.simulate("normal-sinus", seed=5), drawn.PageStyle(dpi=130))
    camera = drawn.Camera(rotation_deg=turn_deg, margin=0.02)
    seen = drawn.CameraMap(camera, *sharp.image.shape[:2])
    page = find_page(drawn.photograph(sharp, camera).image)
    check_flat(page, lambda points: (seen.to_page(points) + 0.5) / sharp.px_per_mm)


def test_a_known_homography_is_undone(drawing):
    # Pillow takes the mapping from the new picture's pixels, counted from their corners, to the old one's.
    towards = np.array([[1.0, 0.05, 10.0], [-0.05, 1.0, 30.0], [6e-5, -4e-5, 1.0]])
    height, width = drawing.image.shape[:2]
    warped = Image.fromarray(drawing.image).transform(
        (width + 60, height + 20),
        Image.Transform.PERSPECTIVE,
        towards.ravel()[:8].tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=(90, 80, 70),
    )
    page = find_page(np.asarray(warped))
    assert page.flattening is not None

    def mm_of(points):
        x, y, depth = towards @ np.column_stack([points + 0.5, np.ones(len(points))]).T
        return np.column_stack([x / depth, y / depth]) / drawing.px_per_mm

    check_flat(page, mm_of)


@pytest.mark.parametrize("grid", sorted(set(drawn.GRIDS) - {"none"}))
def test_an_upright_page_keeps_its_pixels(grid):
    style = drawn.PageStyle(dpi=90, grid=grid)
    image = drawn.draw_page(drawn.simulate("atrial-fibrillation", seed=2), style).image
    page = find_page(image)
    assert page.rgb is image
    assert page.flattening is None
    assert page.rotation_deg == 0
    assert page.px_per_mm_x == pytest.approx(style.px_per_mm, rel=0.002)
    assert page.px_per_mm_y == pytest.approx(style.px_per_mm, rel=0.002)
    np.testing.assert_array_equal(page.to_picture(lattice(page)), lattice(page))


def test_finding_the_page_does_not_write_into_the_picture(photographed):
    before, photo, page = photographed["photographed"]
    assert page.rgb is not photo
    assert np.array_equal(photo, before)


def test_paper_without_a_grid_is_assumed_to_have_the_usual_size():
    image = drawn.draw_document(drawn.PageStyle(dpi=80), seed=1).image
    page = find_page(image)
    assert page.scale_from == "assumed"
    assert page.px_per_mm_x == page.px_per_mm_y == pytest.approx(max(image.shape) / SEGMENTATION.guessed_mm)
    # The sheet is A4; the usual size lies between those of whole sheets and of crops.
    assert page.px_per_mm_x == pytest.approx(80 / 25.4, rel=0.1)
    assert page.flattening is None


@pytest.mark.parametrize("shape", [(241, 3000), (1700, 241), (240, 480)])
@pytest.mark.parametrize("kind", ["white", "black", "noise", "squares"])
def test_long_and_small_pictures_give_a_page_with_finite_numbers(shape, kind):
    if kind == "squares":
        rgb = np.full((*shape, 3), 250, np.uint8)
        rgb[::20] = rgb[:, ::20] = (220, 110, 110)
    elif kind == "noise":
        rgb = np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8)
    else:
        rgb = np.full((*shape, 3), 255 if kind == "white" else 0, np.uint8)
    page = find_page(rgb)
    assert np.isfinite([page.px_per_mm_x, page.px_per_mm_y, page.rotation_deg]).all()
    assert np.isfinite(page.to_picture(lattice(page))).all()


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        ((1, 1), "too_small"),
        ((239, 900), "too_small"),
        ((479, 300), "too_small"),
        ((60, 900), "not_12_lead"),
        ((900, 100), "not_12_lead"),
    ],
)
def test_too_few_pixels_and_the_shape_of_a_strip_are_refused(shape, code):
    with pytest.raises(EcgImageError) as refusal:
        find_page(np.full((*shape, 3), 255, np.uint8))
    assert refusal.value.code == code


@given(quarters=st.integers(0, 3), mirrored=st.booleans(), shape=st.tuples(st.integers(1, 9), st.integers(1, 9)))
def test_every_pixel_of_a_turned_page_maps_back_to_where_it_was(quarters, mirrored, shape):
    picture = np.arange(shape[0] * shape[1]).reshape(shape)
    turn = Turn(quarters, mirrored)
    upright = turn.applied(picture)
    y, x = np.indices(upright.shape)
    before = turn.undone(np.column_stack([x.ravel(), y.ravel()]), upright.shape).astype(int)
    assert np.array_equal(picture[before[:, 1], before[:, 0]], upright.ravel())


def test_a_page_laid_flat_and_then_turned_maps_back_through_both(photographed):
    page = photographed["turned"][2]
    half = page.with_facts(rgb=np.ascontiguousarray(page.rgb[::-1, ::-1]), turn=Turn(2))
    height, width = page.rgb.shape[:2]
    point = np.array([[100.0, 80.0]])
    np.testing.assert_allclose(half.to_picture((width - 1, height - 1) - point), page.to_picture(point))


def test_other_facts_keep_the_maps():
    page = Page(np.full((60, 80, 3), 255, np.uint8), 4.0, 4.0, "grid")
    maps = page.maps
    changed = page.with_facts(speed_mm_s=50.0)
    assert changed.speed_mm_s == 50
    assert page.speed_mm_s == 25
    assert changed.maps is maps


def test_maps_are_made_at_the_pages_scale_when_first_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr("preprocessing.page.flat_page.segment", lambda *given: asked.append(given) or "maps")
    page = Page(np.zeros((60, 80, 3), np.uint8), 4.0, 5.0, "grid")
    assert not asked
    assert page.maps == page.maps == "maps"
    assert [(given[0] is page.rgb, *given[1:]) for given in asked] == [(True, 4.0, 5.0)]


def test_grey_is_between_black_and_white():
    colours = np.array([[[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    np.testing.assert_allclose(grayscale(colours)[0], [0, 1, 0.2125, 0.7154, 0.0721], atol=1e-5)
