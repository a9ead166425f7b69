"""Ruled lines and dividers are erased, traces are not."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.leads import Layout, layout_at
from preprocessing.traces.ruling import erase_ruling

PX_PER_MM = 5.0
PITCH, WIDTH, LEFT, TOP = 100, 200, 30, 40
ROWS, COLUMNS = TOP + 4 * PITCH + 40, LEFT + 4 * WIDTH + 30
EDGES = [LEFT + WIDTH * column for column in range(5)]
BASELINES = [TOP + PITCH * row + PITCH // 2 for row in range(4)]


def layout(name: str = "3x4+1") -> Layout:
    rows = 4 if name == "3x4+1" else 3
    return layout_at(name, EDGES, [TOP + PITCH * row for row in range(rows + 1)])


def traces() -> np.ndarray:
    ink = np.zeros((ROWS, COLUMNS))
    for baseline in BASELINES:
        ink[baseline - 1 : baseline + 1, LEFT : LEFT + 4 * WIDTH] = 1
    return ink


def with_bars(ink: np.ndarray, height: int = 40, width: int = 3, rows: int = 3, off: int = 0) -> np.ndarray:
    ink = ink.copy()
    for edge in EDGES[1:-1]:
        for baseline in BASELINES[:rows]:
            ink[baseline - height // 2 : baseline + height // 2, edge + off : edge + off + width] = 1
    return ink


@pytest.mark.parametrize("off", [-6, 0, 5])
@pytest.mark.parametrize("width", [1, 3, 6])
def test_bars_are_erased_and_their_middles_returned(off: int, width: int) -> None:
    ink = with_bars(traces(), width=width, off=off)
    hidden, dividers = erase_ruling(ink, layout(), PX_PER_MM)
    expected = np.zeros(COLUMNS, dtype=bool)
    for edge in EDGES[1:-1]:
        expected[edge + off : edge + off + width] = True
        assert dividers[float(edge)] == pytest.approx(edge + off + (width - 1) / 2)
    np.testing.assert_array_equal(hidden, expected)
    assert not ink[: BASELINES[3] - 20, expected].any()
    # Everything else, the strip among it, is left as it was.
    np.testing.assert_array_equal(ink[:, ~expected], traces()[:, ~expected])
    np.testing.assert_array_equal(ink[BASELINES[3] - 20 :], traces()[BASELINES[3] - 20 :])


def test_a_line_through_all_rows_is_a_divider() -> None:
    ink = traces()
    ink[TOP : TOP + 3 * PITCH, EDGES[2] : EDGES[2] + 2] = 1
    hidden, dividers = erase_ruling(ink, layout(), PX_PER_MM)
    assert set(dividers) == {EDGES[2]}
    assert hidden.sum() == 2


def test_a_pale_flank_is_erased_with_its_divider() -> None:
    ink = with_bars(traces())
    ink[:, EDGES[1] - 1] = np.maximum(ink[:, EDGES[1] - 1], 0.3 * ink[:, EDGES[1]])
    hidden, _ = erase_ruling(ink, layout(), PX_PER_MM)
    assert hidden[EDGES[1] - 1]
    assert not hidden[EDGES[1] - 2]


def test_a_complex_in_one_row_is_no_divider() -> None:
    ink = traces()
    ink[BASELINES[1] - 30 : BASELINES[1] + 10, EDGES[1] : EDGES[1] + 3] = 1
    before = ink.copy()
    hidden, dividers = erase_ruling(ink, layout(), PX_PER_MM)
    assert not hidden.any()
    assert not dividers
    np.testing.assert_array_equal(ink, before)


@pytest.mark.parametrize(("height", "width"), [(10, 3), (40, 12)])
def test_marks_too_short_or_too_wide_are_no_dividers(height: int, width: int) -> None:
    hidden, dividers = erase_ruling(with_bars(traces(), height, width), layout(), PX_PER_MM)
    assert not hidden.any()
    assert not dividers


def test_the_outer_edges_have_no_dividers() -> None:
    ink = traces()
    for edge in (EDGES[0], EDGES[-1]):
        for baseline in BASELINES[:3]:
            ink[baseline - 20 : baseline + 20, edge : edge + 3] = 1
    assert not erase_ruling(ink, layout(), PX_PER_MM)[0].any()


def test_rules_above_and_below_the_leads_are_erased_and_rows_of_trace_kept() -> None:
    ink = traces()
    ink[10:12, 20:-20] = 1
    ink[-15:-13, 20:-20] = 1
    erase_ruling(ink, layout(), PX_PER_MM)
    np.testing.assert_array_equal(ink, traces())


def test_a_line_of_print_is_no_rule() -> None:
    ink = traces()
    ink[10:12, LEFT : LEFT + 2 * WIDTH] = 1
    before = ink.copy()
    erase_ruling(ink, layout(), PX_PER_MM)
    np.testing.assert_array_equal(ink, before)
