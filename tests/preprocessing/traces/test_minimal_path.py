"""Minimal-cost paths on small arrays of ink, where the right path is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.traces.config import PATH
from preprocessing.traces.minimal_path import Path, ink_paths
from preprocessing.traces.path_costs import Band

PX_PER_MM = 4.0
ROWS, COLUMNS = 160, 240
BASELINE, PITCH = 80, 50
X = np.arange(COLUMNS)
NO_NAMES = np.zeros((ROWS, COLUMNS), dtype=bool)


def stroke(rows: np.ndarray, thick: int = 1) -> np.ndarray:
    """Draw a line through one row in each column, without gaps, shape (ROWS, COLUMNS)."""
    ink = np.zeros((ROWS, COLUMNS))
    last = rows[0]
    for x, row in enumerate(rows):
        first, stop = sorted((int(last), int(row)))
        ink[first : stop + thick, x] = 1
        last = row
    return ink


def band(**changes: object) -> Band:
    return replace(Band(0, COLUMNS, BASELINE, 60.0, PITCH), **changes)  # type: ignore[arg-type]


def path(ink: np.ndarray, in_names: np.ndarray = NO_NAMES, **changes: object) -> Path:
    return ink_paths(ink, in_names, [band(**changes)], PX_PER_MM)[0]


def wave(height: float) -> np.ndarray:
    return np.rint(BASELINE + height * np.sin(X / 15)).astype(int)


@pytest.mark.parametrize("height", [3, 20, 40])
def test_a_path_stays_on_a_lone_stroke(height: float) -> None:
    ink = stroke(wave(height))
    found = path(ink)
    assert ink[found.leaves.astype(int), X].all()
    np.testing.assert_array_equal(found.enters[1:], found.leaves[:-1])


def test_a_path_climbs_a_spike_and_comes_back() -> None:
    rows = np.full(COLUMNS, BASELINE)
    rows[118:123] -= np.array([5, 25, 45, 25, 5])
    found = path(stroke(rows))
    assert min(found.enters.min(), found.leaves.min()) < BASELINE - 25
    assert found.leaves[-1] == found.leaves[0] == BASELINE


def test_a_gap_is_crossed_without_a_detour() -> None:
    rows = np.full(COLUMNS, BASELINE + 6)
    ink = stroke(rows)
    ink[:, 100:130] = 0
    found = path(ink).leaves
    outside = (X < 100) | (X >= 130)
    np.testing.assert_array_equal(found[outside], BASELINE + 6)
    assert np.ptp(found) <= 6


def test_a_neighbouring_stroke_does_not_lead_a_path_away() -> None:
    rows = np.full(COLUMNS, BASELINE)
    ink = stroke(rows) + stroke(rows + PITCH)
    # The neighbour is whole, the lead's own stroke is not.
    ink[BASELINE, 97:103] = 0
    np.testing.assert_array_equal(path(ink).leaves, BASELINE)


def test_only_the_cost_off_the_baseline_keeps_a_pale_lead_from_its_neighbour(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.full(COLUMNS, BASELINE)
    ink = 0.4 * stroke(rows) + stroke(rows + PITCH)
    np.testing.assert_array_equal(path(ink).leaves, BASELINE)
    monkeypatch.setattr("preprocessing.traces.path_costs.PATH", replace(PATH, off_baseline=0.0))
    assert path(ink).leaves.max() == BASELINE + PITCH


def test_known_ends_decide_between_two_strokes() -> None:
    ink = stroke(np.full(COLUMNS, BASELINE - 12)) + stroke(np.full(COLUMNS, BASELINE + 12))
    for row in (BASELINE - 12.0, BASELINE + 12.0):
        np.testing.assert_array_equal(path(ink, ends=(row, row)).leaves, row)


@pytest.mark.parametrize("last", [BASELINE - 12, BASELINE + 12])
def test_a_known_end_decides_where_strokes_meet(last: int) -> None:
    ink = stroke(np.full(COLUMNS, BASELINE - 12)) + stroke(np.full(COLUMNS, BASELINE + 12))
    ink[BASELINE - 12 : BASELINE + 12, 120] = 1
    found = path(ink, ends=(BASELINE - 12.0, float(last))).leaves
    assert found[0] == BASELINE - 12
    assert found[-1] == last


def test_ink_of_another_lead_is_left_out_for_nothing() -> None:
    # An S wave, with the R wave of the lead below right under its tip.
    rows = np.full(COLUMNS, BASELINE - 20)
    rows[116:123] += np.array([2, 8, 14, 20, 14, 8, 2])
    ink = stroke(rows)
    other = np.zeros_like(ink, dtype=bool)
    other[BASELINE + 1 : BASELINE + 40, 118:121] = True
    ink[other] = 1
    unaware = path(ink)
    aware = ink_paths(ink, NO_NAMES, [band()], PX_PER_MM, [other])[0]
    assert unaware.leaves.max() > BASELINE + 20
    assert aware.leaves.max() <= BASELINE
    assert ink[aware.leaves.astype(int), X].all()


def test_leads_in_batches_have_the_paths_that_they_have_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = np.maximum(stroke(wave(15)), stroke(wave(-10) + 60))
    bands = [band(), band(baseline=BASELINE + 60.0), band(left=40, right=COLUMNS - 20)]
    at_once = ink_paths(ink, NO_NAMES, bands, PX_PER_MM)
    monkeypatch.setattr("preprocessing.traces.minimal_path.PATH", replace(PATH, cells_max=1))
    in_batches = ink_paths(ink, NO_NAMES, bands, PX_PER_MM)
    for one, other in zip(at_once, in_batches, strict=True):
        np.testing.assert_array_equal(one.enters, other.enters)
        np.testing.assert_array_equal(one.leaves, other.leaves)


def test_coarse_cells_place_a_path_to_within_a_cell() -> None:
    rows = wave(20)
    # Three pixels to a cell.
    found = ink_paths(stroke(rows, thick=2), NO_NAMES, [band()], 3 * PX_PER_MM)[0]
    assert np.abs(found.leaves - rows).max() <= 3


def test_a_band_beyond_the_picture_is_background() -> None:
    ink = stroke(np.full(COLUMNS, 4))
    np.testing.assert_array_equal(path(ink, baseline=4.0).leaves, 4)


def test_a_path_crosses_a_letter_to_the_complex_beyond_it() -> None:
    rows = np.full(COLUMNS, BASELINE)
    rows[118:123] += np.array([10, 30, 50, 30, 10])
    ink = stroke(rows)
    letter = np.zeros(ink.shape, dtype=bool)
    letter[BASELINE + 4 : BASELINE + 12, 100:140] = True
    ink[letter] = 0
    assert path(ink).leaves.max() == BASELINE
    assert path(ink, letter).leaves.max() > BASELINE + 40


def test_a_path_leaves_the_letters_of_a_name_where_its_lead_is_seen() -> None:
    # Beside a divider the lead's first ten pixels are hidden, and the strokes of a name are taken for trace.
    ink = stroke(np.full(COLUMNS, BASELINE))
    ink[:, :10] = 0
    ink[BASELINE + 12, :24] = 1
    ink[BASELINE : BASELINE + 12, 23] = 1
    letter = np.zeros(ink.shape, dtype=bool)
    letter[BASELINE + 2 : BASELINE + 16, :26] = True
    assert (path(ink).leaves[10:20] > BASELINE).all()
    np.testing.assert_array_equal(path(ink, letter).leaves[10:], BASELINE)


def test_a_lead_that_runs_through_letters_keeps_its_path() -> None:
    rows = wave(6)
    ink = stroke(rows)
    letters = np.zeros(ink.shape, dtype=bool)
    letters[BASELINE - 14 : BASELINE + 14, 60:140] = True
    found = path(ink, letters)
    assert ink[found.leaves.astype(int), X].all()
