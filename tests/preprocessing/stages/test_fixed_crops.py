"""The paper's fixed crops."""

import pytest

from preprocessing.errors import EcgImageError
from preprocessing.stages.fixed_crops import paper_leads


def test_the_crops_are_the_papers_constants():
    boxes = {box.key: (box.left, box.top, box.right, box.bottom) for box in paper_leads(1572, 2213).boxes}
    assert len(boxes) == 13
    assert boxes["I"] == (150, 300, 643, 600)
    assert boxes["aVL"] == (646, 600, 1135, 900)
    assert boxes["V3"] == (1140, 900, 1625, 1200)
    assert boxes["V4"] == (1630, 300, 2125, 600)
    assert boxes["II_rhythm"] == (150, 1250, 2125, 1480)


@pytest.mark.parametrize(("height", "width"), [(1572, 2213), (1587, 2198), (1557, 2228)])
def test_pages_within_fifteen_pixels_are_taken(height, width):
    assert paper_leads(height, width).preset == "paper"


@pytest.mark.parametrize(("height", "width"), [(1588, 2213), (1572, 2197), (786, 1106), (2213, 1572)])
def test_other_pages_get_a_message_that_says_so(height, width):
    with pytest.raises(EcgImageError, match=f"{width} x {height}") as refusal:
        paper_leads(height, width)
    assert refusal.value.code == "paper_page_size"
