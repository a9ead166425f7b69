"""Printed speed and gain: read where they are drawn, never guessed."""

import numpy as np
import pytest

from preprocessing.lettering.line_network import LINE_WEIGHTS
from preprocessing.lettering.printed_line import codes, decoded_text, settings_in
from preprocessing.lettering.printed_settings import PrintedSettings, read_settings
from sample_images import PageStyle, Text, draw_page, simulate


@pytest.mark.parametrize(
    ("speed", "gain", "line", "read"),
    [
        (25, 10, "{speed}mm/s  {gain}mm/mV  0.67-25Hz", (25.0, 10.0)),
        (50, 5, "{speed} mm/sec   {gain} mm/mV", (50.0, 5.0)),
        (25, 20, "{gain}mm/mV", (None, 20.0)),
        (25, 10, "0.67-25Hz  HR 75", (None, None)),
    ],
)
@pytest.mark.parametrize("y_mm", [12, 206])
def test_speed_and_gain_are_read_as_printed(speed, gain, line, read, y_mm):
    style = PageStyle(dpi=120, speed_mm_s=speed, gain_mm_mv=gain, texts=(Text(line, 8, y_mm),))
    image = draw_page(simulate(seed=5), style).image
    settings = read_settings(image, style.px_per_mm)
    assert (settings.speed_mm_s, settings.gain_mm_mv) == read
    assert (settings.confidence > 0.5) == (read != (None, None))


def test_settings_that_a_dark_grid_joins_are_read_by_the_map_of_print():
    style = PageStyle(dpi=120, speed_mm_s=50, gain_mm_mv=10, texts=(Text("{speed} mm/s  {gain} mm/mV", 8, 206),))
    plain = draw_page(simulate(seed=5), style).image
    print_map = 255 - plain.max(axis=2)
    ruled = plain.copy()
    step = round(style.px_per_mm)
    ruled[::step] = ruled[:, ::step] = 60
    assert read_settings(ruled, style.px_per_mm) == PrintedSettings(None, None, 0.0)
    read = read_settings(ruled, style.px_per_mm, print_map)
    assert (read.speed_mm_s, read.gain_mm_mv) == (50.0, 10.0)


@pytest.mark.parametrize("side", [1, 40, 300])
def test_noise_of_any_size_gives_no_settings(side):
    noise = np.random.default_rng(1).integers(0, 255, (side, 2 * side, 3), dtype=np.uint8)
    assert read_settings(noise, 4.0) == PrintedSettings(None, None, 0.0)


def test_codes_along_a_line_are_decoded_to_its_text():
    text_codes = codes("25mm/s")
    steps = np.zeros((20, 20))
    steps[:, 0] = 0.5
    for nth, code in enumerate(text_codes):
        steps[3 * nth + 1, code] = 0.9
    text, certainty = decoded_text(steps)
    assert text == "25mm/s"
    assert settings_in(text, certainty) == {"speed": (25.0, 0.9)}


def test_weights_are_small():
    assert LINE_WEIGHTS.stat().st_size < 500_000
