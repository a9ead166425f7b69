"""Paths of several leads at once: each keeps to its own ink where they touch or cross."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.traces.lead_paths import _stretches, lead_paths
from preprocessing.traces.minimal_path import ink_paths
from preprocessing.traces.path_costs import Band

PX_PER_MM, PITCH = 4.0, 60
ROWS, COLUMNS = 200, 300
UPPER, LOWER = 70, 70 + PITCH
X = np.arange(COLUMNS)
NO_NAMES = np.zeros((ROWS, COLUMNS), dtype=bool)


def stroke(rows: np.ndarray, left: int = 0) -> np.ndarray:
    """Draw a line two pixels wide through one row in each column, without gaps."""
    ink = np.zeros((ROWS, COLUMNS))
    last = rows[0]
    for x, row in enumerate(rows, start=left):
        first, stop = sorted((int(last), int(row)))
        ink[first : stop + 2, x] = 1
        last = row
    return ink


def wave(baseline: int, height: float, at: int, width: float = 3.0) -> np.ndarray:
    return np.rint(baseline + height * np.exp(-(((X - at) / width) ** 2))).astype(int)


def bands() -> list[Band]:
    return [Band(0, COLUMNS, baseline, 90.0, PITCH) for baseline in (UPPER, LOWER)]


def off(found: np.ndarray, rows: np.ndarray) -> float:
    """Return how far a path is from a stroke, at most, in pixels; a step of the stroke is no distance."""
    before = np.concatenate([rows[:1], rows[:-1]])
    low, high = np.minimum(before, rows), np.maximum(before, rows) + 1
    return float(np.max(np.maximum(low - found, found - high)))


def test_leads_that_do_not_touch_have_the_paths_that_each_has_alone() -> None:
    upper, lower = wave(UPPER, -30, 100), wave(LOWER, 25, 200)
    ink = np.maximum(stroke(upper), stroke(lower))
    for found, band in zip(lead_paths(ink, NO_NAMES, bands(), PX_PER_MM)[0], bands(), strict=True):
        (alone,) = ink_paths(ink, NO_NAMES, [band], PX_PER_MM)
        np.testing.assert_array_equal(found.enters, alone.enters)
        np.testing.assert_array_equal(found.leaves, alone.leaves)


# An S wave of the upper lead whose tip touches the tip of an R wave of the lower one.
TOUCHING = wave(UPPER, 36, 150, 2.0), wave(LOWER, -23, 150, 2.0)


def test_tips_that_touch_go_back_to_their_own_rows() -> None:
    upper, lower = TOUCHING
    ink = np.maximum(stroke(upper), stroke(lower))
    (of_upper, of_lower), _ = lead_paths(ink, NO_NAMES, bands(), PX_PER_MM)
    assert off(of_upper.leaves, upper) <= 1
    assert off(of_lower.leaves, lower) <= 1
    for found in (of_upper, of_lower):
        np.testing.assert_array_equal(found.enters[1:], found.leaves[:-1])


def test_the_second_pass_is_what_keeps_touching_leads_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    upper, lower = TOUCHING
    ink = np.maximum(stroke(upper), stroke(lower))
    monkeypatch.setattr("preprocessing.traces.lead_paths._stretches", lambda touching, around: [])
    (of_upper, of_lower), _ = lead_paths(ink, NO_NAMES, bands(), PX_PER_MM)
    assert max(off(of_upper.leaves, upper), off(of_lower.leaves, lower)) > 3


def test_paths_outside_the_touching_stretch_are_those_of_the_first_pass() -> None:
    upper, lower = TOUCHING
    ink = np.maximum(stroke(upper), stroke(lower))
    first = ink_paths(ink, NO_NAMES, bands(), PX_PER_MM)
    for found, before in zip(lead_paths(ink, NO_NAMES, bands(), PX_PER_MM)[0], first, strict=True):
        away = np.abs(X - 150) > 40
        np.testing.assert_array_equal(found.leaves[away], before.leaves[away])


def test_bands_of_different_widths_come_back_in_their_order() -> None:
    half = COLUMNS // 2
    left = stroke(np.full(half, UPPER))
    right = stroke(np.full(half, UPPER + 10), left=half)
    strip = stroke(np.full(COLUMNS, LOWER))
    chosen = [
        replace(bands()[0], right=half),
        Band(0, COLUMNS, LOWER, 90.0, PITCH),
        replace(bands()[0], left=half, baseline=UPPER + 10),
    ]
    found, _ = lead_paths(np.maximum.reduce([left, right, strip]), NO_NAMES, chosen, PX_PER_MM)
    assert [path.leaves.size for path in found] == [half, COLUMNS, half]
    for path, row in zip(found, (UPPER, LOWER, UPPER + 10), strict=True):
        assert off(path.leaves, np.full(path.leaves.size, row)) == 0


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([], []),
        ([50], [(46, 55)]),
        ([50, 58], [(46, 63)]),
        ([50, 59], [(46, 55), (55, 64)]),
        ([1, 98], [(0, 6), (94, 100)]),
    ],
)
def test_touching_columns_are_grouped_with_room_to_both_sides(
    columns: list[int], expected: list[tuple[int, int]]
) -> None:
    touching = np.zeros(100, dtype=bool)
    touching[columns] = True
    assert _stretches(touching, 4) == expected
