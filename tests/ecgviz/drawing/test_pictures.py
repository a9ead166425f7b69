"""Pictures for the screen: right values, bounded width, boxes where the leads are."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from ecgviz.drawing import pictures
from ecgviz.study import outlines_on_page
from preprocessing.leads import LeadBox


def opened(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)))


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (np.array([[False, True]]), [[0, 255]]),
        (np.array([[0.0, 0.5, 1.0]], np.float32), [[0, 128, 255]]),
        (np.array([[-0.1, 1.1]]), [[0, 255]]),
        (np.array([[7, 200]], np.uint8), [[7, 200]]),
    ],
)
def test_png_holds_the_values(picture, expected):
    assert opened(pictures.png(picture)).tolist() == expected


def test_png_keeps_colour():
    crop = np.zeros((3, 4, 3), np.uint8)
    crop[..., 0] = 255
    assert np.array_equal(opened(pictures.png(crop)), crop)


@pytest.mark.parametrize("encode", [pictures.png, pictures.webp])
@pytest.mark.parametrize(("width", "shown"), [(1200, 1200), (1600, 1600), (3200, 1600)])
def test_pictures_are_never_wider_than_needed(encode, width, shown):
    assert opened(encode(np.full((200, width, 3), 255, np.uint8))).shape[1] == shown


@pytest.mark.parametrize("width", [800, 3200])
def test_boxes_lie_on_their_leads(width):
    page = np.full((width // 2, width, 3), 255, np.uint8)
    box = LeadBox("aVF", "12-lead", 0.25 * width, 0.1 * width, 0.75 * width, 0.4 * width)
    shown = opened(pictures.page_with_leads(page, outlines_on_page([box]))).astype(int)
    inked = np.argwhere(shown.sum(axis=2) < 500) / shown.shape[1]
    assert np.allclose(inked.min(axis=0), (0.1, 0.25), atol=0.01)
    assert np.allclose(inked.max(axis=0), (0.4, 0.75), atol=0.01)


def test_drawing_boxes_does_not_modify_the_page():
    page = np.full((100, 200, 3), 255, np.uint8)
    pictures.page_with_leads(page, outlines_on_page([LeadBox("II", "rhythm", 10, 10, 190, 90)]))
    assert (page == 255).all()


@pytest.mark.parametrize(("share", "value"), [(0, 0), (0.25, 64), (1, 255)])
def test_blend_goes_from_the_first_to_the_second(share, value):
    mixed = pictures.blend(np.zeros((4, 6), bool), np.ones((4, 6), np.float32), share)
    assert mixed.shape == (4, 6, 3)
    assert (mixed == value).all()


def test_blend_stretches_the_smaller_picture():
    assert pictures.blend(np.zeros((40, 60)), np.full((15, 15), 255, np.uint8), 1).shape == (40, 60, 3)


def test_icon_is_a_small_png():
    assert opened(pictures.icon()).shape == (64, 64, 4)
