"""Facts about a page: flattening, rotation, light and layout."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.words import page_facts
from preprocessing.page import Turn
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}


def facts(study):
    return {label: value for label, value, _ in page_facts.figures(study)}


@pytest.fixture(scope="module")
def flat():
    return study_of("edan_normal")


def test_a_flat_page_needs_no_correction(flat):
    assert page_facts.what_was_done(flat) is None
    assert not {"Light", "Page", "Page, flattened", "Duration"} & set(facts(flat))


def test_a_photograph_is_flattened_and_its_light_evened():
    photo = study_of("photo_old_anterior")
    assert page_facts.what_was_done(photo) == "The page was flattened along its grid and the light was evened."
    assert facts(photo)["Page, flattened"].endswith(" left")
    assert facts(photo)["Light"] == "evened"


def test_a_tilted_scan_is_flattened_and_its_light_stays():
    assert page_facts.what_was_done(study_of("scan_normal")) == "The page was flattened along its grid."


@pytest.mark.parametrize(
    ("turn", "rotation_deg", "figure", "sentence"),
    [
        (Turn(2), -180.0, "upside down", "The page was turned upright."),
        (Turn(1), 90.0, "90.0\N{DEGREE SIGN} right", "The page was turned upright."),
        (Turn(0, mirrored=True), 0.0, "mirrored", "The mirror image was reversed."),
    ],
)
def test_a_page_in_another_position_is_described(flat, turn, rotation_deg, figure, sentence):
    rgb = np.ascontiguousarray(turn.applied(flat.page.rgb))
    lying = replace(flat, page=replace(flat.page, rgb=rgb, turn=turn, rotation_deg=rotation_deg))
    assert facts(lying)["Page"] == figure
    assert page_facts.what_was_done(lying) == sentence


def test_layout_order_strips_and_duration_are_facts():
    cabrera = facts(study_of("rbbb_cabrera"))
    assert cabrera["Layout, Cabrera"] == f"6 {page_facts.TIMES} 2"
    assert cabrera["Leads"] == "12"
    fast = facts(study_of("normal_50mm"))
    assert fast["Leads"] == "12 + II, V1, V5"
    assert fast["Duration"] == "5.0 s"
    assert fast["Speed, as printed"] == "50 mm/s"
