"""The camera: one invertible map for image and ground truth."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_images import Camera, CameraMap, Drawing, PageStyle, draw_page, photograph, simulate

SMALL = PageStyle(dpi=50, grid="none", names=False, texts=(), calibration="none", dividers="none")

cameras = st.builds(
    Camera,
    rotation_deg=st.floats(-180, 180),
    tilt_deg=st.tuples(st.floats(-20, 20), st.floats(-20, 20)),
    curl=st.floats(-0.05, 0.05),
    folds=st.integers(0, 3),
    margin=st.floats(0, 0.1),
)


@pytest.fixture(scope="module")
def page() -> Drawing:
    return draw_page(simulate("old-inferior-infarction", seed=6), SMALL)


@given(camera=cameras, seed=st.integers(0, 999))
def test_points_map_back(camera: Camera, seed: int) -> None:
    seen = CameraMap(camera, 661, 935)
    points = np.random.default_rng(seed).uniform(0, 1, (50, 2)) * (934, 660)
    np.testing.assert_allclose(seen.to_page(seen.to_photo(points)), points, atol=1e-6)


@given(camera=cameras)
def test_the_whole_page_is_in_the_picture(camera: Camera) -> None:
    seen = CameraMap(camera, 300, 400)
    x, y = np.meshgrid(np.linspace(0, 399, 40), (0.0, 299.0))
    outline = seen.to_photo(np.column_stack([x.ravel(), y.ravel()]))
    height, width = seen.photo_shape
    assert (outline > -1).all()
    assert (outline < (width, height)).all()


def test_the_default_camera_changes_nothing(page: Drawing) -> None:
    seen = photograph(page, Camera())
    np.testing.assert_array_equal(seen.image, page.image)
    for before, after in zip(page.leads, seen.leads, strict=True):
        np.testing.assert_allclose(after.quad, before.quad, atol=1e-9)
    assert seen.px_per_mm == pytest.approx(page.px_per_mm)


@settings(max_examples=4, deadline=None)
@given(camera=cameras)
def test_ink_moves_with_its_truth(page: Drawing, camera: Camera) -> None:
    # On a white table, so that only ink is dark.
    seen = photograph(page, replace(camera, table_rgb=(255, 255, 255)))
    dark = 1 - seen.image.min(axis=2) / 255.0
    height, width = dark.shape
    for lead in seen.leads:
        # The darkest pixel within one of each sample.
        beside = np.rint(lead.trace_px).astype(int)[:, None] + np.array(list(np.ndindex(3, 3))) - 1
        x, y = np.clip(beside, 0, (width - 1, height - 1)).transpose(2, 0, 1)
        assert np.quantile(dark[y, x].max(axis=1), 0.01) > 0.3


@pytest.mark.parametrize("shape", [(100, 140), (101, 141), (100, 141)])
def test_the_default_camera_keeps_every_size(shape: tuple[int, int]) -> None:
    assert CameraMap(Camera(), *shape).photo_shape == shape


def test_light_lens_and_file_do_not_change_the_truth(page: Drawing) -> None:
    plain = photograph(page, Camera(rotation_deg=3, margin=0.02))
    worn = photograph(page, Camera(rotation_deg=3, margin=0.02, shadow=0.5, blur_px=1, noise=4, jpeg_quality=60))
    assert worn.image.shape == plain.image.shape
    assert not np.array_equal(worn.image, plain.image)
    for first, second in zip(plain.leads, worn.leads, strict=True):
        np.testing.assert_array_equal(first.quad, second.quad)


def test_a_seed_determines_the_photograph(page: Drawing) -> None:
    first, again, other = (photograph(page, Camera.photo(seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first.image, again.image)
    assert first.truth_json() == again.truth_json()
    assert first.truth_json() != other.truth_json()


def test_the_table_lies_around_the_page(page: Drawing) -> None:
    camera = replace(Camera(), rotation_deg=10, margin=0.05, table_rgb=(10, 200, 30))
    assert photograph(page, camera).image[0, 0].tolist() == [10, 200, 30]
