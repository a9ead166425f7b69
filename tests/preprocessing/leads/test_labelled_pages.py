"""Leads found on drawn pages whose pixels are labelled exactly: what is left to find once the labels are right."""

import numpy as np
import pytest

import sample_images as drawn
from preprocessing.errors import EcgImageError
from preprocessing.leads.find import find_leads
from preprocessing.page import Page
from tests.label_maps import drawn_page, with_maps

CALLED = {"cabrera-6x2": "6x2 Cabrera", "cabrera-12x1": "12x1 Cabrera"}


def page_of(rhythm="normal-sinus", seed=5, **choices):
    return drawn_page(drawn.simulate(rhythm, seed=seed), drawn.PageStyle(**{"dpi": 100, **choices}))


def check(page, drawing, off_mm=1.0):
    """Compare the boxes with the cells that were drawn."""
    page, layout = find_leads(page)
    assert layout.name == CALLED.get(drawing.layout, drawing.layout)
    truth = {(lead.lead, lead.role): lead.quad for lead in drawing.leads}
    assert {(box.lead, str(box.role)) for box in layout.boxes} == set(truth)
    for box in layout.boxes:
        quad = truth[box.lead, str(box.role)]
        assert [box.left, box.right] == pytest.approx([quad[0, 0], quad[1, 0]], abs=off_mm * drawing.px_per_mm)
        assert box.top < quad[:, 1].mean() < box.bottom
    return page, layout


@pytest.mark.parametrize("layout", sorted(drawn.LAYOUTS))
def test_every_layout_is_found_where_it_was_drawn(layout):
    check(*page_of(layout=layout))


@pytest.mark.parametrize(("dividers", "calibration"), [("full", "left"), ("none", "right"), ("none", "none")])
def test_pulses_and_dividers_may_be_anywhere_or_nowhere(dividers, calibration):
    page, _ = check(*page_of(dividers=dividers, calibration=calibration))
    assert page.gain_mm_mv == 10


def test_waves_without_level_parts_are_rows_of_leads():
    check(*page_of("ventricular-tachycardia", layout="3x4"))


def test_a_page_without_a_grid_takes_its_scale_from_its_columns():
    page, drawing = page_of("atrial-fibrillation", grid="none")
    page, _ = check(page, drawing)
    assert page.scale_from == "columns"
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm, rel=0.02)


@pytest.mark.parametrize("label", ["grid", "print", "divider", "outside"])
def test_a_page_without_traces_is_no_ecg_whatever_else_it_shows(label):
    rgb = np.full((600, 900, 3), 255, np.uint8)
    lines = np.zeros((600, 900))
    lines[50::100, 40:860] = 1
    page = with_maps(Page(rgb, 4.0, 4.0, "assumed"), **{label: lines})
    with pytest.raises(EcgImageError) as refusal:
        find_leads(page)
    assert refusal.value.code in {"not_an_ecg", "too_blurred"}
