"""Masking hides everything outside the traces and nothing inside, however the page lies."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecgviz.study.masking import GREY, kept_edges, masked_page, masked_picture
from ecgviz.study.outlines import frame_in_picture
from preprocessing.page import Turn
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}


@pytest.fixture(scope="module", params=["edan_normal", "photo_folded", "rbbb_cabrera"])
def study(request):
    return study_of(request.param)


def with_picture(study, rgb):
    return replace(study, image=replace(study.image, rgb=rgb))


def stays(study):
    """Where masking keeps the image: found with two images that differ everywhere and are nowhere grey."""
    dark, bright = (np.full_like(study.image.rgb, level) for level in (10, 240))
    masked = [masked_picture(with_picture(study, rgb))[:, :, 0] for rgb in (dark, bright)]
    assert np.array_equal(masked[0] == 10, masked[1] == 240)
    assert set(np.unique(masked[0])) == {10, GREY}
    return masked[0] == 10


def test_nothing_outside_is_left_and_nothing_inside_changes(study):
    inside = stays(study)
    masked = masked_picture(study)
    assert (masked[~inside] == GREY).all()
    assert np.array_equal(masked[inside], study.image.rgb[inside])
    assert 0.2 < inside.mean() < 0.95


def test_the_mask_follows_the_page_in_the_picture(study):
    inside = stays(study)
    left, top, right, bottom = kept_edges(study)
    within = np.stack(np.meshgrid(np.linspace(left + 3, right - 3, 60), np.linspace(top + 3, bottom - 3, 60)), -1)
    x, y = np.rint(study.page.to_picture(within.reshape(-1, 2))).astype(int).T
    shown = (x >= 0) & (y >= 0) & (x < inside.shape[1]) & (y < inside.shape[0])
    assert inside[y[shown], x[shown]].all()
    beyond = frame_in_picture(study.page, (left - 6, top - 6, right + 6, bottom + 6))
    x, y = np.rint(beyond).astype(int).T
    shown = (x >= 0) & (y >= 0) & (x < inside.shape[1]) & (y < inside.shape[0])
    assert not inside[y[shown], x[shown]].any()


def test_every_trace_within_its_boxes_stays(study):
    left, top, right, bottom = kept_edges(study)
    tops, bottoms = min(box.top for box in study.layout.boxes), max(box.bottom for box in study.layout.boxes)
    for trace in study.traces:
        rows = trace.origin_px[1] - trace.mv * trace.px_per_mv
        assert np.nanmin(np.clip(rows, tops, bottoms)) >= top - 1
        assert np.nanmax(np.clip(rows, tops, bottoms)) <= bottom + 1
        assert left <= trace.origin_px[0] <= right


def test_a_header_inside_the_first_rows_boxes_is_hidden(study):
    boxes = tuple(replace(box, top=0.0) for box in study.layout.boxes)
    reaching_up = replace(study, layout=replace(study.layout, boxes=boxes))
    highest = min(trace.origin_px[1] - np.nanmax(trace.mv) * trace.px_per_mv for trace in study.traces)
    assert kept_edges(reaching_up)[1] > highest - 6 * study.page.px_per_mm_y


def test_without_traces_the_boxes_are_kept(study):
    empty = tuple(replace(trace, mv=np.full_like(trace.mv, np.nan)) for trace in study.traces)
    _, top, _, bottom = kept_edges(replace(study, traces=empty))
    assert top == np.ceil(max(0, min(box.top for box in study.layout.boxes)))
    assert bottom <= max(box.bottom for box in study.layout.boxes)


@given(st.tuples(*[st.integers(0, 19)] * 4))
def test_a_flat_page_keeps_exactly_its_rectangle(ends):
    left, right = sorted(ends[:2])
    top, bottom = sorted(ends[2:])
    rgb = np.random.default_rng(0).integers(0, 256, (20, 20, 3), np.uint8)
    masked = masked_page(rgb, (left, top, right, bottom))
    inside = np.zeros((20, 20), bool)
    inside[top : bottom + 1, left : right + 1] = True
    assert np.array_equal(masked[inside], rgb[inside])
    assert (masked[~inside] == GREY).all()


@pytest.mark.parametrize("turn", [Turn(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)])
def test_a_turned_page_is_masked_alike_in_its_image(turn):
    """Mask the picture of a page that lies turned, and turn the result: it is the masked page."""
    study = study_of("edan_normal")
    before = study.page.rgb[:, ::-1] if turn.mirrored else study.page.rgb
    picture = np.ascontiguousarray(np.rot90(before, -turn.quarters))
    turned = replace(with_picture(study, picture), page=replace(study.page, turn=turn))
    upright = turn.applied(masked_picture(turned))
    assert np.array_equal(upright, masked_page(study.page.rgb, kept_edges(study)))
