"""The time axis of each lead, fitted to ends of strokes, dividers and boxes at known places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.leads import Layout, LeadBox, layout_at
from preprocessing.leads.evidence import LayoutEvidence
from preprocessing.page import Page
from preprocessing.traces.pen_caps import REACHES
from preprocessing.traces.stroke_ends import StrokeEnds
from preprocessing.traces.time_axis import TimeAxis, lengths_s, time_axes

PX_PER_MM, SPEED = 5.0, 25.0
PX_PER_S = PX_PER_MM * SPEED
LEFT, PITCH, RADIUS = 40.0, 100.0, 1.0
# How far the ink of a round pen is seen beyond its ends.
CAP = float(REACHES["round"](np.zeros(1), RADIUS)[0])
FORMS = {"12x1": (1, 12), "3x4+1": (4, 4), "6x2": (2, 6)}


def page(scale_from: str = "grid") -> Page:
    return Page(np.zeros((10, 10, 3), np.uint8), PX_PER_MM, PX_PER_MM, scale_from)


def layout(name: str, off_px: float = 0.0) -> Layout:
    columns, rows = FORMS[name]
    lefts = LEFT + off_px + 10 * PX_PER_S * np.arange(columns + 1) / columns
    return layout_at(name, lefts.tolist(), (PITCH * np.arange(rows + 1)).tolist())


def ends_of(
    shown: Layout,
    rate_hz: float = 500.0,
    scale: float = 1.0,
    gap_px: float = 0.0,
    column_s: float | None = None,
    left: float = LEFT,
) -> np.ndarray:
    """Return where the ink of each lead begins and ends: NaN where another lead follows without a gap."""
    ends = np.full((len(shown.boxes), 2), np.nan)
    starts = sorted({box.start_s for box in shown.boxes if not box.is_strip})
    last = len(starts) - 1
    for index, (box, length_s) in enumerate(zip(shown.boxes, lengths_s(shown), strict=True)):
        column, own_s = starts.index(box.start_s), column_s or length_s
        if box.is_strip:
            own_s *= len(starts) if column_s else 1
        begin = left + column * (scale * own_s * PX_PER_S + gap_px)
        if column == 0 or gap_px:
            ends[index, 0] = begin - CAP
        if column == last or gap_px or box.is_strip:
            # The last sample is drawn one sample before the end.
            ends[index, 1] = begin + scale * (own_s - 1 / rate_hz) * PX_PER_S + CAP
    return ends


def axes_of(
    shown: Layout, ends: np.ndarray, dividers: dict[float, float] | None = None, **facts: str
) -> list[TimeAxis]:
    return time_axes(page(**facts), shown, StrokeEnds(ends, np.zeros_like(ends)), RADIUS, dividers or {})


def starts_px(shown: Layout, axes: list[TimeAxis]) -> list[float]:
    """Return where the first lead of each column begins."""
    starts = [box.start_s for box in shown.boxes]
    return [axes[starts.index(start)].start_px for start in sorted(set(starts))]


@pytest.mark.parametrize(
    ("name", "expected"), [("12x1", [10.0] * 12), ("6x2", [5.0] * 12), ("3x4+1", [2.5] * 12 + [10.0])]
)
def test_a_lead_usually_lasts_from_its_column_to_the_next(name: str, expected: list[float]) -> None:
    assert lengths_s(layout(name)) == expected


def test_columns_of_the_same_seconds_last_their_share_of_the_page() -> None:
    boxes = [LeadBox("I", "12-lead", 0, 0, 500, 100), LeadBox("V1", "12-lead", 500, 0, 1000, 100)]
    strip = LeadBox("II", "rhythm", 0, 100, 1000, 200)
    same = Layout("same", 1.0, (*boxes, strip))
    assert lengths_s(same) == [5.0, 5.0, 10.0]
    # Boxes whose times do not follow from their places are fitted one by one.
    axes = axes_of(same, np.full((3, 2), np.nan))
    assert [axis.start_px for axis in axes] == [0.0, 500.0, 0.0]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("off_px", [-4.0, 0.0, 3.0])
def test_ends_correct_boxes_that_are_off(name: str, off_px: float) -> None:
    shown = layout(name, off_px)
    for axis, box in zip(axes_of(shown, ends_of(shown)), shown.boxes, strict=True):
        assert axis.start_px == pytest.approx(LEFT + box.start_s * PX_PER_S, abs=0.05)
        assert axis.px_per_s == pytest.approx(PX_PER_S, rel=1e-4)
        assert axis.start_s == box.start_s


@pytest.mark.parametrize("cap_error_px", [-0.2, 0.2])
def test_an_error_common_to_both_ends_hardly_counts(cap_error_px: float) -> None:
    shown = layout("12x1")
    ends = ends_of(shown) + np.array([-cap_error_px, cap_error_px])
    assert axes_of(shown, ends)[0].start_px == pytest.approx(LEFT, abs=0.1)


def test_a_slow_recording_ends_a_longer_sample_early() -> None:
    shown = layout("12x1")
    assert axes_of(shown, ends_of(shown, rate_hz=100.0))[0].start_px == pytest.approx(LEFT, abs=0.05)


@pytest.mark.parametrize("scale", [0.986, 1.012])
@pytest.mark.parametrize("scale_from", ["grid", "columns"])
def test_a_trace_of_another_length_sets_the_scale(scale: float, scale_from: str) -> None:
    shown = layout("3x4+1")
    axis = axes_of(shown, ends_of(shown, scale=scale), scale_from=scale_from)[0]
    assert axis.px_per_s == pytest.approx(scale * PX_PER_S, rel=1e-3)
    assert axis.seconds == 2.5
    assert axis.start_px == pytest.approx(LEFT, abs=0.2)


@pytest.mark.parametrize("early_s", [0.05, 0.08, 0.3])
def test_a_single_column_that_ends_early_keeps_the_scale_of_the_grid(early_s: float) -> None:
    shown = layout("12x1")
    ends = ends_of(shown)
    ends[:, 1] -= early_s * PX_PER_S
    axis = axes_of(shown, ends)[0]
    assert axis.px_per_s == pytest.approx(PX_PER_S, rel=1e-5)
    assert axis.start_px == pytest.approx(LEFT, abs=0.1)
    assert axis.seconds == 10.0


def test_a_length_that_is_far_off_is_not_believed() -> None:
    shown = layout("12x1")
    axis = axes_of(shown, ends_of(shown, scale=0.9))[0]
    assert axis.px_per_s == pytest.approx(PX_PER_S)
    assert axis.start_px == pytest.approx(LEFT, abs=0.05)


def test_columns_cut_at_the_squares_of_the_grid_are_shorter() -> None:
    shown = layout("3x4+1")
    # 62 mm instead of 62.5 mm.
    axes = axes_of(shown, ends_of(shown, column_s=2.48))
    assert [round(start - LEFT, 1) for start in starts_px(shown, axes)] == pytest.approx([0, 310, 620, 930], abs=0.3)
    assert {round(axis.seconds, 2) for axis in axes[:12]} == {2.48}
    assert [round(axes[index].start_s, 2) for index in range(4)] == [0.0, 2.48, 4.96, 7.44]
    assert axes[0].px_per_s == PX_PER_S


@pytest.mark.parametrize("gap_px", [4.0, 20.0, 45.0])
@pytest.mark.parametrize("name", ["3x4+1", "6x2"])
def test_columns_with_gaps_between_them_begin_after_each_gap(name: str, gap_px: float) -> None:
    columns, rows = FORMS[name]
    width = 10 * PX_PER_S / columns
    # Found as if there were no gaps: the last box ends where the ink does.
    found = np.linspace(LEFT, LEFT + 10 * PX_PER_S + (columns - 1) * gap_px, columns + 1)
    shown = layout_at(name, found.tolist(), (PITCH * np.arange(rows + 1)).tolist())
    axes = axes_of(shown, ends_of(shown, gap_px=gap_px))
    expected = [LEFT + column * (width + gap_px) for column in range(columns)]
    assert starts_px(shown, axes) == pytest.approx(expected, abs=0.1)
    assert {axis.seconds for axis in axes[:12]} == {10.0 / columns}


def test_a_gap_is_not_taken_from_what_a_divider_hides() -> None:
    shown = layout("3x4+1")
    ends = ends_of(shown)
    edges = sorted({box.left for box in shown.boxes})[1:]
    for index, box in enumerate(shown.boxes[:12]):
        if box.start_s:
            ends[index, 0] = box.left + 3.0
        if box.start_s < 7.5:
            ends[index, 1] = box.right - 3.0
    axes = axes_of(shown, ends, {edge: edge for edge in edges})
    assert starts_px(shown, axes) == pytest.approx([LEFT, *edges], abs=0.2)


@pytest.mark.parametrize("side", [0, 1])
def test_one_end_is_enough(side: int) -> None:
    shown = layout("12x1", off_px=-3.0)
    ends = ends_of(shown)
    ends[:, side] = np.nan
    assert axes_of(shown, ends)[0].start_px == pytest.approx(LEFT, abs=0.05)


def test_without_ends_the_boxes_count() -> None:
    shown = layout("12x1", off_px=3.0)
    assert axes_of(shown, np.full((12, 2), np.nan))[0] == TimeAxis(LEFT + 3.0, PX_PER_S, 0.0, 10.0)


@pytest.mark.parametrize("early_px", [15.0, 25.0])
@pytest.mark.parametrize("name", FORMS)
def test_columns_that_begin_inside_their_pulse_keep_their_length(name: str, early_px: float) -> None:
    columns, rows = FORMS[name]
    # Found from the end of the pulse on.
    found = np.linspace(LEFT + early_px, LEFT + 10 * PX_PER_S, columns + 1)
    shown = layout_at(name, found.tolist(), (PITCH * np.arange(rows + 1)).tolist())
    pulse = (LEFT + early_px - 25.0, 20.0, LEFT + early_px, 70.0)
    behind = replace(shown, evidence=LayoutEvidence((50.0,), tuple(found.tolist()), False, (pulse,), None, {}))
    ends = ends_of(shown)
    ends[:, 0] = np.nan
    axes = axes_of(behind, ends)
    expected = [LEFT + column * 10 * PX_PER_S / columns for column in range(columns)]
    assert starts_px(behind, axes) == pytest.approx(expected, abs=0.2)


@pytest.mark.parametrize("cut_mm", [62.0, 124.0])
def test_columns_cut_at_squares_begin_where_their_pulse_ends(cut_mm: float) -> None:
    name = {62.0: "3x4+1", 124.0: "6x2"}[cut_mm]
    columns, rows = FORMS[name]
    edges = LEFT + cut_mm * PX_PER_MM * np.arange(columns + 1)
    shown = layout_at(name, (edges + 0.3).tolist(), (PITCH * np.arange(rows + 1)).tolist())
    pulse = (LEFT - 25.0, 20.0, LEFT + 0.3, 70.0)
    behind = replace(shown, evidence=LayoutEvidence((50.0,), tuple(edges.tolist()), False, (pulse,), None, {}))
    ends = ends_of(shown, column_s=cut_mm / SPEED)
    ends[:, 0] = np.nan
    assert starts_px(behind, axes_of(behind, ends)) == pytest.approx(edges[:-1].tolist(), abs=0.3)


@pytest.mark.parametrize("name", ["3x4+1", "6x2"])
def test_columns_that_lean_begin_where_each_row_shows(name: str) -> None:
    shown, slant = layout(name), 0.004
    rows = np.array([(box.top + box.bottom) / 2 for box in shown.boxes])
    late = slant * (rows - rows.mean())
    axes = axes_of(shown, ends_of(shown) + late[:, None])
    expected = [LEFT + box.start_s * PX_PER_S + off for box, off in zip(shown.boxes, late, strict=True)]
    assert [axis.start_px for axis in axes] == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("cap", ["round", "square", "butt"])
def test_the_ends_tell_how_the_pen_ends(cap: str) -> None:
    shown, radius = layout("12x1"), 2.5
    angle = np.random.default_rng(1).uniform(0.0, 0.9, (12, 2))
    ends = ends_of(shown) + np.array([CAP, -CAP]) + np.array([-1, 1]) * REACHES[cap](angle, radius)
    axes = time_axes(page(), shown, StrokeEnds(ends, angle), radius, {})
    assert axes[0].start_px == pytest.approx(LEFT, abs=0.15)


def test_rows_whose_beginning_is_hidden_do_not_speak_against_the_others() -> None:
    shown = layout("12x1")
    ends = ends_of(shown)
    # Most beginnings are hidden, and the recording ends early.
    ends[:6, 0] = np.nan
    ends[:, 1] -= 10.0
    assert axes_of(shown, ends)[0].start_px == pytest.approx(LEFT, abs=0.1)


def test_a_divider_far_from_every_box_is_the_clock() -> None:
    shown = layout("3x4+1")
    edge = shown.boxes[1].left
    axis = axes_of(shown, np.full((13, 2), np.nan), {edge: edge + 4.0})[0]
    assert axis.start_px == pytest.approx(LEFT + 4.0, abs=0.3)


def test_ends_count_more_than_dividers_a_little_beside_them() -> None:
    shown = layout("3x4+1")
    edges = sorted({box.left for box in shown.boxes})[1:]
    axis = axes_of(shown, ends_of(shown), {edge: edge + 0.7 for edge in edges})[0]
    assert axis.start_px == pytest.approx(LEFT, abs=0.2)


def test_several_dividers_that_agree_outweigh_an_end_far_off() -> None:
    shown = layout("3x4+1")
    ends = np.full((13, 2), np.nan)
    ends[::4, 0] = LEFT + 9.0 - CAP
    edges = sorted({box.left for box in shown.boxes})[1:]
    axis = axes_of(shown, ends, {edge: edge + 0.2 for edge in edges})[0]
    assert axis.start_px == pytest.approx(LEFT, abs=0.3)


def test_ends_that_a_row_missed_do_not_count() -> None:
    shown = layout("12x1")
    ends = ends_of(shown)
    ends[0] += [9.0, -9.0]
    # A single row's speck beyond the others.
    ends[5] += [-6.0, 6.0]
    assert axes_of(shown, ends)[0].start_px == pytest.approx(LEFT, abs=0.05)


def test_a_strip_that_stands_apart_is_fitted_alone() -> None:
    shown = layout("3x4+1")
    strip = replace(shown.boxes[-1], left=LEFT + 60.0, right=LEFT + 60.0 + 10 * PX_PER_S)
    apart = replace(shown, boxes=(*shown.boxes[:-1], strip))
    axes = axes_of(apart, np.full((13, 2), np.nan))
    assert axes[-1].start_px == LEFT + 60.0
    assert axes[0].start_px == LEFT


def test_a_time_lies_at_its_column() -> None:
    assert TimeAxis(40.0, 125.0, 2.5, 2.5).at(2.0) == 290.0
