"""Edges of strokes and the line of the pen, on strokes of known place and width."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.traces.minimal_path import Path
from preprocessing.traces.pen import pen_line, stroke_edges

ROWS, COLUMNS = 80, 60
X = np.arange(COLUMNS, dtype=float)
NOBODYS = np.zeros((ROWS, COLUMNS), dtype=bool)


def covered(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return the share of each pixel between two edges, shape (ROWS, COLUMNS); pixel r spans r - 0.5 to r + 0.5."""
    row = np.arange(ROWS)[:, None]
    return np.clip(np.minimum(row + 0.5, lower) - np.maximum(row - 0.5, upper), 0, 1)


def edges_along(
    ink: np.ndarray, enters: np.ndarray, leaves: np.ndarray, reach_px: int, alone: np.ndarray
) -> np.ndarray:
    """Return the edges along a path over the whole width, beside which nothing else lies."""
    return stroke_edges(ink, [0], [Path(enters, leaves)], reach_px, alone, np.zeros(COLUMNS, bool))[0]


@pytest.mark.parametrize("width", [1.6, 2.3, 3.7, 6.2, 20.4])
@pytest.mark.parametrize("shift", [0.0, 0.3, 0.5, 0.85])
def test_edges_are_found_to_a_part_of_a_pixel(width: float, shift: float) -> None:
    middle = np.full(COLUMNS, 40 + shift)
    ink = covered(middle - width / 2, middle + width / 2)
    edges = edges_along(ink, middle.round(), middle.round(), reach_px=15, alone=NOBODYS)
    np.testing.assert_allclose(edges, [middle - width / 2, middle + width / 2], atol=0.08)


def test_edges_are_those_of_the_stroke_under_the_path() -> None:
    ink = covered(X * 0 + 19.5, X * 0 + 22.5) + covered(X * 0 + 49.5, X * 0 + 52.5)
    on_lower = edges_along(ink, np.full(COLUMNS, 51.0), np.full(COLUMNS, 51.0), reach_px=5, alone=NOBODYS)
    np.testing.assert_allclose(on_lower, [X * 0 + 49.5, X * 0 + 52.5], atol=0.01)


def test_a_path_over_background_has_no_edges() -> None:
    ink = covered(X * 0 + 39.5, X * 0 + 42.5)
    ink[:, 20:30] = 0
    edges = edges_along(ink, np.full(COLUMNS, 41.0), np.full(COLUMNS, 41.0), reach_px=5, alone=NOBODYS)
    np.testing.assert_array_equal(np.isnan(edges[0]), (X >= 20) & (X < 30))


def test_ink_beyond_the_reach_belongs_to_another_stroke() -> None:
    ink = covered(X * 0 + 29.5, X * 0 + 32.5)
    # A tall stroke of another lead touches from above.
    ink[5:30, 40] = 1
    edges = edges_along(ink, np.full(COLUMNS, 31.0), np.full(COLUMNS, 31.0), reach_px=4, alone=NOBODYS)
    # Two pixels beyond still count for the edge itself.
    assert edges[0, 40] == pytest.approx(31 - 4 - 2.5, abs=0.1)
    far = edges_along(ink, np.full(COLUMNS, 31.0), np.full(COLUMNS, 31.0), reach_px=60, alone=NOBODYS)
    assert far[0, 40] == pytest.approx(4.5, abs=0.6)


@pytest.mark.parametrize("overlaid_rows", [0, 1, 3])
def test_the_tip_of_a_wedge_counts_also_above_a_grid_line_drawn_over_it(overlaid_rows: int) -> None:
    tip = np.abs(X - 30) < 4
    ink = covered(np.where(tip, 5.5 + 3 * np.abs(X - 30), 58.5), X * 0 + 61.5)
    certain = ink > 0.5
    ink[30 : 30 + overlaid_rows] *= 0.2
    path = np.full(COLUMNS, 60.0)
    edges = edges_along(ink, path, path, reach_px=10, alone=certain)
    np.testing.assert_allclose(edges[0, tip], 5.5 + 3 * np.abs(X[tip] - 30), atol=0.6)
    np.testing.assert_allclose(edges[0, ~tip], 58.5, atol=0.1)
    # Where another stroke may own it, ink so far away does not count.
    assert (edges_along(ink, path, path, reach_px=10, alone=NOBODYS)[0, tip] > 45).all()


def test_paths_together_have_the_edges_that_each_has_alone() -> None:
    ink = covered(X * 0 + 19.5, 21.5 + X / 20) + covered(X * 0 + 49.5, 51.5 + X / 20)
    ink[20:50, 30] = 1
    paths = [Path(np.full(length, row), np.full(length, row)) for length, row in ((40, 20.0), (50, 50.0))]
    sure = ink > 0.5
    shared = [np.abs(np.arange(40) - 30) < 2, np.abs(np.arange(50) - 20) < 2]
    together = stroke_edges(ink, [0, 10], paths, 6, sure, np.concatenate(shared))
    for edges, left, path, own in zip(together, (0, 10), paths, shared, strict=True):
        np.testing.assert_array_equal(edges, stroke_edges(ink, [left], [path], 6, sure, own)[0])
    assert together[0][1, 30] < 35 < together[1][1, 20]
    # Unless another path lies in the same ink, all of it is the stroke's.
    assert edges_along(ink, np.full(COLUMNS, 20.0), np.full(COLUMNS, 20.0), reach_px=6, alone=sure)[1, 30] > 45


def test_a_stroke_that_leaves_the_page_ends_at_its_edge() -> None:
    ink = np.ones((ROWS, COLUMNS))
    path = np.full(COLUMNS, 40.0)
    edges = edges_along(ink, path, path, reach_px=5, alone=ink > 0.5)
    np.testing.assert_allclose(edges, [X * 0 - 0.5, X * 0 + ROWS - 0.5], atol=0.1)


def test_a_pale_stroke_has_its_width_at_half_of_its_own_darkness() -> None:
    middle = np.full(COLUMNS, 40.0)
    ink = 0.4 * covered(middle - 4.5, middle + 4.5)
    edges = edges_along(ink, middle, middle, reach_px=10, alone=NOBODYS)
    assert np.isfinite(edges).all()
    assert (edges[1] - edges[0] > 3).all()


def outline(line: np.ndarray, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges that a round pen draws along a line, columns finely sampled."""
    fine = np.arange(0, COLUMNS - 1 + 0.01, 0.05)
    rows = np.interp(fine, X, line)
    upper, lower = np.full(COLUMNS, np.inf), np.full(COLUMNS, -np.inf)
    for x in range(COLUMNS):
        near = np.abs(fine - x) <= radius
        drop = np.sqrt(radius**2 - (fine[near] - x) ** 2)
        upper[x], lower[x] = (rows[near] - drop).min(), (rows[near] + drop).max()
    return upper, lower


@pytest.mark.parametrize("radius", [1.0, 2.0, 3.5])
@pytest.mark.parametrize("slope", [0.0, 0.5, 2.0])
def test_the_line_of_a_straight_stroke_is_its_middle(radius: float, slope: float) -> None:
    line = 10 + slope * X
    inner = slice(8, -8)
    np.testing.assert_allclose(pen_line(*outline(line, radius), radius)[inner], line[inner], atol=0.1)


@pytest.mark.parametrize("radius", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("up", [1, -1])
def test_the_tip_of_a_peak_is_kept(radius: float, up: int) -> None:
    line = 40 - up * np.clip(24 - 4 * np.abs(X - 30), 0, None)
    found = pen_line(*outline(line, radius), radius)
    assert found[30] == pytest.approx(line[30], abs=0.4)
    # The middle of the stroke is far from the tip there.
    upper, lower = outline(line, radius)
    assert abs((upper[30] + lower[30]) / 2 - line[30]) > 0.5 * radius


def test_no_ink_is_no_line() -> None:
    upper, lower = outline(np.full(COLUMNS, 40.0), 2.0)
    upper[25:30] = lower[25:30] = np.nan
    np.testing.assert_array_equal(np.isnan(pen_line(upper, lower, 2.0)), (X >= 25) & (X < 30))
    assert np.isnan(pen_line(np.full(COLUMNS, np.nan), np.full(COLUMNS, np.nan), 2.0)).all()
