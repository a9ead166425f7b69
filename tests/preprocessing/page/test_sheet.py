"""A sheet of paper fitted to its grid: flat, in perspective and bent."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.page.coordinates import Sheet
from preprocessing.page.grid_config import SQUARE_MM
from preprocessing.page.sheet import fit_sheet
from preprocessing.page.tiles import find_waves, tile_spectra

SHAPE = (430, 620)
CENTRE, REACH = ((SHAPE[1] - 1) / 2, (SHAPE[0] - 1) / 2), SHAPE[1] / 2


def sheet_of(flat, bend_mm):
    y, x = np.linspace(-50, SHAPE[0] + 50, bend_mm.shape[0]), np.linspace(-50, SHAPE[1] + 50, bend_mm.shape[1])
    return Sheet(CENTRE, REACH, np.array(flat), x, y, bend_mm)


def points(how_many=9, inset=0.0):
    x = np.linspace(inset * SHAPE[1], (1 - inset) * SHAPE[1], how_many)
    y = np.linspace(inset * SHAPE[0], (1 - inset) * SHAPE[0], how_many)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


small = st.floats(-1, 1)


@given(turn=small, tilt=st.tuples(small, small), seed=st.integers(0, 99))
@settings(max_examples=30)
def test_px_of_is_the_inverse_of_mm_of(turn, tilt, seed):
    a, b = 60 * np.cos(turn), 60 * np.sin(turn)
    bends = np.random.default_rng(seed).uniform(-0.7, 0.7, (5, 7, 2))
    sheet = sheet_of([a, b, 3.0, -b, a, -2.0, 0.15 * tilt[0], 0.15 * tilt[1]], bends)
    np.testing.assert_allclose(sheet.px_of(sheet.mm_of(points())), points(), atol=0.05)


def test_a_sheet_without_bends_is_its_homography():
    sheet = sheet_of([75.0, 0, 0, 0, 75.0, 0, 0, 0], np.zeros((4, 4, 2)))
    np.testing.assert_allclose(sheet.mm_of(points()), (points() - CENTRE) / REACH * 75.0)


def test_bends_keep_their_last_value_beyond_the_lattice():
    sheet = sheet_of([75.0, 0, 0, 0, 75.0, 0, 0, 0], np.full((4, 5, 2), 1.5))
    far = np.array([[-4000.0, 9000.0]])
    np.testing.assert_allclose(sheet.mm_of(far), (far - CENTRE) / REACH * 75.0 + 1.5)


def fitted(mm_of):
    """Fit a sheet to a grid whose millimetres are given as a function of pixels."""
    pixels = np.stack(np.meshgrid(np.arange(SHAPE[1]), np.arange(SHAPE[0])), axis=-1).reshape(-1, 2).astype(float)
    mm = mm_of(pixels).reshape(*SHAPE, 2)
    lines = [ruled(mm, step) * dark for step, dark in ((1, 0.1), (5, 0.25))]
    dark = np.max(lines, axis=(0, -1)) + 0.01 * np.random.default_rng(0).standard_normal(SHAPE)
    return fit_sheet(find_waves(tile_spectra((dark - dark.mean()).astype(np.float32)), 4.0), *SHAPE)


def ruled(mm, step):
    return np.exp(-(((mm - step * np.rint(mm / step)) / 0.15) ** 2))


def off_mm(sheet, mm_of):
    """Return the largest error of the fit inside the picture, apart from a common offset by whole squares."""
    off = sheet.mm_of(points(inset=0.12)) - mm_of(points(inset=0.12))
    return np.abs(off - SQUARE_MM * np.rint(np.median(off, axis=0) / SQUARE_MM)).max()


FLATS = {
    "upright": [75.0, 0, 0, 0, 75.0, 0, 0, 0],
    "turned": [73.0, 15, 1, -15, 73, 2, 0, 0],
    "tilted": [78.0, 2, 0, -3, 75, 1, 0.12, -0.08],
}


@pytest.mark.parametrize("how", FLATS)
def test_a_flat_sheet_is_fitted_to_a_seventh_of_a_millimetre(how):
    truth = sheet_of(FLATS[how], np.zeros((4, 4, 2)))
    sheet = fitted(truth.mm_of)
    assert off_mm(sheet, truth.mm_of) < 0.15
    assert sheet.agreeing == pytest.approx(1)
    assert sheet.residual_mm < 0.05


def test_a_bent_sheet_is_followed():
    flat = sheet_of(FLATS["tilted"], np.zeros((4, 4, 2)))

    def bent_mm(pixels):
        bow = np.sin(np.pi * pixels[:, 0] / SHAPE[1])
        return flat.mm_of(pixels) + np.column_stack([0.3 * bow, 2.5 * bow])

    sheet = fitted(bent_mm)
    assert off_mm(sheet, bent_mm) < 0.5
    assert sheet.agreeing > 0.9


def test_a_grid_that_lies_on_no_sheet_is_reported_as_disagreeing():
    rng = np.random.default_rng(0)
    shifts = rng.uniform(0, SQUARE_MM, (12, 12, 2))

    def broken_mm(pixels):
        cells = np.minimum((pixels / 60).astype(int), 11)
        return (pixels - CENTRE) / REACH * 75.0 + shifts[cells[:, 1], cells[:, 0]]

    sheet = fitted(broken_mm)
    assert sheet.agreeing < 0.6 or sheet.residual_mm > 0.35
