"""The article's stages of one lead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.ndimage import gaussian_filter
from skimage.color import rgb2gray
from skimage.filters import gaussian

from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages.road import STAGE_KEYS, StageSettings, crop_of, lead_picture, lead_stages, stages_of

crops = arrays(np.uint8, st.tuples(st.integers(2, 30), st.integers(2, 40), st.just(3)))
settings_of = st.builds(StageSettings, sigma=st.floats(0, 6), threshold_shift=st.floats(-1, 1))


def by_key(stages):
    return {stage.key: stage for stage in stages}


@given(crops, settings_of)
def test_each_stage_is_the_input_of_the_next(crop, settings):
    before = crop.copy()
    stages = by_key(stages_of(crop, settings))
    assert tuple(stages) == STAGE_KEYS
    smoothed, cut = stages["smoothed"].picture, stages["otsu"].parameters["threshold"]
    mask = stages["otsu"].picture
    assert np.array_equal(mask, smoothed > cut)
    assert np.array_equal(stages["binary"].picture, mask.astype(np.float32))
    assert np.array_equal(stages["unsigned_byte"].picture, np.where(mask, 255, 0))
    assert np.array_equal(stages["mode_l"].picture, stages["unsigned_byte"].picture)
    assert stages["resized"].picture.shape == (150, 150)
    assert np.array_equal(crop, before)


@given(crops)
def test_pictures_have_the_documented_types_and_ranges(crop):
    stages = by_key(stages_of(crop))
    for key in ("grayscale", "smoothed", "binary"):
        picture = stages[key].picture
        assert picture.dtype == np.float32
        assert picture.min() >= 0
        assert picture.max() <= 1
    assert stages["otsu"].picture.dtype == bool
    assert set(np.unique(stages["unsigned_byte"].picture)) <= {0, 255}
    assert lead_picture(tuple(stages.values())).dtype == np.uint8


def test_grayscale_and_smoothing_are_those_of_scikit_image():
    crop = np.random.default_rng(1).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    stages = by_key(stages_of(crop))
    assert np.allclose(stages["grayscale"].picture, rgb2gray(crop), atol=1e-5)
    assert np.allclose(stages["smoothed"].picture, gaussian(rgb2gray(crop), sigma=1, mode="reflect"), atol=2e-4)


def test_sigma_zero_leaves_the_grey_picture_unchanged():
    crop = np.random.default_rng(2).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    stages = by_key(stages_of(crop, StageSettings(sigma=0)))
    assert np.array_equal(stages["smoothed"].picture, stages["grayscale"].picture)


@given(st.floats(0.5, 6))
def test_a_larger_sigma_smooths_more(sigma):
    crop = np.random.default_rng(4).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    stages = by_key(stages_of(crop, StageSettings(sigma=sigma)))
    assert stages["smoothed"].picture.std() < stages["grayscale"].picture.std()
    assert np.allclose(stages["smoothed"].picture, gaussian_filter(stages["grayscale"].picture, sigma))


@given(st.floats(-0.5, 0.45), st.floats(0.01, 0.3))
def test_a_higher_threshold_never_gives_less_ink(shift, more):
    crop = np.random.default_rng(5).integers(0, 256, (30, 30, 3), dtype=np.uint8)
    low, high = (by_key(stages_of(crop, StageSettings(threshold_shift=value))) for value in (shift, shift + more))
    assert low["binary"].parameters["ink_share"] <= high["binary"].parameters["ink_share"]
    assert low["otsu"].parameters["optimum"] == high["otsu"].parameters["optimum"]


def test_the_network_input_has_the_size_of_the_settings():
    crop = np.zeros((20, 30, 3), dtype=np.uint8)
    assert lead_picture(stages_of(crop, StageSettings(size_px=64))).shape == (64, 64)


@pytest.mark.parametrize(
    "wrong", [{"sigma": -1}, {"sigma": 7}, {"sigma": float("nan")}, {"threshold_shift": 2}, {"size_px": 0}]
)
def test_settings_out_of_range_raise_an_error_that_names_them(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        StageSettings(**wrong)


def test_a_crop_is_a_copy_and_clipped_to_the_page():
    rgb = np.arange(300 * 400 * 3, dtype=np.uint64).reshape(300, 400, 3).astype(np.uint8)
    page = Page(rgb, 5.0, 5.0, "grid")
    inside = crop_of(page, LeadBox("I", "12-lead", 10.4, 20.6, 50.2, 40.4))
    assert np.array_equal(inside, rgb[21:40, 10:50])
    assert not np.shares_memory(inside, rgb)
    assert crop_of(page, LeadBox("I", "12-lead", -30, 250, 50, 900)).shape == (50, 50, 3)
    assert crop_of(page, LeadBox("I", "12-lead", 500, 400, 600, 500)).size
    assert len(lead_stages(page, LeadBox("I", "12-lead", 0, 0, 40, 40))) == len(STAGE_KEYS)
