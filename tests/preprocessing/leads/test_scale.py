"""Speed, gain and scale from grid, columns, pulses and print, and the warnings where they disagree."""

import numpy as np
import pytest

from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.columns import Columns
from preprocessing.leads.layout import LAYOUTS, boxes_between
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows, row_edges
from preprocessing.leads.scale import fits_length, scaled, timed_boxes
from preprocessing.lettering import PrintedSettings
from preprocessing.page import Page

PX_PER_MM = 4.0
UNREAD = PrintedSettings(None, None, 0.0)


def page(scale_from="grid", px_per_mm_y=PX_PER_MM):
    return Page(np.zeros((10, 10, 3), np.uint8), PX_PER_MM, px_per_mm_y, scale_from)


def arrangement(width_mm, name="3x4"):
    form = LAYOUTS[name]
    rows = Rows(100.0 * np.arange(1, form.rows + 1), np.zeros(form.rows), np.full(form.rows, 1000.0))
    edges = tuple(np.linspace(50, 50 + width_mm * PX_PER_MM, form.columns + 1).tolist())
    return Arrangement(
        name, rows, Columns(edges, False, True), boxes_between(name, edges, row_edges(rows.baselines)), {}
    )


def pulses(height_mm):
    return Pulses(10.0, 30.0, np.array([100.0, 200.0, 300.0]), height_mm * PX_PER_MM)


def printed(speed=None, gain=None, confidence=0.9):
    return PrintedSettings(speed, gain, confidence)


def codes(page):
    return [notice.code for notice in page.notices]


def read(width_mm=250, pulse_mm=10, text=UNREAD, name="3x4", **facts):
    return scaled(page(**facts), arrangement(width_mm, name), pulses(pulse_mm) if pulse_mm else None, text)


@pytest.mark.parametrize(("width_mm", "speed"), [(250, 25.0), (240, 25.0), (265, 25.0), (500, 50.0), (470, 50.0)])
def test_columns_of_ten_seconds_give_the_speed(width_mm, speed):
    found, seconds = read(width_mm)
    assert (found.speed_mm_s, found.speed_from, seconds) == (speed, "columns", 10.0)
    assert not found.notices


def test_columns_that_fit_no_speed_are_warned_of():
    found, seconds = read(330)
    assert codes(found) == ["scale_disagrees"]
    assert (found.speed_mm_s, found.speed_from, seconds) == (25.0, "assumed", 10.0)


def test_a_grid_twice_as_coarse_is_not_believed():
    found, seconds = read(125, None, printed(gain=10.0))
    assert codes(found) == ["scale_disagrees"]
    assert found.scale_from == "columns"
    assert found.px_per_mm_x == pytest.approx(PX_PER_MM / 2)
    assert seconds == 10.0


@pytest.mark.parametrize("wrong", [0.8, 1.2])
def test_a_grid_that_neither_pulses_nor_columns_fit_is_not_believed(wrong):
    found, seconds = read(250 * wrong, 10 * wrong)
    assert codes(found) == ["scale_disagrees"]
    assert (found.scale_from, found.gain_mm_mv, seconds) == ("columns", 10.0, 10.0)
    assert found.px_per_mm_x == pytest.approx(PX_PER_MM * wrong)


@pytest.mark.parametrize("width_mm", [243, 250, 256])
def test_about_five_seconds_at_the_printed_speed_are_five(width_mm):
    found, seconds = read(width_mm, text=printed(50.0), name="6x2")
    assert (found.speed_mm_s, seconds) == (50.0, 5.0)


@pytest.mark.parametrize(("speed", "scale"), [(None, 1.0), (50.0, 0.5)])
def test_without_a_grid_ten_seconds_of_columns_give_the_scale(speed, scale):
    found, seconds = read(250, None, printed(speed, 10.0), scale_from="assumed", px_per_mm_y=5.0)
    assert found.scale_from == "columns"
    assert found.px_per_mm_x == pytest.approx(scale * PX_PER_MM)
    # The shape of the pixels is kept.
    assert found.px_per_mm_y / found.px_per_mm_x == pytest.approx(5.0 / PX_PER_MM)
    assert found.speed_from == ("print" if speed else "assumed")
    assert codes(found) == ["scale_from_columns"]
    assert seconds == 10.0


@pytest.mark.parametrize(
    ("pulse_px", "seconds"), [(10 * 2 * PX_PER_MM, 5.0), (10 * PX_PER_MM, 10.0), (13 * PX_PER_MM, 10.0)]
)
def test_without_a_grid_pulse_and_print_show_a_page_of_five_seconds(pulse_px, seconds):
    found, lasting = read(500, pulse_px / PX_PER_MM, printed(50.0, 10.0), scale_from="assumed")
    expected = 500 * PX_PER_MM / seconds / 50.0
    assert (lasting, found.px_per_mm_x) == (seconds, pytest.approx(expected))
    # Without its speed in print nothing says how much a millimetre is.
    assert read(500, pulse_px / PX_PER_MM, printed(None, 10.0), scale_from="assumed")[1] == 10.0


def test_a_printed_speed_that_the_columns_confirm_is_the_columns():
    found, seconds = read(500, text=printed(50.0))
    assert (found.speed_mm_s, found.speed_from, seconds) == (50.0, "columns", 10.0)


def test_a_page_at_twice_the_speed_may_show_half_of_the_seconds():
    found, seconds = read(250, text=printed(50.0))
    assert (found.speed_mm_s, found.speed_from, seconds) == (50.0, "print", 5.0)
    assert not found.notices


def test_an_uncertain_print_is_not_believed():
    found, seconds = read(250, text=printed(50.0, 5.0, confidence=0.4))
    assert (found.speed_mm_s, found.gain_mm_mv, seconds) == (25.0, 10.0, 10.0)


@pytest.mark.parametrize(("width_mm", "seconds"), [(250, 10.0), (330, 13.2), (150, 6.0)])
def test_leads_over_the_whole_width_last_as_long_as_they_are(width_mm, seconds):
    found, lasting = read(width_mm, name="12x1")
    assert lasting == pytest.approx(seconds)
    assert not found.notices


@pytest.mark.parametrize(("pulse_mm", "gain"), [(10, 10.0), (9.0, 10.0), (11.1, 10.0), (5, 5.0), (20, 20.0)])
def test_a_pulse_of_one_millivolt_gives_the_gain(pulse_mm, gain):
    found, _ = read(pulse_mm=pulse_mm)
    assert (found.gain_mm_mv, found.gain_from) == (gain, "pulse")
    assert not found.notices


def test_a_pulse_outweighs_print_and_the_reader_is_warned():
    found, _ = read(pulse_mm=10, text=printed(25.0, 5.0))
    assert (found.gain_mm_mv, found.gain_from) == (10.0, "pulse")
    assert codes(found) == ["gain_disagrees"]
    assert "5 mm/mV" in found.notices[0].message
    assert "10 mm" in found.notices[0].message


@pytest.mark.parametrize(("gain", "expected"), [(None, (10.0, "assumed")), (5.0, (5.0, "print"))])
def test_a_pulse_of_no_usual_height_is_warned_of(gain, expected):
    found, _ = read(pulse_mm=7.3, text=printed(25.0, gain))
    assert (found.gain_mm_mv, found.gain_from) == expected
    assert codes(found) == ["pulse_disagrees"]
    assert "7.3 mm" in found.notices[0].message


def test_without_pulses_print_gives_the_gain():
    found, _ = read(pulse_mm=None, text=printed(25.0, 20.0))
    assert (found.gain_mm_mv, found.gain_from) == (20.0, "print")
    assert not found.notices


def test_without_pulses_and_print_the_gain_is_assumed_with_a_warning():
    found, _ = read(pulse_mm=None)
    assert (found.gain_mm_mv, found.gain_from) == (10.0, "assumed")
    assert codes(found) == ["gain_assumed"]


def test_boxes_are_rescaled_to_the_seconds_of_the_page():
    boxes = arrangement(250).boxes
    assert [box.start_s for box in timed_boxes(boxes, 5.0)] == [box.start_s / 2 for box in boxes]


@pytest.mark.parametrize(("seconds", "fits"), [(9.3, True), (10.7, True), (9.1, False), (10.9, False)])
def test_a_length_fits_to_within_eight_percent(seconds, fits):
    assert fits_length(seconds, 10.0) is fits
