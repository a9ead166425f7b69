"""Sharpness of pictures whose blur is known."""

import numpy as np
import pytest
import scipy

from preprocessing.picture.blur import sharpness
from preprocessing.picture.config import SHARPNESS

DETAIL = np.random.default_rng(0).random((240, 320)).astype(np.float32)


def test_more_blur_gives_less_sharpness():
    values = [sharpness(scipy.ndimage.gaussian_filter(DETAIL, sigma)) for sigma in (0.01, 0.5, 1, 2, 3)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.9
    assert values[-1] < 0.3


def test_brightness_and_contrast_do_not_matter():
    assert sharpness(0.3 + 0.2 * DETAIL) == pytest.approx(sharpness(DETAIL), rel=1e-3)


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_a_picture_of_one_colour_counts_as_sharp(level):
    assert sharpness(np.full((60, 80), level, np.float32)) == 1.0


def test_bands_of_a_large_picture_are_as_sharp_as_all_of_it():
    large = np.tile(scipy.ndimage.gaussian_filter(DETAIL, 1), (8, 8))
    assert large.size > SHARPNESS.most_px
    small = large[: SHARPNESS.most_px // large.shape[1]]
    assert sharpness(large) == pytest.approx(sharpness(small), rel=0.02)
