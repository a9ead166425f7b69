"""Masks of a page's strokes, in passes from dark to pale."""

import itertools

import numpy as np
import pytest

from preprocessing.leads.config import CLEAR, FADED
from preprocessing.leads.masks import stroke_masks
from preprocessing.page import Page

PX_PER_MM = 5.0
SHAPE = (400, 600)


def page_of(ink, scale_from="grid"):
    page = Page(np.full((*ink.shape, 3), 255, np.uint8), PX_PER_MM, PX_PER_MM, scale_from)
    page.__dict__["ink"] = ink.astype(np.float32)
    return page


def trace():
    ink = np.zeros(SHAPE)
    y = np.rint(200 + 30 * np.sin(np.arange(SHAPE[1]) / 17)).astype(int)
    for thick in range(2):
        ink[y + thick, np.arange(SHAPE[1])] = 1
    return ink


def test_each_mask_contains_the_one_before():
    ink = trace() * np.linspace(0.1, 1, SHAPE[1])
    masks = list(stroke_masks(page_of(ink)))
    for (lines, traces, _), (paler, _, _) in itertools.pairwise(masks):
        assert np.all(traces[lines])
        assert np.all(paler[lines])
        assert paler.dtype == bool
    assert [demands for _, _, demands in masks] == [CLEAR, CLEAR, CLEAR, FADED]


@pytest.mark.parametrize(("level", "first"), [(0.9, 0), (0.4, 1), (0.15, 2)])
def test_paler_strokes_appear_in_later_passes(level, first):
    masks = [lines for lines, _, _ in stroke_masks(page_of(level * trace()))]
    drawn = trace() > 0
    for number, mask in enumerate(masks):
        assert np.array_equal(mask, drawn if number >= first else np.zeros(SHAPE, bool))


def squares():
    """Return the lines of a grid in the colour of the ink."""
    ink = np.zeros(SHAPE)
    ink[::25] = ink[:, ::25] = 0.6
    return ink


def test_grid_lines_are_removed_and_the_trace_is_kept():
    ink = np.maximum(trace(), squares())
    masks = [lines for lines, _, _ in stroke_masks(page_of(ink))]
    rules = (squares() > 0) & (trace() == 0)
    assert (masks[1] & rules).sum() < 0.15 * rules.sum()
    assert (masks[1] & (trace() > 0) & (squares() == 0)).sum() == ((trace() > 0) & (squares() == 0)).sum()


def test_without_a_measured_grid_nothing_is_removed():
    ink = np.maximum(trace(), squares())
    masks = [lines for lines, _, _ in stroke_masks(page_of(ink, "assumed"))]
    assert np.array_equal(masks[1], ink > 0.3)


def test_a_blank_page_has_no_strokes():
    assert all(not lines.any() and not traces.any() for lines, traces, _ in stroke_masks(page_of(np.zeros(SHAPE))))
