"""Sharpness of pictures whose blur is known."""

import numpy as np
import pytest
import scipy

from preprocessing.picture.blur import sharpness


def checks(side_px):
    """A board of squares, grey in [0, 1]."""
    y, x = np.mgrid[:240, :320] // side_px
    return ((x + y) % 2).astype(np.float32)


def test_more_blur_gives_less_sharpness():
    board = checks(4)
    values = [sharpness(scipy.ndimage.gaussian_filter(board, sigma)) for sigma in (0.01, 0.5, 1, 1.5, 2)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 0.8
    assert values[-1] < 0.2


def test_brightness_and_contrast_do_not_matter():
    board = checks(4)
    assert sharpness(0.3 + 0.2 * board) == pytest.approx(sharpness(board), rel=1e-3)


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_a_picture_of_one_colour_counts_as_sharp(level):
    assert sharpness(np.full((60, 80), level, np.float32)) == 1.0
