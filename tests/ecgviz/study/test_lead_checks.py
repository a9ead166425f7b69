"""Consistency checks of the leads."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.study.lead_checks import checks, warnings
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample for sample in samples()}


@pytest.fixture(scope="module")
def study():
    return study_of("pvc_6x2")


def with_traces(study, change):
    return replace(study, traces=tuple(change(trace) for trace in study.traces))


def test_a_well_read_page_obeys_every_law(study):
    found = checks(study)
    assert [check.law for check in found] == ["II = I + III", "aVR + aVL + aVF = 0", "Strip II = lead II"]
    assert all(check.holds for check in found)
    assert found[0].words.startswith("II = I + III holds: residual 0.0")


def test_a_cabrera_page_has_its_own_form_of_the_law():
    cabrera = study_of("rbbb_cabrera")
    assert [(check.law, check.holds) for check in checks(cabrera)] == [
        ("II = I + III", True),
        ("-aVR = aVL + aVF", True),
    ]


def test_an_inverted_lead_breaks_its_law_alone(study):
    inverted = with_traces(study, lambda trace: replace(trace, mv=-trace.mv) if trace.key == "III" else trace)
    first, second, strip = checks(inverted)
    assert first.holds is False
    assert "does not hold" in first.words
    assert "Compare these leads with the report" in first.words
    assert second.holds
    assert strip.holds


def test_leads_that_contradict_each_other_are_a_warning_beside_the_others(study):
    inverted = with_traces(study, lambda trace: replace(trace, mv=-trace.mv) if trace.key == "III" else trace)
    assert warnings(study) == study.notices
    assert [notice.code for notice in warnings(inverted)] == [*(n.code for n in inverted.notices), "leads_contradict"]


def test_an_offset_of_one_lead_breaks_no_law(study):
    moved = with_traces(study, lambda trace: replace(trace, mv=trace.mv + 0.5) if trace.key == "I" else trace)
    assert checks(moved)[0].share == pytest.approx(checks(study)[0].share, rel=1e-3)


def test_a_strip_that_shows_another_lead_is_named(study):
    third = study.trace("III")

    def show_third(trace):
        if trace.role != "rhythm":
            return trace
        mv = trace.mv.copy()
        mv[: third.mv.size] = third.mv
        return replace(trace, mv=mv)

    strip = checks(with_traces(study, show_third))[-1]
    assert strip.holds is False
    assert "matches lead III" in strip.words


def test_leads_without_common_time_cannot_be_checked(study):
    late = with_traces(study, lambda trace: replace(trace, start_s=trace.start_s + 5.0) if trace.key == "II" else trace)
    check = checks(late)[0]
    assert check.holds is None
    assert "cannot be checked" in check.words


def test_flat_leads_cannot_be_checked(study):
    flat = with_traces(study, lambda trace: replace(trace, mv=np.zeros_like(trace.mv)))
    assert [check.holds for check in checks(flat)] == [None, None, None]
    assert "are flat" in checks(flat)[0].words
