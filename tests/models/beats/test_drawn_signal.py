"""The signal of a drawn beat is read back from its ink, and its spectra follow from it."""

import numpy as np
import pytest

from models.beats.drawing import SHAPE, six_class_picture
from models.beats.drawn_signal import DRAWN_SAMPLES, drawn_signal
from models.beats.spectrum_drawing import TRANSFORMS, six_spectrum_picture

CLOCK_MS = (np.arange(DRAWN_SAMPLES) - DRAWN_SAMPLES / 2) / 0.36


def beat(height_mv, width_ms=25.0):
    return height_mv * np.exp(-((CLOCK_MS / width_ms) ** 2)) + 0.15 * np.exp(-(((CLOCK_MS - 180) / 50) ** 2))


@pytest.mark.parametrize("height_mv", [0.9, 0.4, -1.2])
def test_a_drawn_beat_is_read_back(height_mv):
    mv = beat(height_mv)
    found = drawn_signal(six_class_picture(mv)[None])[0]
    assert np.corrcoef(found, mv)[0, 1] > 0.98
    assert np.abs(found - mv).max() < 0.15


def test_cut_off_peaks_stay_at_the_limit_of_the_plot():
    found = drawn_signal(six_class_picture(beat(3.0))[None])[0]
    assert 0.9 < found.max() < 1.2


def test_a_picture_without_ink_is_a_flat_signal():
    assert not drawn_signal(np.full((2, *SHAPE), 255, np.uint8)).any()


@pytest.mark.parametrize("kind", TRANSFORMS)
def test_spectra_of_pictures_show_the_beat_in_the_middle(kind):
    pictures = np.stack([six_class_picture(beat(0.9, width)) for width in (12.0, 60.0)])
    found = six_spectrum_picture(kind, pictures)
    assert found.shape == (2, *SHAPE)
    # High frequencies are at the top, where only the narrow beat has power, around the R wave.
    narrow, broad = 255 - found[:, : SHAPE[0] // 2].astype(int)
    assert narrow.mean() > broad.mean() + 10
    middle = slice(SHAPE[1] // 3, 2 * SHAPE[1] // 3)
    assert narrow[:, middle].mean() > narrow[:, : SHAPE[1] // 4].mean()
