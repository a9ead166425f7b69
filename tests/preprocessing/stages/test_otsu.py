"""Otsu's threshold and its curve."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.filters import threshold_otsu

from preprocessing.stages.otsu import BINS, otsu_curve

pictures = arrays(np.float32, (12, 16), elements=st.floats(0, 1, width=32))


@given(pictures)
def test_no_other_cut_has_more_variance_between_the_classes(gray):
    curve = otsu_curve(gray)
    at_threshold = curve.between_class_variance[np.abs(curve.centres - curve.threshold) <= 0.51 / BINS]
    assert at_threshold.max() >= curve.between_class_variance.max() * (1 - 1e-6)


@given(pictures)
def test_every_pixel_is_counted_and_the_picture_stays(gray):
    before = gray.copy()
    assert otsu_curve(gray).counts.sum() == gray.size
    assert np.array_equal(gray, before)


def test_is_as_good_a_cut_as_that_of_scikit_image():
    random = np.random.default_rng(3)
    gray = np.clip(np.concatenate([random.normal(0.2, 0.08, 4000), random.normal(0.8, 0.08, 9000)]), 0, 1)
    curve = otsu_curve(gray.reshape(100, -1))
    theirs = np.interp(threshold_otsu(gray), curve.centres, curve.between_class_variance)
    assert abs(theirs / curve.between_class_variance.max() - 1) < 2e-3
    assert abs(curve.threshold - threshold_otsu(gray)) < 0.05


def test_the_cut_between_two_greys_lies_midway():
    gray = np.where(np.arange(100).reshape(10, 10) < 30, 0.1, 0.9)
    assert abs(otsu_curve(gray).threshold - 0.5) < 2 / BINS


def test_one_single_grey_is_its_own_threshold_and_has_no_variance():
    curve = otsu_curve(np.full((5, 5), 0.5))
    assert abs(curve.threshold - 0.5) < 1 / BINS
    assert not curve.between_class_variance.any()
