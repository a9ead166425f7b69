"""Layouts placed on a page by their frame."""

import json

import numpy as np
import pytest

from preprocessing.leads.by_frame import form_layout, guess_layout, layout_at
from preprocessing.leads.layout import LAYOUTS
from preprocessing.page import Page, find_page
from preprocessing.picture import decode
from sample_images import samples
from tests.label_maps import with_maps

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


def test_columns_start_at_their_time_on_the_page():
    boxes = {box.key: box for box in form_layout("3x4+1", 0, 0, 1000, 400).boxes}
    assert [boxes[key].start_s for key in ("I", "aVR", "V1", "V4", "II_rhythm")] == [0, 2.5, 5, 7.5, 0]


@pytest.mark.parametrize(
    ("columns", "rows"), [([0, 1, 2], [0, 1, 2, 3]), ([0, 2, 1, 3, 4], [0, 1, 2, 3, 4]), ([0, 1, 2, 3, 4], [0, 1])]
)
def test_lines_that_are_no_frame_raise_an_error(columns, rows):
    with pytest.raises(ValueError, match=r"columns and rows|rise"):
        layout_at("3x4+1", columns, rows)


@pytest.mark.parametrize(("sample", "name"), [("edan_normal", "3x4+1"), ("pvc_6x2", "6x2+1"), ("vt_half_gain", "3x4")])
def test_the_guess_is_near_the_printed_leads(sample, name):
    truth = json.loads(SAMPLES[sample].truth_path.read_text())["leads"]
    guess = guess_layout(find_page(decode(SAMPLES[sample].path.read_bytes()).rgb))
    assert guess.name == name
    boxes = {(box.lead, box.role): box for box in guess.boxes}
    for lead in truth:
        x, y = np.mean(lead["quad"], axis=0)
        box = boxes[lead["lead"], lead["role"]]
        assert box.left < x < box.right
        assert box.top < y < box.bottom


def test_a_page_without_rows_is_used_in_full():
    blank = with_maps(Page(np.full((400, 600, 3), 255, np.uint8), 2.0, 2.0, "assumed"))
    guess = guess_layout(blank)
    assert guess.name == "3x4+1"
    assert guess.boxes[-1].quad == ((0, 300), (600, 300), (600, 400), (0, 400))
