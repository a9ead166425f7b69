"""Masks of a page's strokes, in passes from sure to faint."""

import numpy as np
import pytest

from preprocessing.leads.config import CLEAR, FADED
from preprocessing.leads.masks import stroke_masks
from preprocessing.page import Page
from tests.label_maps import maps_of, with_maps

PX_PER_MM = 5.0
SHAPE = (400, 600)


def page_of(**shares):
    return with_maps(Page(np.full((*SHAPE, 3), 255, np.uint8), PX_PER_MM, PX_PER_MM, "grid"), **shares)


def stroke_at(row, share=1.0):
    shares = np.zeros(SHAPE)
    shares[row : row + 3] = share
    return shares


@pytest.mark.parametrize(("share", "first"), [(0.9, 0), (0.4, 1), (0.15, 3)])
def test_fainter_strokes_appear_in_later_passes(share, first):
    drawn = stroke_at(200, share) > 0
    masks = [masks.traces for masks, _ in stroke_masks(page_of(trace=stroke_at(200, share)))]
    for number, mask in enumerate(masks):
        assert np.array_equal(mask, drawn if number >= first else np.zeros(SHAPE, bool))


def test_only_the_last_pass_accepts_faded_rows():
    assert [demands for _, demands in stroke_masks(page_of())] == [CLEAR, CLEAR, FADED]


def test_the_last_pass_has_the_masks_of_the_one_before():
    masks = [masks for masks, _ in stroke_masks(page_of(trace=stroke_at(100)))]
    assert masks[2] is masks[1]
    assert masks[1] is not masks[0]


def test_each_label_is_in_its_own_mask():
    page = page_of(trace=stroke_at(100), pulse=stroke_at(200), divider=stroke_at(300), print=stroke_at(50))
    for masks, _ in stroke_masks(page):
        for mask, row in ((masks.traces, 100), (masks.pulses, 200), (masks.dividers, 300)):
            assert np.array_equal(mask, stroke_at(row) > 0)


def test_maps_at_another_scale_give_masks_of_the_pages_size():
    page = page_of()
    small = np.zeros((200, 300))
    small[100:110] = 1
    page.__dict__["maps"] = maps_of((200, 300), PX_PER_MM / 2, trace=small)
    masks, _ = next(stroke_masks(page))
    assert masks.traces.shape == masks.pulses.shape == SHAPE
    rows = np.flatnonzero(masks.traces.any(axis=1))
    assert (rows[0], rows[-1]) == (200, 219)


def test_a_blank_page_has_no_strokes():
    for masks, _ in stroke_masks(page_of()):
        assert not any(mask.any() for mask in (masks.traces, masks.pulses, masks.dividers))
