"""The clock of a page, fitted to ends of strokes at known places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.leads import Layout, LeadBox, layout_at
from preprocessing.page import Page
from preprocessing.traces.time_axis import TimeAxis, lengths_s, time_axes

PX_PER_MM, SPEED = 5.0, 25.0
PX_PER_S = PX_PER_MM * SPEED
LEFT, PITCH, CAP = 40.0, 100.0, 1.0


def page(scale_from: str = "grid") -> Page:
    return Page(np.zeros((10, 10, 3), np.uint8), PX_PER_MM, PX_PER_MM, scale_from)


def layout(name: str, off_px: float = 0.0) -> Layout:
    columns, rows = {"12x1": (1, 12), "3x4+1": (4, 4), "6x2": (2, 6)}[name]
    lefts = LEFT + off_px + 10 * PX_PER_S * np.arange(columns + 1) / columns
    return layout_at(name, lefts.tolist(), (PITCH * np.arange(rows + 1)).tolist())


def ends_of(shown: Layout, rate_hz: float = 500.0, scale: float = 1.0, zero_px: float = LEFT) -> np.ndarray:
    """Return where the ink of each lead begins and ends: NaN where another lead follows."""
    ends = np.full((len(shown.boxes), 2), np.nan)
    starts = [box.start_s for box in shown.boxes]
    for index, (box, length_s) in enumerate(zip(shown.boxes, lengths_s(shown), strict=True)):
        last_s = box.start_s + length_s
        if box.start_s == min(starts):
            ends[index, 0] = zero_px + scale * box.start_s * PX_PER_S - CAP
        if last_s == 10.0:
            # The last sample is drawn one sample before the end.
            ends[index, 1] = zero_px + scale * (last_s - 1 / rate_hz) * PX_PER_S + CAP
    return ends


def clocks(shown: Layout, ends: np.ndarray, dividers: dict[float, float] | None = None, **facts: str) -> list[TimeAxis]:
    return time_axes(page(**facts), shown, ends, CAP, dividers or {})


@pytest.mark.parametrize(
    ("name", "expected"), [("12x1", [10.0] * 12), ("6x2", [5.0] * 12), ("3x4+1", [2.5] * 12 + [10.0])]
)
def test_a_lead_lasts_from_its_column_to_the_next(name: str, expected: list[float]) -> None:
    assert lengths_s(layout(name)) == expected


def test_columns_of_the_same_seconds_last_their_share_of_the_page() -> None:
    boxes = [LeadBox("I", "12-lead", 0, 0, 500, 100), LeadBox("V1", "12-lead", 500, 0, 1000, 100)]
    strip = LeadBox("II", "rhythm", 0, 100, 1000, 200)
    assert lengths_s(Layout("same", 1.0, (*boxes, strip))) == [5.0, 5.0, 10.0]


@pytest.mark.parametrize("name", ["12x1", "6x2", "3x4+1"])
@pytest.mark.parametrize("off_px", [-4.0, 0.0, 3.0])
def test_ends_correct_boxes_that_are_off(name: str, off_px: float) -> None:
    shown = layout(name, off_px)
    for axis in clocks(shown, ends_of(shown)):
        assert axis.zero_px == pytest.approx(LEFT, abs=0.01)
        assert axis.px_per_s == PX_PER_S


@pytest.mark.parametrize("cap_error_px", [-0.4, 0.3])
def test_an_error_common_to_both_ends_cancels(cap_error_px: float) -> None:
    shown = layout("12x1")
    ends = ends_of(shown) + np.array([-cap_error_px, cap_error_px])
    assert clocks(shown, ends)[0].zero_px == pytest.approx(LEFT, abs=0.01)


def test_a_slow_recording_ends_a_longer_sample_early() -> None:
    shown = layout("12x1")
    assert clocks(shown, ends_of(shown, rate_hz=100.0))[0].zero_px == pytest.approx(LEFT, abs=0.01)


@pytest.mark.parametrize("scale", [0.985, 1.012])
@pytest.mark.parametrize("scale_from", ["grid", "columns"])
def test_a_trace_of_another_length_sets_the_scale(scale: float, scale_from: str) -> None:
    shown = layout("12x1")
    axis = clocks(shown, ends_of(shown, scale=scale), scale_from=scale_from)[0]
    assert axis.px_per_s == pytest.approx(scale * PX_PER_S, rel=1e-4)
    assert axis.zero_px == pytest.approx(LEFT, abs=0.05)


def test_a_length_that_is_far_off_is_not_believed() -> None:
    shown = layout("12x1")
    axis = clocks(shown, ends_of(shown, scale=0.9))[0]
    assert axis.px_per_s == PX_PER_S
    assert axis.zero_px == pytest.approx(LEFT, abs=0.01)


@pytest.mark.parametrize("side", [0, 1])
def test_one_end_is_enough(side: int) -> None:
    shown = layout("12x1", off_px=-3.0)
    ends = ends_of(shown)
    ends[:, side] = np.nan
    assert clocks(shown, ends)[0].zero_px == pytest.approx(LEFT, abs=0.01)


def test_without_ends_the_boxes_count() -> None:
    shown = layout("12x1", off_px=3.0)
    assert clocks(shown, np.full((12, 2), np.nan))[0] == TimeAxis(LEFT + 3.0, PX_PER_S)


def test_a_divider_decides_between_rates_where_an_end_is_hidden() -> None:
    shown = layout("3x4+1", off_px=-1.2)
    ends = ends_of(shown, rate_hz=100.0)
    ends[:, 0] = np.nan
    edge = shown.boxes[1].left
    without = clocks(shown, ends)[0].zero_px
    confirmed = clocks(shown, ends, {edge: LEFT + 2.5 * PX_PER_S + 0.3})[0].zero_px
    assert without == pytest.approx(LEFT - PX_PER_S * (1 / 100 - 1 / 500), abs=0.01)
    assert confirmed == pytest.approx(LEFT, abs=0.01)


def test_a_divider_far_from_every_end_is_the_clock() -> None:
    shown = layout("3x4+1")
    edge = shown.boxes[1].left
    axis = clocks(shown, np.full((13, 2), np.nan), {edge: edge + 4.0})[0]
    assert axis.zero_px == pytest.approx(LEFT + 4.0)


def test_a_divider_outweighs_an_end_that_is_off() -> None:
    shown = layout("3x4+1")
    ends = np.full((13, 2), np.nan)
    ends[:, 0] = LEFT + 3.0 - CAP
    edge = shown.boxes[1].left
    axis = clocks(shown, ends, {edge: edge + 0.4})[0]
    assert axis.zero_px == pytest.approx(LEFT + 0.4)


@pytest.mark.parametrize(("off_px", "zero_px"), [((2.6, 3.0, 3.4), 3.0), ((0.5, 3.0, 5.5), 0.0)], ids=["agree", "not"])
def test_several_dividers_that_agree_outweigh_both_ends(off_px: tuple[float, ...], zero_px: float) -> None:
    shown = layout("3x4+1")
    edges = [shown.boxes[column].left for column in (1, 2, 3)]
    dividers = {edge: edge + off for edge, off in zip(edges, off_px, strict=True)}
    axis = clocks(shown, ends_of(shown), dividers)[0]
    assert axis.zero_px == pytest.approx(LEFT + zero_px, abs=0.01)
    assert axis.px_per_s == PX_PER_S
    # Without a grid the traces' own length is the better measure.
    by_length = clocks(shown, ends_of(shown), dividers, scale_from="columns")[0]
    assert by_length.zero_px == pytest.approx(LEFT, abs=0.05)


@pytest.mark.parametrize("early_s", [0.025, 0.045])
def test_traces_that_end_a_little_early_keep_the_grids_scale(early_s: float) -> None:
    shown = layout("12x1")
    ends = ends_of(shown)
    ends[:, 1] -= early_s * PX_PER_S
    axis = clocks(shown, ends)[0]
    assert axis.px_per_s == PX_PER_S
    assert axis.zero_px == pytest.approx(LEFT, abs=0.01)


def test_ends_that_a_row_missed_do_not_count() -> None:
    shown = layout("12x1")
    ends = ends_of(shown)
    ends[0] += [9.0, -9.0]
    # A single row's speck beyond the others.
    ends[5] += [-6.0, 6.0]
    assert clocks(shown, ends)[0].zero_px == pytest.approx(LEFT, abs=0.01)


def test_columns_set_apart_have_clocks_of_their_own() -> None:
    shown = layout("6x2")
    gap_px = 30.0
    boxes = tuple(
        replace(box, left=box.left + gap_px, right=box.right + gap_px) if box.start_s else box for box in shown.boxes
    )
    apart = replace(shown, boxes=boxes)
    axes = time_axes(page(), apart, np.full((12, 2), np.nan), CAP, {})
    assert {round(axis.zero_px, 6) for axis in axes} == {LEFT, LEFT + gap_px}
    assert [axis.zero_px == LEFT for axis in axes] == [box.start_s == 0 for box in boxes]


def test_a_time_lies_at_its_column() -> None:
    assert TimeAxis(40.0, 125.0).at(2.0) == 290.0
