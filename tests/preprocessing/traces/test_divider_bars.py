"""What is labelled as divider beside the bars that dividers are is given back to the trace."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.leads import Layout, layout_at
from preprocessing.traces.divider_bars import give_back_strokes

PX_PER_MM = 6.0
PITCH, WIDTH, LEFT, TOP = 120, 240, 30, 40
ROWS, COLUMNS = TOP + 3 * PITCH + 40, LEFT + 4 * WIDTH + 30
EDGES = [LEFT + WIDTH * column for column in range(5)]
BASELINES = [TOP + PITCH * row + PITCH // 2 for row in range(3)]
BAR_HEIGHT, BAR_WIDTH = 50, 4


def layout() -> Layout:
    return layout_at("3x4", EDGES, [TOP + PITCH * row for row in range(4)])


def bars(lines: int = 1) -> np.ndarray:
    """Return the map of a bar of so many lines, a millimetre apart, at each edge between columns, in each row."""
    map_ = np.zeros((ROWS, COLUMNS), np.float32)
    for edge in EDGES[1:-1]:
        for baseline in BASELINES:
            for line in range(lines):
                left = edge + line * round(PX_PER_MM)
                map_[baseline - BAR_HEIGHT // 2 : baseline + BAR_HEIGHT // 2, left : left + BAR_WIDTH // lines] = 1
    return map_


def complexes(edge: int, off: int) -> np.ndarray:
    """Return the map of a steep stroke in each row, beside an edge and of another height in each row."""
    map_ = np.zeros((ROWS, COLUMNS), np.float32)
    for baseline, height in zip(BASELINES, (24, 40, 56), strict=True):
        for column in range(4):
            first = baseline - height + column * height // 4
            map_[first : first + height // 4 + 4, edge + off + column] = 1
    return map_


@pytest.mark.parametrize("off", [-12, 9])
def test_a_steep_stroke_beside_a_bar_is_the_traces(off: int) -> None:
    stroke = complexes(EDGES[2], off)
    trace, divider = np.zeros_like(stroke), np.maximum(bars(), stroke)
    give_back_strokes(trace, divider, layout(), PX_PER_MM)
    np.testing.assert_array_equal(trace, stroke)
    np.testing.assert_array_equal(divider, bars())


def test_strokes_that_touch_one_bar_do_not_make_it_wider() -> None:
    stroke = complexes(EDGES[2], BAR_WIDTH)
    trace, divider = np.zeros_like(stroke), np.maximum(bars(), stroke)
    give_back_strokes(trace, divider, layout(), PX_PER_MM)
    # All but the pixel beside the bar, which may be its own.
    np.testing.assert_array_equal(trace[:, EDGES[2] + BAR_WIDTH + 1 :], stroke[:, EDGES[2] + BAR_WIDTH + 1 :])


def test_a_trace_that_is_known_stays_as_it_is() -> None:
    trace = np.zeros((ROWS, COLUMNS), np.float32)
    trace[BASELINES] = 0.7
    before = trace.copy()
    give_back_strokes(trace, bars(), layout(), PX_PER_MM)
    np.testing.assert_array_equal(trace, before)


def test_what_two_labels_share_is_at_most_a_whole_pixel() -> None:
    stroke = complexes(EDGES[1], 9)
    trace, divider = 0.6 * stroke, np.maximum(bars(), 0.8 * stroke)
    give_back_strokes(trace, divider, layout(), PX_PER_MM)
    np.testing.assert_array_equal(trace, stroke)


def test_both_lines_of_a_double_divider_stay() -> None:
    trace, divider = np.zeros((ROWS, COLUMNS), np.float32), bars(lines=2)
    give_back_strokes(trace, divider, layout(), PX_PER_MM)
    assert not trace.any()
    np.testing.assert_array_equal(divider, bars(lines=2))


def test_without_bars_nothing_is_given_back() -> None:
    # A stroke of one row alone is no divider, and nothing shows where one would stand.
    stroke = complexes(EDGES[2], 3)
    stroke[BASELINES[1] - PITCH // 2 :] = 0
    trace, divider = np.zeros_like(stroke), stroke.copy()
    give_back_strokes(trace, divider, layout(), PX_PER_MM)
    assert not trace.any()
    np.testing.assert_array_equal(divider, stroke)
