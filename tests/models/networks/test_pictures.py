"""The picture networks' input: the stages' arrays at one scale, in place, and nothing where nothing is printed."""

import numpy as np
import pytest

from models.networks import LEAD_NAMES, PICTURES_SHAPE, ROW_NAMES, report_pictures, scaled_pictures, square_pictures
from preprocessing.lead_id import LEADS, Role
from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages import StageSettings, lead_stages

PX_PER_S, PX_PER_MV = 200.0, 80.0


def box(lead, role=Role.TWELVE_LEAD, seconds=2.5):
    return LeadBox(lead, role, 0.0, 0.0, seconds * PX_PER_S, 300.0)


def line(seconds=2.5, at=100, thick=4):
    """A flat trace with one pulse of 1 mV, half a second in, 0.1 s long."""
    picture = np.full((300, round(seconds * PX_PER_S)), 255, np.uint8)
    picture[at : at + thick] = 0
    picture[at - 80 : at, 100:120] = 0
    return picture


def test_a_lead_keeps_its_scale_whatever_the_pages_is():
    small = scaled_pictures({box("V1"): line()}, PX_PER_S, PX_PER_MV)
    # The same lead on a page of twice the resolution.
    large = line().repeat(2, axis=0).repeat(2, axis=1)
    double = scaled_pictures({box("V1"): large}, 2 * PX_PER_S, 2 * PX_PER_MV)
    assert small.shape == PICTURES_SHAPE
    row = LEADS.index("V1")
    assert np.abs(small[row].astype(int) - double[row]).mean() < 3
    ink = (small[row] < 128).sum(axis=0)
    # 1 mV is 40 pixels high, 0.1 s is 10 wide, and the level stands in the middle.
    assert ink[55] == pytest.approx(42, abs=2)
    assert (ink > 20).sum() == pytest.approx(10, abs=1)
    assert 62 <= np.flatnonzero(small[row, :, 200] < 128).mean() <= 66


def test_leads_that_are_not_printed_stay_empty():
    pictures = scaled_pictures({box("aVL"): line()}, PX_PER_S, PX_PER_MV)
    assert [ROW_NAMES[row] for row in range(16) if (pictures[row] < 255).any()] == ["aVL"]


def test_a_strip_fills_four_rows_and_a_long_second_lead_stands_in_for_it():
    strip = scaled_pictures({box("II", Role.RHYTHM, 10.0): line(10.0)}, PX_PER_S, PX_PER_MV)
    long = scaled_pictures({box("II", seconds=10.0): line(10.0)}, PX_PER_S, PX_PER_MV)
    np.testing.assert_array_equal(strip[12:], long[12:])
    assert (strip[12:] < 255).any(axis=(1, 2)).all()
    assert not (strip[:12] < 255).any()
    assert (long[LEADS.index("II")] < 255).any()


def test_inverted_avr_is_turned_over():
    plain = scaled_pictures({box("aVR"): line()}, PX_PER_S, PX_PER_MV)
    inverted = scaled_pictures({box("-aVR"): line()}, PX_PER_S, PX_PER_MV)
    row = LEADS.index("aVR")
    np.testing.assert_array_equal(inverted[row], plain[row][::-1])


@pytest.mark.parametrize("settings", [StageSettings(), StageSettings(sigma=2.5, threshold_shift=0.1)])
def test_the_articles_input_is_the_array_of_its_stage(settings):
    rng = np.random.default_rng(0)
    page = Page(rng.integers(0, 255, (400, 800, 3)).astype(np.uint8), 8.0, 8.0, "grid")
    leads = {LeadBox(lead, Role.TWELVE_LEAD, 10, 20, 500, 320): None for lead in ("I", "V6")}
    stages = {one: lead_stages(page, one, settings) for one in leads}
    pictures = report_pictures(page, stages)
    for one, own in stages.items():
        np.testing.assert_array_equal(pictures.squares[LEAD_NAMES.index(one.lead)], own[-1].picture)
    assert pictures.read == ("I", "V6")
    assert (pictures.squares[LEAD_NAMES.index("II")] == 255).all()


def test_the_stages_settings_change_the_pictures():
    rng = np.random.default_rng(0)
    page = Page(rng.integers(0, 255, (400, 800, 3)).astype(np.uint8), 8.0, 8.0, "grid")
    one = LeadBox("I", Role.TWELVE_LEAD, 10, 20, 500, 320)
    settings = (StageSettings(), StageSettings(sigma=3), StageSettings(threshold_shift=0.2))
    found = [report_pictures(page, {one: lead_stages(page, one, each)}).scaled[0] for each in settings]
    assert (found[0] != found[1]).any()
    assert (found[0] != found[2]).any()


def test_another_size_than_the_articles_is_refused():
    with pytest.raises(ValueError, match="150"):
        square_pictures({box("I"): np.zeros((100, 100), np.uint8)})
