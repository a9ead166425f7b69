"""Otsu's threshold and its curve, compared with scikit-image."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.filters import threshold_otsu

from preprocessing.stages.otsu import BINS, otsu_curve

pictures = arrays(np.float32, (12, 16), elements=st.floats(0, 1, width=32))


@given(pictures)
def test_no_other_threshold_has_a_larger_between_class_variance(gray):
    curve = otsu_curve(gray)
    at_threshold = curve.between_class_variance[np.abs(curve.centres - curve.threshold) <= 0.51 / BINS]
    assert at_threshold.max() >= curve.between_class_variance.max() * (1 - 1e-6)


@given(pictures)
def test_every_pixel_is_counted_and_the_picture_is_not_changed(gray):
    before = gray.copy()
    assert otsu_curve(gray).counts.sum() == gray.size
    assert np.array_equal(gray, before)


@pytest.mark.parametrize(("dark", "light"), [(0.2, 0.8), (0.1, 0.5), (0.45, 0.9)])
def test_the_threshold_agrees_with_scikit_image(dark, light):
    random = np.random.default_rng(3)
    gray = np.clip(np.concatenate([random.normal(dark, 0.08, 4000), random.normal(light, 0.08, 9000)]), 0, 1)
    curve = otsu_curve(gray.reshape(100, -1))
    # Bins differ a little, and where they are empty scikit-image returns the first of them, ours the middle one.
    nearest = int(np.abs(curve.centres - threshold_otsu(gray, nbins=BINS)).argmin())
    assert curve.between_class_variance[nearest] >= curve.between_class_variance.max() * (1 - 1e-3)


def test_on_scikit_images_own_histogram_the_threshold_is_the_same():
    levels = np.random.default_rng(4).integers(0, BINS, 5000) // 3 * 2
    levels[:2] = 0, BINS - 1
    # scikit-image returns the highest level of the lower class; ours lies in the gap above it.
    theirs = threshold_otsu(levels.astype(np.uint8))
    curve = otsu_curve(levels.reshape(50, -1) / BINS)
    assert theirs <= curve.threshold * BINS <= theirs + 2


def test_the_threshold_between_two_grey_levels_lies_midway():
    gray = np.where(np.arange(100).reshape(10, 10) < 30, 0.1, 0.9)
    assert abs(otsu_curve(gray).threshold - 0.5) < 2 / BINS


def test_a_single_grey_level_is_its_own_threshold_and_has_no_variance():
    curve = otsu_curve(np.full((5, 5), 0.5))
    assert abs(curve.threshold - 0.5) < 1 / BINS
    assert not curve.between_class_variance.any()
