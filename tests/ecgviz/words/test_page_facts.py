"""What is said of a page before its leads: laid flat, turned, lit, and in which layout."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.study import open_study
from ecgviz.words import page_facts
from preprocessing.page import Turn
from sample_images import samples

SAMPLES = {sample.name: sample for sample in samples()}


def study_of(name):
    return open_study(SAMPLES[name].path.read_bytes(), name)


def said(study):
    return {label: value for label, value, _ in page_facts.figures(study)}


@pytest.fixture(scope="module")
def flat():
    return study_of("edan_normal")


def test_of_a_flat_page_nothing_is_said_to_have_been_done(flat):
    assert page_facts.what_was_done(flat) is None
    assert not {"Light", "Page", "Page, laid flat", "The page shows"} & set(said(flat))


def test_a_photograph_is_laid_flat_and_lit():
    photo = study_of("photo_old_anterior")
    assert page_facts.what_was_done(photo) == "The page was laid flat by its grid and its light was evened out."
    assert said(photo)["Page, laid flat"].endswith(" left")
    assert said(photo)["Light"] == "evened out"


def test_a_tilted_scan_is_laid_flat_and_its_light_left_alone():
    assert page_facts.what_was_done(study_of("scan_normal")) == "The page was laid flat by its grid."


@pytest.mark.parametrize(
    ("turn", "rotation_deg", "figure", "sentence"),
    [
        (Turn(2), -180.0, "upside down", "The page was turned upright."),
        (Turn(1), 90.0, "90.0\N{DEGREE SIGN} right", "The page was turned upright."),
        (Turn(0, mirrored=True), 0.0, "mirrored", "The mirrored page was turned over."),
    ],
)
def test_a_page_that_lay_otherwise_is_told(flat, turn, rotation_deg, figure, sentence):
    rgb = np.ascontiguousarray(turn.applied(flat.page.rgb))
    lying = replace(flat, page=replace(flat.page, rgb=rgb, turn=turn, rotation_deg=rotation_deg))
    assert said(lying)["Page"] == figure
    assert page_facts.what_was_done(lying) == sentence


def test_layouts_orders_strips_and_seconds_are_told():
    cabrera = said(study_of("rbbb_cabrera"))
    assert cabrera["Layout, Cabrera"] == f"6 {page_facts.TIMES} 2"
    assert cabrera["Leads"] == "12"
    fast = said(study_of("normal_50mm"))
    assert fast["Leads"] == "12 + II, V1, V5"
    assert fast["The page shows"] == "5.0 s"
    assert fast["Speed, as printed"] == "50 mm/s"
