"""Windows of print, on blocks of ink whose place and size are known."""

import numpy as np
import pytest
from PIL import Image

from preprocessing.lettering.config import WINDOWS
from preprocessing.lettering.glyph_windows import (
    CAPITAL_PX,
    LINE_STEP,
    WINDOW_COLUMNS,
    WINDOW_ROWS,
    line_window,
    page_ink,
    window,
    windows,
)


def block(left, top, right, bottom, shape=(120, 200), dark=255):
    ink = np.zeros(shape, np.uint8)
    ink[top:bottom, left:right] = dark
    return Image.fromarray(ink)


@pytest.mark.parametrize("capital_px", [12, 24, 36])
def test_a_capital_fills_the_middle_of_its_window(capital_px):
    ink = block(100 - capital_px // 4, 60 - capital_px // 2, 100 + capital_px // 4, 60 + capital_px // 2)
    seen = window(ink, 100, 60, capital_px)
    assert seen.shape == (WINDOW_ROWS, WINDOW_COLUMNS)
    rows, columns = (np.flatnonzero(seen.max(axis=axis) > 0.5) for axis in (1, 0))
    assert (rows[0], rows[-1]) == ((WINDOW_ROWS - CAPITAL_PX) // 2, (WINDOW_ROWS + CAPITAL_PX) // 2 - 1)
    assert columns.size == CAPITAL_PX // 2
    assert columns.mean() == pytest.approx((WINDOW_COLUMNS - 1) / 2, abs=0.5)


def test_pale_print_is_stretched_to_full_contrast_and_faint_smudges_are_not():
    assert window(block(95, 54, 105, 66, dark=120), 100, 60, 12).max() == 1
    faint = int(255 * WINDOWS.least_ink / 2)
    assert window(block(95, 54, 105, 66, dark=faint), 100, 60, 12).max() == pytest.approx(0.5, abs=0.02)


def test_beyond_the_page_there_is_no_ink():
    seen = window(Image.fromarray(np.full((120, 200), 255, np.uint8)), 0, 60, 12)
    assert seen[:, : WINDOW_COLUMNS // 2 - 1].max() == 0
    assert seen[:, WINDOW_COLUMNS // 2 + 1 :].min() == 1


def test_many_windows_of_one_height_are_those_cut_one_by_one():
    smooth = Image.fromarray(np.random.default_rng(0).integers(0, 256, (24, 40), dtype=np.uint8))
    ink = smooth.resize((400, 240), Image.Resampling.BICUBIC)
    places = np.array([(x, y, 12.0) for x in range(60, 340, 40) for y in (80, 120, 160)])
    assert len(places) >= WINDOWS.shared_from
    together = windows(ink, places)
    single = np.stack([window(ink, *place) for place in places])
    assert np.abs(together - single).mean() < 0.02


@pytest.mark.parametrize("slope", [0.0, 0.05, -0.05])
def test_a_sloping_line_comes_out_level(slope):
    ink = np.zeros((120, 200), np.uint8)
    x = np.arange(20, 180)
    middle = np.rint(60 + slope * (x - 20)).astype(int)
    for step in range(-6, 6):
        ink[middle + step, x] = 255
    seen = line_window(Image.fromarray(ink), 20, 180, 60, slope, 12)
    assert seen.shape[0] == WINDOW_ROWS
    assert seen.shape[1] % LINE_STEP == 0
    inked = np.flatnonzero(seen.max(axis=0) > 0.5)
    assert inked[-1] - inked[0] == pytest.approx(160, abs=2)
    centre = (seen[:, inked] * np.arange(WINDOW_ROWS)[:, None]).sum(axis=0) / seen[:, inked].sum(axis=0)
    assert np.abs(centre[2:-2] - (WINDOW_ROWS - 1) / 2).max() < 1


@pytest.mark.parametrize(("px_per_mm", "expected"), [(10.0, 5.0), (4.0, 4.0)])
def test_a_page_is_reduced_only_where_it_has_more_pixels_than_needed(px_per_mm, expected):
    ink, scale = page_ink(np.full((200, 300, 3), 255, np.uint8), px_per_mm, 5.0)
    assert scale == expected
    assert ink.shape == (round(200 * expected / px_per_mm), round(300 * expected / px_per_mm))


def test_a_coloured_grid_holds_less_ink_than_black_print():
    rgb = np.full((100, 100, 3), 255, np.uint8)
    rgb[::10] = (255, 150, 150)
    rgb[45:55, 45:55] = 20
    ink, _ = page_ink(rgb, 4.0, 5.0)
    assert ink[20].max() < 10
    assert ink[50, 50] > 200
