"""The article's stages, of the page and of one lead."""

from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage.color import rgb2gray
from skimage.filters import gaussian

from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages.road import (
    LEAD_STAGES,
    PAGE_STAGES,
    StageSettings,
    crop_of,
    lead_picture,
    lead_stages,
    page_stages,
    stages_of,
)

grays = arrays(np.float32, st.tuples(st.integers(2, 30), st.integers(2, 40)), elements=st.floats(0, 1, width=32))
settings_of = st.builds(StageSettings, sigma=st.floats(0, 6), threshold_shift=st.floats(-1, 1))
LEAD = LeadBox("I", "12-lead", 10.4, 20.6, 250.2, 140.4)


def by_key(stages):
    return {stage.key: stage for stage in stages}


def digest(array):
    """Return a hash of an array's values, type and shape."""
    return sha256(repr((array.dtype.str, array.shape)).encode() + array.tobytes()).hexdigest()


def lead(seed, shape=(60, 60)):
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


@pytest.fixture(scope="module")
def page() -> Page:
    rgb = np.random.default_rng(8).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    return Page(rgb, 5.0, 5.0, "grid")


@pytest.mark.parametrize("settings", [None, StageSettings(sigma=2.5, threshold_shift=-0.1), StageSettings(sigma=0)])
def test_what_a_stage_shows_is_the_array_that_the_next_receives(page, settings):
    shown = {stage.key: stage.picture for stage in (*page_stages(page), *lead_stages(page, LEAD, settings))}
    assert tuple(shown) == (*PAGE_STAGES, *LEAD_STAGES)
    used = settings or StageSettings()
    threshold = by_key(lead_stages(page, LEAD, settings))["otsu"].parameters["threshold"]
    made_from_the_one_before = {
        "grayscale": Page(shown["upload"], 5.0, 5.0, "grid").gray,
        "segmentation": shown["grayscale"][21:140, 10:250],
        "smoothed": gaussian_filter(shown["segmentation"], used.sigma) if used.sigma else shown["segmentation"],
        "otsu": shown["smoothed"] > threshold,
        "binary": shown["otsu"].astype(np.float32),
        "unsigned_byte": (shown["binary"] * 255).astype(np.uint8),
        "mode_l": np.asarray(Image.fromarray(shown["unsigned_byte"], "L")),
        "resized": np.asarray(Image.fromarray(shown["mode_l"]).resize((150, 150), Image.Resampling.BILINEAR)),
    }
    assert digest(shown["upload"]) == digest(page.rgb)
    for key, expected in made_from_the_one_before.items():
        assert digest(shown[key]) == digest(np.ascontiguousarray(expected)), key


@given(grays, settings_of)
def test_each_stage_is_the_input_of_the_next(gray, settings):
    before = gray.copy()
    stages = by_key(stages_of(gray, settings))
    assert tuple(stages) == LEAD_STAGES
    smoothed, cut = stages["smoothed"].picture, stages["otsu"].parameters["threshold"]
    mask = stages["otsu"].picture
    assert np.array_equal(mask, smoothed > cut)
    assert np.array_equal(stages["binary"].picture, mask.astype(np.float32))
    assert np.array_equal(stages["unsigned_byte"].picture, np.where(mask, 255, 0))
    assert np.array_equal(stages["mode_l"].picture, stages["unsigned_byte"].picture)
    assert stages["resized"].picture.shape == (150, 150)
    assert np.array_equal(gray, before)


@given(grays)
def test_pictures_have_the_documented_types_and_ranges(gray):
    stages = by_key(stages_of(gray))
    for key in ("segmentation", "smoothed", "binary"):
        picture = stages[key].picture
        assert picture.dtype == np.float32
        assert picture.min() >= 0
        assert picture.max() <= 1
    assert stages["otsu"].picture.dtype == bool
    assert set(np.unique(stages["unsigned_byte"].picture)) <= {0, 255}
    assert lead_picture(tuple(stages.values())).dtype == np.uint8


def test_grayscale_and_smoothing_are_those_of_scikit_image(page):
    gray = rgb2gray(page.rgb)
    assert np.allclose(page_stages(page)[1].picture, gray, atol=1e-5)
    smoothed = by_key(stages_of(gray.astype(np.float32)))["smoothed"].picture
    assert np.allclose(smoothed, gaussian(gray, sigma=1, mode="reflect"), atol=2e-4)


def test_sigma_zero_leaves_the_grey_picture_unchanged():
    stages = by_key(stages_of(lead(2), StageSettings(sigma=0)))
    assert np.array_equal(stages["smoothed"].picture, stages["segmentation"].picture)


@given(st.floats(0.5, 6))
def test_a_larger_sigma_smooths_more(sigma):
    stages = by_key(stages_of(lead(4), StageSettings(sigma=sigma)))
    assert stages["smoothed"].picture.std() < stages["segmentation"].picture.std()
    assert np.allclose(stages["smoothed"].picture, gaussian_filter(stages["segmentation"].picture, sigma))


@given(st.floats(-0.5, 0.45), st.floats(0.01, 0.3))
def test_a_higher_threshold_never_gives_less_ink(shift, more):
    gray = lead(5, (30, 30))
    low, high = (by_key(stages_of(gray, StageSettings(threshold_shift=value))) for value in (shift, shift + more))
    assert low["binary"].parameters["ink_share"] <= high["binary"].parameters["ink_share"]
    assert low["otsu"].parameters["optimum"] == high["otsu"].parameters["optimum"]


def test_the_network_input_has_the_size_of_the_settings():
    assert lead_picture(stages_of(np.zeros((20, 30), np.float32), StageSettings(size_px=64))).shape == (64, 64)


@pytest.mark.parametrize(
    "wrong", [{"sigma": -1}, {"sigma": 7}, {"sigma": float("nan")}, {"threshold_shift": 2}, {"size_px": 0}]
)
def test_settings_out_of_range_raise_an_error_that_names_them(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        StageSettings(**wrong)


def test_a_crop_is_a_copy_and_clipped_to_the_page(page):
    inside = crop_of(page, LEAD)
    assert np.array_equal(inside, page.rgb[21:140, 10:250])
    assert not np.shares_memory(inside, page.rgb)
    assert crop_of(page, LeadBox("I", "12-lead", -30, 250, 50, 900)).shape == (50, 50, 3)
    assert crop_of(page, LeadBox("I", "12-lead", 500, 400, 600, 500)).size
    assert len(lead_stages(page, LeadBox("I", "12-lead", 0, 0, 40, 40))) == len(LEAD_STAGES)
