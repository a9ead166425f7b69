"""Traces match the drawn signals in mV and seconds: tips are kept, gaps stay open, leads are kept apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.leads import Layout, LeadBox
from preprocessing.page import PIXEL_LABELS, Page
from preprocessing.traces import RATE_HZ, digitise, trace_leads
from preprocessing.traces.time_axis import TimeAxis
from sample_images import PageStyle, simulate
from tests.drawn_strokes import LEFT, PX_PER_MM, page_of
from tests.label_maps import drawn_page, with_maps

SAMPLES = 10 * RATE_HZ
TIME_S = np.arange(SAMPLES) / RATE_HZ
WAVE_MV = 0.4 * np.sin(2 * np.pi * 2 * TIME_S) + 0.8 * np.exp(-(((TIME_S % 2 - 1.2) / 0.02) ** 2))


def off_mv(trace_mv: np.ndarray, drawn_mv: np.ndarray) -> np.ndarray:
    """Return the error of a trace, without its level."""
    off = trace_mv - drawn_mv
    return np.asarray(off - np.nanmedian(off))


@settings(max_examples=5, deadline=None)
@given(st.floats(-4, 4), st.floats(-8, 8))
def test_a_shifted_page_reads_the_same(right_px: float, down_px: float) -> None:
    page, layout = page_of([WAVE_MV], (right_px, down_px))
    trace = trace_leads(page, layout)[0]
    assert trace.quality > 0.99
    assert np.nanmedian(np.abs(off_mv(trace.mv, WAVE_MV))) < 0.02


@settings(max_examples=5, deadline=None)
@given(st.floats(0.3, 1.0), st.sampled_from([1.5, 2.0, 4.0]))
def test_amplitudes_do_not_depend_on_the_pen(scale: float, line_px: float) -> None:
    page, layout = page_of([scale * WAVE_MV], line_px=line_px)
    trace = trace_leads(page, layout)[0]
    assert np.nanmax(trace.mv) - np.nanmin(trace.mv) == pytest.approx(scale * np.ptp(WAVE_MV), abs=0.04)


def test_the_tips_of_a_sawtooth_are_kept() -> None:
    teeth_mv = 1.2 * np.abs((TIME_S * 4) % 1 - 0.5)
    page, layout = page_of([teeth_mv])
    trace = trace_leads(page, layout)[0]
    inside = slice(25, -25)
    assert np.ptp(trace.mv[inside]) == pytest.approx(0.6, abs=0.03)
    assert np.nanmax(np.abs(off_mv(trace.mv, teeth_mv)[inside])) < 0.06


@settings(max_examples=5, deadline=None)
@given(st.floats(0.4, 8.0), st.floats(0.15, 1.0))
def test_a_gap_stays_open(start_s: float, length_s: float) -> None:
    gap = np.abs(TIME_S - start_s - length_s / 2) < length_s / 2
    page, layout = page_of([np.where(gap, np.nan, WAVE_MV)])
    trace = trace_leads(page, layout)[0]
    well_inside = (start_s + 0.03 <= TIME_S) & (start_s + length_s - 0.03 > TIME_S)
    assert np.isnan(trace.mv[well_inside]).all()
    assert trace.quality == pytest.approx(1 - gap.mean(), abs=0.03)


@pytest.mark.parametrize("start_px", [-3000.0, 3000.0])
def test_a_lead_whose_time_lies_beyond_the_picture_is_not_read(
    monkeypatch: pytest.MonkeyPatch, start_px: float
) -> None:
    # As on a page of 50 mm/s whose columns are taken for those of 25.
    page, layout = page_of([WAVE_MV, WAVE_MV])
    assert abs(start_px) > page.rgb.shape[1]
    fitted = digitise.time_axes

    def beyond(*given: object) -> list[TimeAxis]:
        first, *others = fitted(*given)  # type: ignore[arg-type]
        return [replace(first, start_px=start_px), *others]

    monkeypatch.setattr(digitise, "time_axes", beyond)
    lost, read = trace_leads(page, layout)
    assert lost.quality == 0
    assert read.quality > 0.99


def equal_ends(mv: np.ndarray) -> int:
    """Return how many equal samples a signal begins or ends with, whichever are more."""
    read = mv[np.isfinite(mv)]
    return max(int(np.argmax(np.r_[end != end[0], True])) for end in (read, read[::-1]))


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 3), st.floats(0, 3), st.sampled_from([0.0, 6.0]), st.floats(-1, 1))
def test_no_lead_begins_or_ends_in_samples_without_ink(
    missing_before_s: float, missing_after_s: float, divider_px: float, shift_px: float
) -> None:
    # A rising line has no two equal samples: equal ones at an end were made up.
    ramp = 0.1 * np.where((missing_before_s <= TIME_S) & (10 - missing_after_s >= TIME_S), TIME_S, np.nan)
    page, layout = page_of([ramp] * 3, (shift_px, 0.0))
    if divider_px:
        # A divider over the end hides ink that nothing can restore.
        first = round(layout.boxes[0].right - divider_px)
        hidden = slice(first, first + round(2 * divider_px))
        page.maps.labels[PIXEL_LABELS.index("trace"), :, hidden] = 0
        page.maps.labels[PIXEL_LABELS.index("divider"), :, hidden] = 255
    for trace in trace_leads(page, layout):
        assert equal_ends(trace.mv) <= 2


def test_leads_that_cross_are_kept_apart() -> None:
    # A deep S wave meets the R wave of the row below.
    deep = -1.9 * np.exp(-(((TIME_S % 1 - 0.6) / 0.03) ** 2)) + 0.1 * np.sin(2 * np.pi * TIME_S)
    tall = 1.2 * np.exp(-(((TIME_S % 1 - 0.55) / 0.02) ** 2)) + 0.1 * np.sin(2 * np.pi * TIME_S)
    page, layout = page_of([deep, tall])
    upper, lower = trace_leads(page, layout)[:2]
    for trace, drawn in ((upper, deep), (lower, tall)):
        off = off_mv(trace.mv, drawn)
        assert 10 * np.log10(np.var(drawn) / np.nanmean(off**2)) > 6
        away = np.abs(TIME_S % 1 - 0.6) > 0.15
        assert np.nanmax(np.abs(off[away])) < 0.05


def empty_page(**shares: np.ndarray) -> tuple[Page, Layout]:
    box = LeadBox("I", "12-lead", 20, 50, 400, 150)
    page = Page(np.full((300, 430, 3), 255, np.uint8), PX_PER_MM, PX_PER_MM, "grid")
    return with_maps(page, **shares), Layout("empty", 1.0, (box,))


@pytest.mark.parametrize("label", ["grid", "print", "pulse", "divider", "outside"])
def test_what_is_no_trace_leaves_a_lead_all_gap(label: str) -> None:
    share = np.ones((300, 430))
    # The foot of a pulse may run into the beginning of a trace.
    share[:, :60] = 0
    trace = trace_leads(*empty_page(**{label: share}))[0]
    assert np.isnan(trace.mv).all()
    assert trace.quality == 0


def test_specks_are_not_trace() -> None:
    specks = np.zeros((300, 430))
    specks[::40, ::60] = 1
    assert trace_leads(*empty_page(trace=specks))[0].quality < 0.1


def test_strokes_beside_the_trace_do_not_draw_it_away() -> None:
    page, layout = page_of([WAVE_MV])
    baseline = round((layout.boxes[0].top + layout.boxes[0].bottom) / 2)
    shape = page.rgb.shape[:2]
    others = {label: np.zeros(shape) for label in ("print", "pulse", "divider")}
    others["print"][baseline - 30 : baseline - 20, 300:360] = 1
    others["pulse"][baseline - 50 : baseline, 500:520] = 1
    others["divider"][:, 700:703] = 1
    crowded = with_maps(page, trace=page.maps.at_full_size("trace", shape), **others)
    # What lies behind the divider is interpolated.
    np.testing.assert_allclose(trace_leads(crowded, layout)[0].mv, trace_leads(page, layout)[0].mv, atol=0.03)


def test_the_foot_of_a_pulse_is_read_as_the_trace_that_it_runs_into() -> None:
    page, layout = page_of([WAVE_MV])
    share = page.maps.at_full_size("trace", page.rgb.shape[:2]).copy()
    foot = np.zeros_like(share)
    foot[:, :40] = share[:, :40]
    share[:, :40] = 0
    # The foot covers the first 20 pixels of the box, 160 ms.
    trace = trace_leads(with_maps(page, trace=share, pulse=foot), layout)[0]
    assert trace.quality > 0.99
    assert trace.origin_px[0] == pytest.approx(LEFT, abs=1.0)
    assert np.nanmax(np.abs(off_mv(trace.mv, WAVE_MV))[:100]) < 0.05


@pytest.mark.parametrize("share", [0.4, 0.7])
def test_a_trace_that_is_labelled_faintly_is_read_at_full_height(share: float) -> None:
    page, layout = page_of([WAVE_MV], line_px=3.0)
    faint = with_maps(page, trace=share * page.maps.at_full_size("trace", page.rgb.shape[:2]))
    trace = trace_leads(faint, layout)[0]
    assert trace.quality > 0.99
    assert np.nanmax(trace.mv) - np.nanmin(trace.mv) == pytest.approx(np.ptp(WAVE_MV), abs=0.04)


@pytest.mark.parametrize("dividers", ["none", "full"])
def test_a_drawn_page_has_more_than_15_db(dividers: str) -> None:
    page, drawing = drawn_page(simulate(seed=3), PageStyle(dpi=150, dividers=dividers))
    boxes = tuple(LeadBox(d.lead, d.role, *d.quad[0], *d.quad[2], d.start_s) for d in drawing.leads)
    for trace, drawn in zip(trace_leads(page, Layout("3x4+1", 1.0, boxes)), drawing.leads, strict=True):
        truth = np.interp(np.arange(trace.mv.size) / RATE_HZ, np.arange(drawn.samples_mv.size) / 500, drawn.samples_mv)
        assert trace.quality > 0.99
        assert 10 * np.log10(np.var(truth) / np.nanmean(off_mv(trace.mv, truth) ** 2)) > 15, trace.key


def test_a_frame_below_a_trace_is_not_taken_for_it():
    page, layout = page_of([WAVE_MV])
    frame = np.zeros(page.rgb.shape[:2], dtype=bool)
    bottom = round(layout.boxes[0].bottom - 2 * PX_PER_MM)
    frame[bottom : bottom + 4, round(LEFT) + 20 : -round(LEFT) - 20] = True
    framed = replace(page, rgb=np.where(frame[..., None], np.uint8(0), page.rgb))
    # As a network that takes the frame for trace too.
    trace = np.maximum(page.maps.at_full_size("trace", frame.shape), frame)
    assert np.nanmedian(np.abs(off_mv(trace_leads(with_maps(framed, trace=trace), layout)[0].mv, WAVE_MV))) < 0.02
