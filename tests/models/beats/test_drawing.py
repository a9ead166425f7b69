"""A drawn beat's ink is where its millivolts belong, and six-class pictures look like the published ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.drawing import (
    SHAPE,
    SIX_COLUMNS,
    SIX_HALF_WINDOW_MS,
    SIX_PX_PER_MV,
    SIX_ROWS,
    SIX_ZERO_ROW,
    aami_picture,
    resized,
    six_class_picture,
)
from models.beats.recordings import beat_windows, read_recordings
from models.beats.six_classes import MIN_CORRELATION, read_six_classes
from models.beats.spectra import Spectrum
from models.beats.spectrum_drawing import spectrum_picture

# Within the rows that are drawn.
LEVELS = st.floats(-1.5, 1.0)


def ink_rows(picture, columns=slice(None)):
    """Return the middle of each column's ink, in rows from the picture's upper edge; NaN where there is none."""
    ink = 255.0 - picture[:, columns]
    with np.errstate(invalid="ignore"):
        return (ink * (np.arange(len(ink)) + 0.5)[:, None]).sum(axis=0) / ink.sum(axis=0)


@settings(max_examples=10)
@given(LEVELS)
def test_ink_of_a_six_class_picture_is_on_the_row_of_its_millivolts(mv):
    found = ink_rows(six_class_picture(np.full(192, mv)), slice(40, 150))
    np.testing.assert_allclose(found, SIX_ZERO_ROW - SIX_PX_PER_MV * mv, atol=0.5)


def test_a_six_class_picture_is_white_outside_its_columns_and_rows():
    picture = six_class_picture(5 * np.sin(np.arange(192) / 6))
    left, right = SIX_COLUMNS
    top, bottom = SIX_ROWS
    inked_rows, inked_columns = (np.flatnonzero((picture < 255).any(axis=axis)) for axis in (1, 0))
    assert picture.shape == SHAPE
    assert picture.dtype == np.uint8
    assert (inked_columns[0], inked_columns[-1]) == (pytest.approx(left, abs=2), pytest.approx(right, abs=2))
    assert (inked_rows[0], inked_rows[-1]) == (int(top), pytest.approx(bottom, abs=1))


@settings(max_examples=10)
@given(LEVELS)
def test_an_aami_picture_does_not_depend_on_the_baseline(mv):
    beat = np.exp(-(((np.arange(234) - 90) / 5) ** 2))
    found, shifted = (aami_picture(one).astype(int) for one in (beat, beat + mv))
    assert np.abs(found - shifted).mean() < 0.5


def test_an_aami_picture_fills_the_width_and_its_peak_is_in_place():
    beat = np.zeros(234)
    beat[85:96] = 1.5
    picture = aami_picture(beat)
    rows = ink_rows(picture)
    assert (picture < 255).any(axis=0).all()
    # From 3 mV above the median to 2 mV below it on 128 rows.
    assert rows[10] == pytest.approx(128 * 3 / 5, abs=1)
    assert rows[74] == pytest.approx(128 * 1.5 / 5, abs=1)
    assert np.nanargmin(rows) == pytest.approx(90 / 233 * 192, abs=6)
    assert picture.min() == 0


def test_values_beyond_the_limits_are_cut_off():
    beat = np.zeros(234)
    beat[100:130] = 500.0
    picture = aami_picture(beat)
    assert picture.shape == SHAPE
    # But where the line comes up and goes down again.
    assert (picture[:, 90:100] == 255).all()


def test_low_frequencies_are_at_the_bottom_and_early_times_left():
    power = np.full((8, 6), 1e-9, np.float32)
    power[0, 0] = 1.0
    picture = spectrum_picture(Spectrum(power, np.arange(8), np.arange(6)))
    assert picture.shape == SHAPE
    assert picture[-1, 0] == 0
    assert (picture[:64] == 255).all()
    assert (picture[:, 96:] == 255).all()


def test_half_the_depth_is_half_the_grey():
    power = np.full((2, 4, 4), 1e-2, np.float32)
    power[:, -1, -1] = 1.0
    pictures = spectrum_picture(Spectrum(power, np.arange(4), np.arange(4)), 40.0)
    assert pictures.shape == (2, *SHAPE)
    assert pictures[:, -1, 0].tolist() == [128, 128]


def test_resizing_keeps_leading_axes_and_flat_grey():
    pictures = np.full((2, 3, 10, 20), 77, np.uint8)
    assert resized(pictures, (5, 8)).shape == (2, 3, 5, 8)
    assert (resized(pictures, (64, 96)) == 77).all()
    some = np.random.default_rng(0).integers(256, size=(4, 12, 15), dtype=np.uint8)
    np.testing.assert_array_equal(resized(some, (12, 15)), some)


@pytest.mark.shared_data
@pytest.mark.slow
def test_drawn_beats_are_like_the_published_pictures_of_them(shared_data):
    recordings, published = read_recordings(shared_data), read_six_classes(shared_data)
    match = pd.read_csv(
        shared_data / "signals" / "beats6_mitbih_match.csv", dtype={"record": str}, keep_default_na=False
    )
    # The pictures show each record's first channel; of record 114 the data hold another one.
    matched = np.flatnonzero((pd.to_numeric(match["corr"]) >= MIN_CORRELATION) & (match["record"] != "114"))
    some = np.random.default_rng(0).choice(matched, 200, replace=False)
    place = {name: at for at, name in enumerate(recordings.names)}
    beat_at = {pair: at for at, pair in enumerate(zip(recordings.record, recordings.sample, strict=True))}
    alike, apart_px = [], []
    for at in some:
        beat = beat_at.get((place[match["record"][at]], int(match["sample"][at])))
        if beat is None:
            # The database does not list flutter waves as beats.
            assert match["symbol"][at] == "!"
            continue
        (mv,) = beat_windows(recordings, np.array([beat]), SIX_HALF_WINDOW_MS, SIX_HALF_WINDOW_MS)
        ours, theirs = ink_rows(six_class_picture(mv)), ink_rows(published.pictures[at])
        both = np.isfinite(ours) & np.isfinite(theirs)
        assert both.sum() > 120
        alike.append(np.corrcoef(ours[both], theirs[both])[0, 1])
        apart_px.append(np.abs(ours[both] - theirs[both]).mean())
    assert len(alike) > 150
    assert np.median(alike) > 0.99
    assert np.quantile(alike, 0.05) > 0.95
    assert np.median(apart_px) < 1.5
