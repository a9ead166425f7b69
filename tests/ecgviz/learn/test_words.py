"""Mishaps do what their lessons say, limits quote what ships, the glossary finds its words."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from ecgviz.evaluation import EvaluationFiles
from ecgviz.learn import about_limits, about_stages, glossary
from ecgviz.learn.mishaps import MISHAPS, damage
from preprocessing.stages import STAGE_KEYS

EVALUATION = Path(models.__file__).parent / "evaluation"


def lead() -> np.ndarray:
    """Return a lead of 80 by 160 pixels: pale squares, a dark line, one peak."""
    crop = np.full((80, 160, 3), 250, np.uint8)
    crop[::8] = crop[:, ::8] = 215
    crop[50:52] = 20
    crop[20:52, 78:81] = 20
    return crop


def test_every_stage_and_mishap_has_its_words():
    assert tuple(about_stages.WHAT_FOR) == STAGE_KEYS
    assert set(about_stages.MISHAP_LESSONS) == set(MISHAPS)


@pytest.mark.parametrize("name", MISHAPS)
def test_a_mishap_does_harm_where_its_slider_starts(name):
    done = damage(lead(), name, MISHAPS[name].start)
    assert done.kept < 0.9 or done.strange > 0.1


@pytest.mark.parametrize(("name", "harmless"), [("sigma", 1.0), ("threshold", 0.0), ("blur", 0.0), ("resolution", 1.0),
                                                ("light", 0.0)])  # fmt: skip
def test_a_mishap_of_no_size_does_none(name, harmless):
    done = damage(lead(), name, harmless)
    assert (done.kept, done.strange) == (1.0, 0.0)


@given(st.sampled_from(sorted(MISHAPS)), st.floats(0, 1))
def test_shares_stay_shares_and_the_crop_as_it_is(name, at):
    mishap, crop = MISHAPS[name], lead()
    done = damage(crop, name, mishap.low + at * (mishap.high - mishap.low))
    assert 0 <= done.kept <= 1
    assert 0 <= done.strange <= 1
    assert np.array_equal(crop, lead())
    assert [stage.key for stage in done.bad] == list(STAGE_KEYS)


def test_the_threshold_towards_black_thins_the_trace_and_towards_white_takes_the_squares():
    assert damage(lead(), "threshold", -0.3).kept < 1
    assert damage(lead(), "threshold", 0.3).strange > 0.3


def test_limits_quote_the_files_that_ship():
    figures = json.loads((EVALUATION / "figures.json").read_text(encoding="utf-8"))
    said = "\n".join(limit.words for limit in about_limits.limits(EvaluationFiles.read()))
    assert f"{figures['headline']['heart_rate']['accuracy']['value']:.0%} of the reports" in said
    assert f"{figures['leaking']['all']['accuracy']['value']:.0%} of {figures['leaking']['all']['n']}" in said
    assert f"{figures['headline']['ensemble']['by_class']['Myocardial infarction']['recall']:.0%} of them" in said
    assert "nan" not in said


def test_other_figures_change_the_words():
    files = EvaluationFiles.read()
    figures = deepcopy(files.figures)
    figures["strange_pages"][about_limits.OTHERS]["answered"] += 3
    before, after = (about_limits.limits(one) for one in (files, replace(files, figures=figures)))
    assert [one.title for one, other in zip(before, after, strict=True) if one != other] == [
        "One hospital, one recorder"
    ]


def test_the_glossary_is_in_order_and_says_each_word_once():
    words = [term.word for term in glossary.TERMS]
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=lambda word: word.casefold().replace(",", ""))


def test_what_is_named_comes_before_what_is_mentioned():
    found = [term.word for term in glossary.found("T wave")]
    assert found[0] == "T wave"
    assert glossary.found("") == list(glossary.TERMS)
    assert glossary.found("no such word") == []
