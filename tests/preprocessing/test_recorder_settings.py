"""Speeds and gains: each narrower list is part of the wider one, and `sample_images` agrees with all."""

from preprocessing import recorder_settings as settings
from preprocessing.lead_id import LEADS
from preprocessing.leads import LAYOUTS
from sample_images import LAYOUTS as DRAWN_LAYOUTS
from sample_images import LEADS as DRAWN_LEADS
from sample_images import PageStyle


def test_measurable_settings_are_offered_and_offered_ones_are_printed():
    assert set(settings.MEASURABLE_SPEEDS_MM_S) < set(settings.REPORT_SPEEDS_MM_S) < set(settings.PRINTED_SPEEDS_MM_S)
    assert set(settings.MEASURABLE_GAINS_MM_MV) < set(settings.REPORT_GAINS_MM_MV) < set(settings.PRINTED_GAINS_MM_MV)


def test_the_usual_settings_can_be_measured():
    assert settings.USUAL_SPEED_MM_S in settings.MEASURABLE_SPEEDS_MM_S
    assert settings.USUAL_GAIN_MM_MV in settings.MEASURABLE_GAINS_MM_MV


def test_sample_images_draws_the_usual_settings():
    assert PageStyle().speed_mm_s == settings.USUAL_SPEED_MM_S
    assert PageStyle().gain_mm_mv == settings.USUAL_GAIN_MM_MV


def test_sample_images_has_the_same_leads_and_layouts():
    assert DRAWN_LEADS == LEADS
    ours = {name.replace(" Cabrera", ""): form for name, form in LAYOUTS.items() if form.order == "cabrera"}
    for name, drawn in DRAWN_LAYOUTS.items():
        form = ours[name.removeprefix("cabrera-")] if name.startswith("cabrera-") else LAYOUTS[name]
        assert drawn.rows == form.grid, name
        assert drawn.strips == form.strips, name
