"""Layouts laid over a page by their frame."""

import numpy as np
import pytest

from preprocessing.decode import decode
from preprocessing.frame import form_layout, inked_frame, layout_at, lines_of
from preprocessing.layout import LAYOUTS
from preprocessing.leads import find_leads
from preprocessing.page import Page, find_page
from sample_images import samples

SAMPLES = {sample.name: sample for sample in samples()}


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_layout_fills_its_frame_without_overlap(name):
    layout = form_layout(name, 100, 50, 1300, 890)
    form = LAYOUTS[name]
    assert len(layout.boxes) == sum(map(len, form.grid)) + len(form.strips)
    assert len({box.key for box in layout.boxes}) == len(layout.boxes)
    area = sum((box.right - box.left) * (box.bottom - box.top) for box in layout.boxes)
    assert area == pytest.approx(1200 * 840)
    assert layout.confidence == 0


def test_columns_start_on_the_pages_clock():
    boxes = {box.key: box for box in form_layout("3x4+1", 0, 0, 1000, 400).boxes}
    assert [boxes[key].start_s for key in ("I", "aVR", "V1", "V4", "II_rhythm")] == [0, 2.5, 5, 7.5, 0]


@pytest.mark.parametrize(
    ("columns", "rows"), [([0, 1, 2], [0, 1, 2, 3]), ([0, 2, 1, 3, 4], [0, 1, 2, 3, 4]), ([0, 1, 2, 3, 4], [0, 1])]
)
def test_lines_that_are_no_frame_are_a_bug(columns, rows):
    with pytest.raises(ValueError, match="columns and rows|rise"):
        layout_at("3x4+1", columns, rows)


def test_the_inked_frame_holds_the_leads_and_not_the_header():
    page, found = find_leads(find_page(decode(SAMPLES["edan_normal"].path.read_bytes()).rgb))
    left, top, right, bottom = inked_frame(page)
    assert lines_of(found.name) == (4, 4)
    # The calibration pulse to the left of the leads is ink as well.
    assert -100 < left - min(box.left for box in found.boxes) < 10
    assert abs(right - max(box.right for box in found.boxes)) < 60
    assert 100 < top < min(box.bottom for box in found.boxes) - 50
    assert bottom > max(box.top for box in found.boxes) + 50


def test_a_page_without_ink_gives_its_whole_extent():
    blank = Page(np.full((400, 600, 3), 255, np.uint8), 2.0, 2.0, "assumed")
    assert inked_frame(blank) == (0, 0, 600, 400)
