"""Rows of trace: counted where all are seen apart, and followed over waves, gaps and neighbours."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sample_images as drawn
from preprocessing.leads.config import CLEAR, FADED
from preprocessing.leads.rows import find_rows

PX_PER_MM = 4.0
HEIGHT, WIDTH = 600, 1000


def trace(seed=0, size=900, high=60):
    """Return waves and spikes like those of a heart, in pixels."""
    rng = np.random.default_rng(seed)
    x = np.arange(size)
    y = 4 * np.sin(2 * np.pi * x / 90 + rng.uniform(0, 6))
    for beat in range(int(rng.integers(5, 60)), size, 90):
        y[beat : beat + 4] += np.array([0.4, 1, -0.5, -0.2])[: max(0, min(4, size - beat))] * high
    return y


def inked(mask, baseline, y, left=50, pen=2):
    """Draw a trace: each column is inked from the last sample to its own."""
    y = np.rint(baseline - y).astype(int)
    before = np.concatenate([y[:1], y[:-1]])
    for x, low, high in zip(range(left, left + y.size), np.minimum(y, before), np.maximum(y, before), strict=True):
        mask[max(low, 0) : max(high + pen, 0), x] = True


def page_of(baselines, **choices):
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for number, baseline in enumerate(baselines):
        inked(mask, baseline, trace(number, **choices))
    return mask


@given(st.integers(1, 6), st.integers(70, 95), st.integers(0, 50))
@settings(max_examples=20)
def test_every_row_is_found_at_its_baseline(count, pitch, top):
    baselines = [70 + top + pitch * row for row in range(count) if 70 + top + pitch * row < HEIGHT - 30]
    rows = find_rows(page_of(baselines), PX_PER_MM)
    np.testing.assert_allclose(rows.baselines, baselines, atol=6)
    np.testing.assert_allclose(rows.left, 50, atol=2)
    np.testing.assert_allclose(rows.right, 949, atol=2)


@pytest.mark.parametrize("factor", [2, 3])
def test_finer_pages_give_the_same_rows(factor):
    mask = page_of([100, 220, 340])
    coarse = find_rows(mask, PX_PER_MM)
    fine = find_rows(mask.repeat(factor, axis=0).repeat(factor, axis=1), factor * PX_PER_MM)
    np.testing.assert_allclose((fine.baselines + 0.5) / factor - 0.5, coarse.baselines, atol=0.5)
    np.testing.assert_allclose(fine.right, factor * coarse.right + factor - 1, atol=factor)


def test_lines_of_print_are_not_rows():
    page = drawn.draw_document(drawn.PageStyle(dpi=100), seed=4)
    assert find_rows(page.image.max(axis=2) < 128, page.px_per_mm, CLEAR).baselines.size == 0


@pytest.mark.parametrize("high", [60, 100, 140])
def test_rows_whose_complexes_reach_far_into_their_neighbours_are_counted(high):
    baselines = [150, 220, 290, 360]
    rows = find_rows(page_of(baselines, high=high), PX_PER_MM)
    np.testing.assert_allclose(rows.baselines, baselines, atol=6)
    np.testing.assert_allclose(rows.left, 50, atol=2)
    np.testing.assert_allclose(rows.right, 949, atol=2)


@pytest.mark.parametrize("high", [20, 32, 40])
def test_waves_without_any_level_part_are_rows(high):
    # As in ventricular tachycardia: the trace never rests on its baseline.
    baselines = [100, 190, 280, 370]
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for number, baseline in enumerate(baselines):
        inked(mask, baseline, high * np.sin(2 * np.pi * np.arange(900) / 40 + number))
    rows = find_rows(mask, PX_PER_MM)
    assert rows.baselines.size == 4
    np.testing.assert_allclose(rows.baselines, baselines, atol=0.5 * high)
    np.testing.assert_allclose(rows.right, 949, atol=2)


def test_rows_may_differ_in_length():
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    sizes = [900, 600, 600, 820]
    for number, size in enumerate(sizes):
        inked(mask, 100 + 100 * number, trace(number, size=size))
    rows = find_rows(mask, PX_PER_MM)
    np.testing.assert_allclose(rows.baselines, [100, 200, 300, 400], atol=6)
    np.testing.assert_allclose(rows.left, 50, atol=2)
    np.testing.assert_allclose(rows.right, [49 + size for size in sizes], atol=2)


def test_the_pieces_of_a_row_are_those_that_no_gap_interrupts():
    mask = page_of([100, 220, 340])
    mask[:, 480:500] = False
    mask[300:380, 700:712] = False
    rows = find_rows(mask, PX_PER_MM)
    for pieces, expected in zip(rows.pieces, [[50, 479], [50, 479], [50, 479, 500, 699]], strict=True):
        np.testing.assert_allclose(pieces.ravel()[: len(expected)], expected, atol=1)
    assert [len(pieces) for pieces in rows.pieces] == [2, 2, 3]


def test_a_trace_that_is_seen_twice_on_half_of_the_page_is_one_row():
    mask = page_of([100, 220, 340])
    twice = mask.copy()
    twice[8:, :500] |= mask[:-8, :500]
    np.testing.assert_allclose(find_rows(twice, PX_PER_MM).baselines, [100, 220, 340], atol=6)


def test_a_short_gap_stays_within_a_row_and_a_wide_one_ends_it():
    mask = page_of([100, 220, 340])
    mask[180:260, 500:520] = False
    mask[300:380, 600:700] = False
    rows = find_rows(mask, PX_PER_MM)
    np.testing.assert_allclose(rows.right, [949, 949, 599], atol=3)


def test_rows_too_short_for_a_page_are_dropped():
    mask = page_of([100, 220])
    mask[:160, 250:] = False
    np.testing.assert_allclose(find_rows(mask, PX_PER_MM).baselines, [220], atol=6)


def test_a_dashed_row_is_found_with_the_demands_for_faded_pages():
    mask = page_of([100, 220, 340])
    # Dashes of 3.5 mm and gaps of 3 mm.
    mask[:, np.arange(WIDTH) % 26 >= 14] = False
    assert find_rows(mask, PX_PER_MM, CLEAR).baselines.size == 0
    np.testing.assert_allclose(find_rows(mask, PX_PER_MM, FADED).baselines, [100, 220, 340], atol=8)


@pytest.mark.parametrize("shape", [(30, 480), (480, 30), (240, 480)])
@pytest.mark.parametrize("px_per_mm", [0.8, 4.0, 30.0])
def test_blank_pages_have_no_rows_and_black_ones_at_most_one(shape, px_per_mm):
    rows = find_rows(np.zeros(shape, bool), px_per_mm)
    assert rows.baselines.size == rows.left.size == rows.right.size == len(rows.pieces) == 0
    rows = find_rows(np.ones(shape, bool), px_per_mm)
    assert rows.baselines.size == rows.left.size == rows.right.size == len(rows.pieces) <= 1


def test_noise_has_no_rows():
    mask = np.random.default_rng(0).random((HEIGHT, WIDTH)) > 0.5
    assert find_rows(mask, PX_PER_MM).baselines.size == 0


def test_a_selection_of_rows_keeps_their_ends():
    rows = find_rows(page_of([100, 220, 340]), PX_PER_MM)
    chosen = rows.where(slice(1, 3))
    assert np.array_equal(chosen.baselines, rows.baselines[1:])
    assert np.array_equal(chosen.left, rows.left[1:])
    assert np.array_equal(rows.where(np.array([True, False, True])).right, rows.right[[0, 2]])
    assert chosen.pieces[1] is rows.pieces[2]
