"""Colour modes as RGB bytes, on tiny images with known values."""

import numpy as np
import pytest
from PIL import Image

from preprocessing.picture.modes import flat_image, rgb_of


def grey_of(values, dtype):
    return rgb_of(flat_image(Image.fromarray(np.array([values], dtype=dtype))))[0, :, 0].tolist()


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        ([0, 32768, 65535], np.uint16, [0, 128, 255]),
        ([0, 100, 255], np.int32, [0, 100, 255]),
        ([0, 1, 1], np.int32, [0, 255, 255]),
        ([0, 65536, 131072], np.int32, [0, 128, 255]),
        ([0.0, 0.5, 1.0], np.float32, [0, 128, 255]),
        ([-1.0, np.nan, np.inf], np.float32, [0, 0, 255]),
    ],
)
def test_deep_values_are_scaled_by_the_range_that_holds_them(values, dtype, expected):
    assert grey_of(values, dtype) == expected


def test_half_transparent_black_on_white_is_grey():
    image = Image.fromarray(np.array([[[0, 0, 0, 128]]], np.uint8), "RGBA")
    assert rgb_of(flat_image(image))[0, 0].tolist() == [127, 127, 127]


def test_the_result_is_a_copy():
    image = Image.new("RGB", (2, 2), "white")
    rgb_of(flat_image(image))[:] = 0
    assert image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "I;16"])
def test_a_reduced_image_holds_the_mean_of_each_square(mode):
    values = np.array([[0, 100, 7, 7, 9], [100, 200, 7, 7, 9], [40, 40, 60, 60, 80]])
    image = Image.fromarray(values.astype(np.uint8)) if mode == "RGB" else Image.fromarray((values * 257).astype("u2"))
    assert rgb_of(flat_image(image), factor=2)[..., 1].tolist() == [[100, 7, 9], [40, 60, 80]]
