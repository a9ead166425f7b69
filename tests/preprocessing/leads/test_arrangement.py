"""A layout placed on rows, and the checks that confirm or contradict it."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.arrangement import arrange, speed_by_columns, with_names
from preprocessing.leads.columns import Columns
from preprocessing.leads.layout import LAYOUTS, PAGE_SECONDS, boxes_between
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows, row_edges
from preprocessing.leads.runs import vertical_runs
from preprocessing.lettering import PrintedName
from preprocessing.page import Page

PX_PER_MM = 4.0
WIDTH, PITCH = 1000, 100
EDGES = {columns: tuple(np.linspace(50.0, 50.0 + WIDTH, columns + 1).tolist()) for columns in (1, 2, 4)}


def rows_of(count):
    return Rows(100.0 + PITCH * np.arange(count), np.full(count, 50.0), np.full(count, 50.0 + WIDTH))


def page_of(px_per_mm=PX_PER_MM, scale_from="grid"):
    return Page(np.full((20, 20, 3), 255, np.uint8), px_per_mm, px_per_mm, scale_from)


def level_runs(count):
    mask = np.zeros((200 + PITCH * count, WIDTH + 100), dtype=bool)
    mask[(100 + PITCH * np.arange(count))[:, None], 50 : 50 + WIDTH] = True
    return vertical_runs(mask)


def laid(name="3x4+1", pulses=None, divided=True, even=True, page=None, complete=True):
    form = LAYOUTS[name]
    columns = Columns(EDGES[form.columns], divided, even)
    runs = level_runs(form.rows)
    return arrange(name, page or page_of(), runs, rows_of(form.rows), columns, pulses, complete)


def pulses_at(baselines, left=20.0):
    return Pulses(left, left + 15, np.array(baselines, float), 40.0)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_boxes_fill_the_page_without_overlap(name):
    form = LAYOUTS[name]
    boxes = boxes_between(name, EDGES[form.columns], row_edges(rows_of(form.rows).baselines))
    assert len({box.key for box in boxes}) == 12 + len(form.strips)
    assert sum((box.right - box.left) * (box.bottom - box.top) for box in boxes) == pytest.approx(
        WIDTH * PITCH * form.rows
    )
    for box in boxes:
        assert box.start_s == pytest.approx(PAGE_SECONDS * (box.left - 50) / WIDTH)


@pytest.mark.parametrize(
    ("pulses", "verdict"),
    [
        (None, None),
        (pulses_at([100, 200, 300, 400]), True),
        (pulses_at([100, 200]), None),
        (pulses_at([100, 200, 300, 400, 500]), False),
        (pulses_at([100, 250, 450]), None),
    ],
    ids=["none", "one a row", "few", "more", "elsewhere"],
)
def test_pulses_agree_if_each_row_has_its_own(pulses, verdict):
    assert laid(pulses=pulses).checks["pulses"] is verdict


@pytest.mark.parametrize(("left", "at_left"), [(20.0, True), (1060.0, False)])
def test_pulses_before_the_leads_show_which_side_is_left(left, at_left):
    arrangement = laid(pulses=pulses_at([100, 200, 300, 400], left))
    assert arrangement.pulses_at_left is at_left
    assert arrangement.shows_its_order is at_left


@pytest.mark.parametrize(
    ("divided", "even", "verdict"), [(False, True, None), (True, True, True), (True, False, False)]
)
def test_dividers_agree_if_they_are_evenly_spaced(divided, even, verdict):
    assert laid(divided=divided, even=even).checks["dividers"] is verdict


@pytest.mark.parametrize(("px_per_mm", "verdict"), [(4.0, True), (2.0, True), (4.8, None), (1.0, False), (8.0, False)])
def test_ten_seconds_confirm_the_scale_and_other_lengths_contradict_it(px_per_mm, verdict):
    arrangement = laid(page=page_of(px_per_mm))
    assert arrangement.checks["scale"] is verdict
    assert speed_by_columns(page_of(px_per_mm), arrangement.columns) == pytest.approx(100 / px_per_mm)


def test_an_assumed_scale_and_leads_over_the_whole_width_give_no_verdict():
    assert laid(page=page_of(1.0, "assumed")).checks["scale"] is None
    assert laid("12x1", page=page_of(1.0)).checks["scale"] is None


def test_uneven_rows_and_empty_boxes_are_detected():
    columns, rows = Columns(EDGES[4], True, True), rows_of(3)
    assert arrange("3x4", page_of(), level_runs(3), rows, columns, None, True).checks["even"]
    crooked = Rows(np.array([100.0, 200.0, 600.0]), rows.left, rows.right)
    assert not arrange("3x4", page_of(), level_runs(3), crooked, columns, None, True).checks["even"]
    mask = np.zeros((500, WIDTH + 100), dtype=bool)
    mask[[100, 200, 300], 50 : 50 + WIDTH] = True
    mask[100, 700:] = False
    half_empty = arrange("3x4", page_of(), vertical_runs(mask), rows, columns, None, True)
    assert not half_empty.checks["ink"]


@given(st.data(), st.integers(-12, 12))
def test_more_agreement_is_more_confidence_and_more_support(data, names):
    checks = {check: data.draw(st.sampled_from([True, False, None])) for check in laid().checks}
    arrangement = replace(laid(), checks=checks, names=names)
    assert 0 <= arrangement.confidence <= 1
    for name, before in checks.items():
        better = replace(arrangement, checks={**checks, name: True})
        assert better.confidence >= arrangement.confidence
        assert better.support >= arrangement.support + (before is not True)


def checked(**checks):
    """Return an arrangement with plausible rows and these further checks."""
    bare = laid(divided=False)
    quiet = {**dict.fromkeys(bare.checks), "even": True, "complete": True, "ink": True}
    return replace(bare, checks={**quiet, **checks})


def test_a_layout_needs_more_than_the_right_number_of_rows():
    assert not checked().is_confirmed
    assert checked(names=True).is_confirmed
    assert checked(pulses=True, dividers=True).is_confirmed


def test_names_elsewhere_and_a_wrong_length_contradict_a_layout():
    assert not checked(pulses=True, dividers=True, names=False).is_confirmed
    assert not checked(pulses=True, dividers=True, scale=False).is_confirmed
    # Names in their places outweigh an unusual length.
    assert checked(names=True, scale=False).is_confirmed


def test_laws_and_pulses_of_all_rows_together_outweigh_an_unusual_length():
    assert checked(law=True, pulses=True, scale=False, dividers=True).is_confirmed
    assert not checked(law=True, scale=False, dividers=True).is_confirmed


def test_leads_end_where_a_gap_follows_and_strips_go_on():
    rows = row_edges(rows_of(4).baselines)
    boxes = boxes_between("3x4+1", EDGES[4], rows, ends=(280.0, 530.0, 780.0, 1050.0))
    assert [(box.left, box.right) for box in boxes[:4]] == [(50, 280), (300, 530), (550, 780), (800, 1050)]
    assert [box.start_s for box in boxes[:4]] == [0, 2.5, 5, 7.5]
    assert (boxes[-1].left, boxes[-1].right) == (50, 1050)


def names_of(name, shift=0.0, late=0.1):
    """Return the names of a layout at the start of its leads, shifted down by some pixels."""
    form = LAYOUTS[name]
    boxes = boxes_between(name, EDGES[form.columns], row_edges(rows_of(form.rows).baselines))
    names = []
    for box in boxes:
        middle = (box.top + box.bottom) / 2 + shift
        left = box.left + late * 250
        names.append(PrintedName(box.lead, left, middle - 6, left + 20, middle + 6, 0.9))
    return names


@pytest.mark.parametrize("name", ["3x4", "3x4+1", "3x4+3", "6x2", "12x1", "6x2 Cabrera", "12x1 Cabrera"])
def test_names_at_their_leads_agree(name):
    arrangement = with_names(laid(name), names_of(name))
    assert arrangement.checks["names"] is True
    assert arrangement.names == 12
    assert arrangement.names_above_px == 0


def test_names_above_their_rows_are_shifted_together():
    arrangement = with_names(laid("12x1"), names_of("12x1", shift=-0.7 * PITCH))
    assert arrangement.checks["names"] is True
    assert arrangement.names_above_px == pytest.approx(0.4 * PITCH)


@pytest.mark.parametrize(
    ("name", "printed"), list(itertools.permutations(["6x2", "6x2 Cabrera"])), ids=["standard", "Cabrera"]
)
def test_names_of_another_order_contradict_it(name, printed):
    assert with_names(laid(name), names_of(printed)).checks["names"] is False


def test_too_few_names_give_no_verdict():
    assert with_names(laid(), names_of("3x4+1")[:2]).checks["names"] is None
    assert with_names(laid(), []).checks["names"] is None


def test_any_lead_may_be_a_strip_but_hardly_an_augmented_one():
    boxes = names_of("3x4+1")
    strip = boxes[-1]
    usual = with_names(laid(), boxes[:12])
    assert with_names(laid(), [*boxes[:12], replace(strip, lead="V3")]).names == usual.names
    assert with_names(laid(), [*boxes[:12], replace(strip, lead="aVL")]).names == usual.names - 1
    assert with_names(laid(), [*boxes[:12], replace(strip, lead="V3", left=800.0)]).names == usual.names - 1
