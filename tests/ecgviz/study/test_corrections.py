"""Layouts set by hand: lines, boxes, scale, and their effect on the reading."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ecgviz.study.corrections import (
    LEAST_GAP_PX,
    Corrections,
    corrected,
    start_from,
    with_box,
    with_frame,
    with_layout,
    with_lines,
)
from ecgviz.study.opening import open_study
from ecgviz.study.refused_page import open_page
from preprocessing.leads import LAYOUTS
from preprocessing.page import Page, Turn
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}


@pytest.fixture(scope="module")
def data():
    return SAMPLES["edan_normal"].path.read_bytes()


@pytest.fixture(scope="module")
def study():
    return study_of("edan_normal")


@pytest.fixture
def page():
    return Page(np.full((600, 1000, 3), 255, np.uint8), 4.0, 4.0, "grid")


def laid(name="3x4+1"):
    return with_layout(Corrections("3x4+1", (100.0, 900.0), (50.0, 550.0)), name)


# Columns and one row a lead, strips of other leads, five seconds, Cabrera's order, a page laid flat.
@pytest.mark.parametrize("name", ["edan_normal", "flutter_12x1", "normal_50mm", "rbbb_cabrera", "scan_normal"])
def test_corrections_from_the_reading_move_no_box(name):
    study = study_of(name)
    page, layout = corrected(study.page, start_from(study.page, study.layout))
    assert layout.seconds == pytest.approx(study.layout.seconds)
    for ours, read in zip(layout.boxes, study.layout.boxes, strict=True):
        assert ours.key == read.key
        assert np.allclose(ours.quad, read.quad, atol=0.51)
        assert ours.start_s == pytest.approx(read.start_s)
    assert (page.px_per_mm_x, page.scale_from) == (study.page.px_per_mm_x, "grid")


def test_a_strip_keeps_its_lead(study):
    boxes = tuple(replace(box, lead="V1") if box.role == "rhythm" else box for box in study.layout.boxes)
    draft = start_from(study.page, replace(study.layout, boxes=boxes))
    assert corrected(study.page, draft)[1].boxes[-1].key == "V1_rhythm"
    assert corrected(study.page, with_layout(draft, "3x4+2"))[1].boxes[-1].key == "V1_rhythm"
    assert corrected(study.page, with_layout(draft, "6x2+1"))[1].boxes[-1].key == "II_rhythm"


def test_a_notice_marks_a_layout_set_by_hand(data, study):
    again = open_study(data, "edan_normal", corrections=start_from(study.page, study.layout))
    assert [notice.code for notice in again.notices] == ["layout_by_hand"]
    assert again.layout.confidence == 0
    assert (again.page.speed_from, again.page.gain_from, again.layout.preset) == ("by_hand",) * 3
    assert len(again.stages) == 13


def test_a_page_set_upside_down_is_turned_before_it_is_read(study):
    upside_down = io.BytesIO()
    Image.fromarray(study.image.rgb[::-1, ::-1]).save(upside_down, "PNG")
    draft = replace(start_from(study.page, study.layout), turn=Turn(2))
    again = open_study(upside_down.getvalue(), "turned", corrections=draft)
    assert np.array_equal(again.page.rgb, study.image.rgb)
    assert np.nanmedian(np.abs(again.traces[0].mv - study.traces[0].mv)) < 0.02


def test_a_refused_page_gets_a_first_guess_and_is_read_with_it(page_of_no_layout):
    guess = start_from(open_page(page_of_no_layout), None)
    again = open_study(page_of_no_layout, "seventeen rows", corrections=with_layout(guess, "6x2"))
    assert len(again.stages) == 12


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_another_layout_keeps_the_frame(name):
    assert laid(name).frame == (100, 50, 900, 550)
    assert laid(name).boxes == ()


def test_a_stretched_frame_keeps_the_shares_of_its_lines():
    uneven = with_lines(laid(), (100, 200, 500, 700, 900), laid().rows)
    wider = with_frame(uneven, (0, 50, 1600, 550))
    assert wider.columns == pytest.approx((0, 200, 800, 1200, 1600))
    assert wider.rows == pytest.approx(uneven.rows)


@given(st.lists(st.floats(-1e5, 1e5), min_size=5, max_size=5), st.lists(st.floats(-1e5, 1e5), min_size=5, max_size=5))
def test_lines_stay_in_order_for_any_input(columns, rows):
    moved = with_lines(laid(), columns, rows)
    assert np.diff(moved.columns).min() >= LEAST_GAP_PX * 0.99
    assert np.diff(moved.rows).min() >= LEAST_GAP_PX * 0.99


def test_a_missing_line_is_an_error():
    with pytest.raises(ValueError, match="number of lines"):
        with_lines(laid(), (1, 2, 3), laid().rows)


def test_a_box_moves_individually_and_returns(page):
    moved = with_box(laid(), "aVR", (320.0, 60.0, 480.0, 170.0))
    _, layout = corrected(page, moved)
    boxes = {box.key: box for box in layout.boxes}
    assert boxes["aVR"].quad[0] == (320, 60)
    assert boxes["aVR"].start_s == 2.5
    assert boxes["I"].quad == corrected(page, laid())[1].boxes[0].quad
    assert with_box(moved, "aVR", None) == laid()


def test_the_scale_comes_from_the_grid_the_columns_or_a_person(page):
    assert corrected(page, laid())[0].px_per_mm_x == 4.0
    gridless = replace(page, scale_from="assumed")
    from_columns, _ = corrected(gridless, replace(laid(), speed_mm_s=50.0))
    assert from_columns.px_per_mm_x == pytest.approx(800 / 10 / 50)
    assert from_columns.scale_from == "columns"
    set_by_hand, _ = corrected(page, replace(laid(), px_per_mm=(5.0, 6.0), gain_mm_mv=5.0))
    assert (set_by_hand.px_per_mm_x, set_by_hand.px_per_mm_y, set_by_hand.gain_mm_mv) == (5.0, 6.0, 5.0)
    assert set_by_hand.scale_from == "by_hand"


def test_a_page_without_a_grid_keeps_the_doubt_about_its_scale_until_that_is_set(page):
    bare = page.with_facts(scale_from="columns")
    by_columns, _ = corrected(bare, laid())
    assert [notice.code for notice in by_columns.notices] == ["scale_from_columns"]
    by_hand, _ = corrected(bare, replace(laid(), px_per_mm=(4.0, 4.0)))
    assert by_hand.notices == ()
    assert corrected(page, laid())[0].notices == ()
