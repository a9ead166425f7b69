"""The fixed crops of the article."""

import pytest

from preprocessing.errors import EcgImageError
from preprocessing.stages.fixed_crops import article_crops


def test_the_crops_are_the_constants_of_the_article():
    boxes = {box.key: (box.left, box.top, box.right, box.bottom) for box in article_crops(1572, 2213).boxes}
    assert len(boxes) == 13
    assert boxes["I"] == (150, 300, 643, 600)
    assert boxes["aVL"] == (646, 600, 1135, 900)
    assert boxes["V3"] == (1140, 900, 1625, 1200)
    assert boxes["V4"] == (1630, 300, 2125, 600)
    assert boxes["II_rhythm"] == (150, 1250, 2125, 1480)


@pytest.mark.parametrize(("height", "width"), [(1572, 2213), (1587, 2198), (1557, 2228)])
def test_pages_within_fifteen_pixels_are_accepted(height, width):
    assert article_crops(height, width).preset == "paper"


@pytest.mark.parametrize(("height", "width"), [(1588, 2213), (1572, 2197), (786, 1106), (2213, 1572)])
def test_other_sizes_are_refused_with_the_size_in_the_message(height, width):
    with pytest.raises(EcgImageError, match=f"{width} x {height}") as refusal:
        article_crops(height, width)
    assert refusal.value.code == "paper_page_size"
