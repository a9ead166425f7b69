"""A trace ends where its stroke ends, whatever is printed beyond, and keeps all of its ink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from preprocessing.leads import Layout, LeadBox
from preprocessing.page import Page
from preprocessing.traces import RATE_HZ, trace_leads
from preprocessing.traces.path_costs import Band
from preprocessing.traces.stroke_ends import at_page_ends, find_ends, without_strays
from tests.drawn_strokes import LEFT, PITCH, WIDTH, page_of

TIME_S = np.arange(10 * RATE_HZ) / RATE_HZ
WAVE_MV = 0.2 * np.sin(2 * np.pi * 2 * TIME_S)
BASELINE, END = 30 + PITCH // 2, LEFT + WIDTH
FULL, PALE = 0, 160


def printed_on(page: Page, picture: np.ndarray) -> Page:
    """Return the page with more print on it, which its maps do not take for trace."""
    printed = replace(page, rgb=picture)
    printed.__dict__["maps"] = page.maps
    return printed


def frame(picture: np.ndarray) -> None:
    """Draw a line along the lower edge of the row, paler than the stroke."""
    picture[BASELINE + PITCH // 2 - 2 :][:3] = PALE


def dots(picture: np.ndarray) -> None:
    """Draw the dots of a grid."""
    picture[5::20, 2::5] = 60


def letters(picture: np.ndarray) -> None:
    """Draw letters below the ends of the row, as dark as the stroke."""
    for first in (0, END - 40):
        for left in range(first, first + 60, 9):
            picture[BASELINE + 55 :][:10, left : left + 6] = FULL


@pytest.mark.parametrize("beyond", [frame, dots, letters])
def test_ink_beyond_the_ends_of_a_stroke_is_not_trace(beyond: Callable[[np.ndarray], None]) -> None:
    # The stroke is too short for ten seconds, so the boxes set its clock.
    missing_s, to_end_s = 0.3, np.minimum(TIME_S, 10 - TIME_S)
    page, layout = page_of([np.where(to_end_s < missing_s, np.nan, WAVE_MV)])
    picture = page.rgb.copy()
    beyond(picture)
    picture[page.rgb < 255] = page.rgb[page.rgb < 255]
    mv = trace_leads(printed_on(page, picture), layout)[0].mv
    assert np.nanmax(np.abs(mv)) < 0.5
    assert np.isnan(mv[to_end_s < missing_s - 0.03]).all()
    assert np.isfinite(mv[to_end_s > missing_s + 0.03]).all()


def test_a_frame_below_does_not_hide_where_a_lead_begins_and_ends() -> None:
    # Boxes were found a little off.
    page, layout = page_of([WAVE_MV], shift_px=(3.0, 0.0))
    picture = page.rgb.copy()
    frame(picture)
    mv = trace_leads(printed_on(page, picture), layout)[0].mv
    off = (mv - WAVE_MV)[25:-25]
    assert np.abs(off - np.median(off)).max() < 0.03


@pytest.mark.parametrize("end", ["R", "S", "break", "late"])
def test_the_last_part_of_a_stroke_is_kept(end: str) -> None:
    mv = WAVE_MV.copy()
    mv += {"R": 0.9, "S": -1.3}.get(end, 0) * np.exp(-(((TIME_S - 9.995) / 0.03) ** 2))
    gap = {"break": (9.93, 9.955), "late": (9.5, 9.8)}.get(end, (0, 0))
    page, layout = page_of([np.where(np.abs(TIME_S - np.mean(gap)) < np.ptp(gap) / 2, np.nan, mv)])
    trace = trace_leads(page, layout)[0]
    off = trace.mv - mv
    off -= np.nanmedian(off)
    assert np.isfinite(trace.mv[-12:-2]).all()
    assert np.nanmax(np.abs(off[-40:-12])) < 0.15


PX_PER_MM = 5.0


def box(left: float, right: float, lead: str = "I") -> LeadBox:
    return LeadBox(lead, "12-lead", left, 0.0, right, 100.0)


def band_of(one: LeadBox) -> Band:
    """Return a band that reaches 25 pixels beyond its box on both sides."""
    return Band(round(one.left) - 25, round(one.right) + 25, 50.0, 60.0, 80.0)


def drawn(first: float, last: float, row: float = 50.0, shade: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Draw a level stroke of four pixels, from `first` to `last`, ends shaded; return ink and edges in its band."""
    ink = np.zeros((100, 500))
    x = np.arange(500)
    part = np.clip(np.minimum(x + 0.5, last) - np.maximum(x - 0.5, first), 0, 1)
    ink[round(row) - 2 : round(row) + 2] = shade * part
    edges = np.where(part > 0.5, [[row - 2.5], [row + 1.5]], np.nan)
    return ink, edges[:, 25:475]


ONE = Layout("one", 1.0, (box(50, 450),))
BANDS = [band_of(ONE.boxes[0])]


def test_only_the_outer_edges_are_ends_of_the_page() -> None:
    columns = Layout("three", 1.0, (box(0, 100), box(100, 200), box(200, 300), box(0, 300, "II")))
    assert at_page_ends(columns, PX_PER_MM) == [(True, False), (False, False), (False, True), (True, True)]


@pytest.mark.parametrize("first", [60.0, 60.3, 59.75])
@pytest.mark.parametrize("last", [430.0, 430.45])
def test_ends_are_found_to_a_part_of_a_pixel(first: float, last: float) -> None:
    ink, edges = drawn(first, last)
    np.testing.assert_allclose(find_ends(ink, ONE, BANDS, [edges], PX_PER_MM, 2.0).px, [[first, last]], atol=0.02)


def test_an_end_that_no_background_follows_is_not_known() -> None:
    ink, edges = drawn(0, 430)
    left, right = find_ends(ink, ONE, BANDS, [edges], PX_PER_MM, 2.0).px[0]
    assert np.isnan(left)
    assert right == pytest.approx(430, abs=0.02)


def test_a_gap_in_the_middle_is_no_end() -> None:
    ink, edges = drawn(60, 430)
    ink[:, 250:260] = 0
    edges[:, 225:235] = np.nan
    np.testing.assert_allclose(find_ends(ink, ONE, BANDS, [edges], PX_PER_MM, 2.0).px, [[60, 430]], atol=0.02)


def test_the_remains_of_a_grid_beyond_an_end_do_not_move_it() -> None:
    ink, edges = drawn(60, 430)
    ink[51, 430:436] = 0.15
    np.testing.assert_allclose(find_ends(ink, ONE, BANDS, [edges], PX_PER_MM, 2.0).px, [[60, 430]], atol=0.2)


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_ends_tell_how_steep_their_stroke_is(slope: float) -> None:
    columns = np.arange(500)
    middle = 50 + slope * np.maximum(columns - 420, 0)
    ink = ((np.abs(np.arange(100)[:, None] - middle) < 2) & (columns >= 60) & (columns < 430)).astype(float)
    edges = np.where(ink.any(axis=0), middle + np.array([[-2.0], [2.0]]), np.nan)[:, 25:475]
    angle = find_ends(ink, ONE, BANDS, [edges], PX_PER_MM, 2.0).angle[0]
    np.testing.assert_allclose(angle, [0, np.arctan(slope)], atol=0.02)


@pytest.mark.parametrize(
    ("gap_px", "length_px", "shade", "row", "kept"),
    [
        (2, 5, 1.0, 50, True),  # a short break
        (12, 5, 1.0, 50, False),  # a dot after a wide gap
        (12, 18, 1.0, 50, True),  # trace after a wide gap
        (2, 1, 1.0, 50, False),  # a grid dot right beside
        (2, 5, 0.3, 50, False),  # paler than the pen
        (12, 18, 1.0, 2, False),  # print in another row
    ],
)
def test_what_follows_a_gap_is_kept_only_where_it_is_trace(
    gap_px: int, length_px: int, shade: float, row: int, kept: bool
) -> None:
    ink, edges = drawn(60, 420)
    first = 420 + gap_px
    ink[max(0, row - 2) : row + 2, first : first + length_px] = shade
    edges[:, first - 25 : first - 25 + length_px] = [[row - 2.5], [row + 1.5]]
    (found,) = without_strays(ink, ONE, BANDS, [edges], PX_PER_MM)
    piece = found[0, first - 25 : first - 25 + length_px]
    assert np.isfinite(piece).all() if kept else np.isnan(piece).all()
    np.testing.assert_array_equal(found[:, :390], edges[:, :390])


def test_edges_between_columns_are_left_as_they_are() -> None:
    left, right = box(50, 250), box(250, 450)
    layout = Layout("two", 1.0, (left, right))
    ink, _ = drawn(60, 440)
    ink[48:52, 230:240] = 0
    edges = np.where(ink[50] > 0.5, [[47.5], [51.5]], np.nan)
    bands = [band_of(left), band_of(right)]
    cut = [edges[:, one.left : one.right] for one in bands]
    for before, after in zip(cut, without_strays(ink, layout, bands, cut, PX_PER_MM), strict=True):
        np.testing.assert_array_equal(before, after)


def test_a_letter_beside_the_divider_is_not_the_beginning_of_a_lead() -> None:
    left, right = box(50, 250), box(250, 450)
    ink, whole = drawn(60, 440)
    # The divider hides the beginning of the second lead, and its path took the top of a letter below.
    ink[48:52, 250:262] = 0
    ink[78:80, 254:260] = 0.3
    edges = whole[:, 225:425].copy()
    edges[:, :12] = np.nan
    edges[:, 4:10] = [[77.5], [79.5]]
    layout = Layout("two", 1.0, (left, right))
    cut = [whole[:, 25:225], edges]
    found = without_strays(ink, layout, [band_of(left), band_of(right)], cut, PX_PER_MM)[1]
    assert np.isnan(found[:, :12]).all()
    np.testing.assert_array_equal(found[:, 12:], edges[:, 12:])


@pytest.mark.parametrize(("height_px", "length_px", "kept"), [(1, 2, False), (4, 2, True), (1, 12, True)])
def test_a_dot_far_from_a_hidden_stroke_is_not_trace(height_px: int, length_px: int, kept: bool) -> None:
    ink, edges = drawn(60, 420)
    hidden = slice(200, 200 + length_px)
    ink[:, hidden] = 0
    ink[10 : 10 + height_px, hidden] = 1
    path = slice(hidden.start - 25, hidden.stop - 25)
    edges[:, path] = [[9.5], [9.5 + height_px]]
    (found,) = without_strays(ink, ONE, BANDS, [edges], PX_PER_MM)
    assert np.isfinite(found[:, path]).all() if kept else np.isnan(found[:, path]).all()
    np.testing.assert_array_equal(found[:, : path.start], edges[:, : path.start])
    np.testing.assert_array_equal(found[:, path.stop :], edges[:, path.stop :])


def test_a_lead_without_any_stroke_keeps_what_it_has() -> None:
    ink, edges = np.zeros((100, 500)), np.full((2, 450), np.nan)
    edges[:, 100] = 40, 42
    ink[40:43, 125] = 1
    (found,) = without_strays(ink, ONE, BANDS, [edges], PX_PER_MM)
    np.testing.assert_array_equal(found, edges)
