"""Faults have the effect that their lessons describe, and limits quote the files that ship."""

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
from ecgviz.learn import about_limits, about_stages
from ecgviz.learn.faults import FAULTS, effect_of
from preprocessing.stages import LEAD_STAGES, STAGE_KEYS

EVALUATION = Path(models.__file__).parent / "evaluation"


def lead() -> np.ndarray:
    """Return a lead of 80 by 160 pixels: pale squares, a dark line, one peak."""
    gray = np.full((80, 160), 0.98, np.float32)
    gray[::8] = gray[:, ::8] = 0.84
    gray[50:52] = 0.08
    gray[20:52, 78:81] = 0.08
    return gray


def test_every_stage_and_fault_has_its_text():
    assert tuple(about_stages.PURPOSES) == STAGE_KEYS
    assert set(about_stages.FAULT_LESSONS) == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_loses_or_adds_ink_at_the_start_of_its_slider(name):
    effect = effect_of(lead(), name, FAULTS[name].start)
    assert effect.ink_found < 0.9 or effect.false_ink > 0.1


@pytest.mark.parametrize(("name", "neutral"), [("sigma", 1.0), ("threshold", 0.0), ("blur", 0.0), ("resolution", 1.0),
                                                ("light", 0.0)])  # fmt: skip
def test_a_fault_of_size_zero_changes_no_ink(name, neutral):
    effect = effect_of(lead(), name, neutral)
    assert (effect.ink_found, effect.false_ink) == (1.0, 0.0)


@given(st.sampled_from(sorted(FAULTS)), st.floats(0, 1))
def test_shares_stay_between_0_and_1_and_the_lead_is_unchanged(name, at):
    fault, gray = FAULTS[name], lead()
    effect = effect_of(gray, name, fault.low + at * (fault.high - fault.low))
    assert 0 <= effect.ink_found <= 1
    assert 0 <= effect.false_ink <= 1
    assert np.array_equal(gray, lead())
    assert [stage.key for stage in effect.faulty] == list(LEAD_STAGES)


def test_a_threshold_towards_black_thins_the_trace_and_towards_white_takes_the_grid():
    assert effect_of(lead(), "threshold", -0.3).ink_found < 1
    assert effect_of(lead(), "threshold", 0.3).false_ink > 0.3


def test_limits_quote_the_files_that_ship():
    figures = json.loads((EVALUATION / "figures.json").read_text(encoding="utf-8"))
    text = "\n".join(limit.words for limit in about_limits.limits(EvaluationFiles.read()))
    assert f"{figures['headline']['heart_rate']['accuracy']['value']:.0%} of the reports" in text
    assert f"{figures['leaking']['all']['accuracy']['value']:.0%} of {figures['leaking']['all']['n']}" in text
    assert f"{figures['headline']['ensemble']['by_class']['Myocardial infarction']['recall']:.0%} of them" in text
    assert "nan" not in text


def test_other_figures_change_the_text():
    files = EvaluationFiles.read()
    figures = deepcopy(files.figures)
    figures["out_of_distribution"][about_limits.OTHER_RECORDERS]["predicted"] += 3
    before, after = (about_limits.limits(one) for one in (files, replace(files, figures=figures)))
    assert [one.title for one, other in zip(before, after, strict=True) if one != other] == [
        "One hospital, one recorder"
    ]
