"""State of each lead: flat, noise, clipped and missing leads are distinguished from good ones and left out."""

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.measuring.heart_beats import find_beats
from preprocessing.measuring.lead_signal import LeadSignal, bad_leads, only_good, signals_of
from preprocessing.measuring.measurements import measure
from sample_images import RHYTHMS, simulate
from tests.printed_traces import printed

PAGE = printed(simulate("normal-sinus", seed=4), "3x4+1")
RNG = np.random.default_rng(5)


def with_lead(lead, mv):
    return [replace(one, mv=np.asarray(mv(one.mv), np.float32)) if one.key == lead else one for one in PAGE]


def state_of(traces, lead):
    return dict(zip([one.key for one in traces], signals_of(traces, find_beats(traces)), strict=True))[lead]


@pytest.mark.parametrize("rhythm", [name for name in RHYTHMS if RHYTHMS[name].beat])
def test_leads_of_a_beating_heart_are_good(rhythm):
    traces = printed(simulate(rhythm, seed=2), "3x4+1")
    assert set(signals_of(traces, find_beats(traces))) == {LeadSignal.GOOD}


def test_fibrillation_is_no_noise():
    traces = printed(simulate("ventricular-fibrillation", seed=1), "3x4+1")
    assert set(signals_of(traces, find_beats(traces))) == {LeadSignal.GOOD}


@pytest.mark.parametrize(
    ("mv", "state"),
    [
        (lambda mv: RNG.normal(0, 0.01, mv.size), LeadSignal.FLAT),
        (lambda mv: RNG.normal(0, 0.25, mv.size), LeadSignal.NOISE),
        (lambda mv: np.where(np.arange(mv.size) < 0.2 * mv.size, mv, np.nan), LeadSignal.MISSING),
        (lambda mv: np.full(mv.size, np.nan), LeadSignal.MISSING),
        (lambda mv: np.clip(6 * mv, -1, 1), LeadSignal.CLIPPED),
    ],
    ids=["flat", "noise", "mostly unread", "unread", "clipped"],
)
def test_a_lead_without_a_usable_signal_is_named(mv, state):
    traces = with_lead("V5", mv)
    assert state_of(traces, "V5") is state
    (notice,) = bad_leads(traces, signals_of(traces, find_beats(traces)))
    assert f"V5 ({state})" in notice.message
    assert state_of(traces, "V4") is LeadSignal.GOOD


def test_a_noisy_lead_with_beats_in_it_is_good():
    traces = with_lead("V5", lambda mv: mv + RNG.normal(0, 0.05, mv.size))
    assert state_of(traces, "V5") is LeadSignal.GOOD


def test_bad_leads_are_left_out_in_place():
    signals = [LeadSignal.NOISE if one.key == "V6" else LeadSignal.GOOD for one in PAGE]
    kept = only_good(PAGE, signals)
    assert [one.key for one in kept] == [one.key for one in PAGE]
    for before, after in zip(PAGE, kept, strict=True):
        assert after.mv.size == before.mv.size
        assert np.isnan(after.mv).all() == (before.key == "V6")


def test_measurements_do_not_rest_on_bad_leads():
    traces = with_lead("V6", lambda mv: RNG.normal(0, 0.25, mv.size))
    traces = [replace(one, mv=np.zeros_like(one.mv)) if one.key == "V5" else one for one in traces]
    clean, found = measure(PAGE), measure(traces)
    assert found.heart_rate_bpm.value == pytest.approx(clean.heart_rate_bpm.value, abs=1)
    assert "in 10 leads" in found.qrs_ms.rests_on
    assert found.qrs_ms.value == pytest.approx(clean.qrs_ms.value, abs=8)
    assert [notice.code for notice in found.notices] == ["bad_lead"]
    assert clean.notices == ()
    assert found.beats.clock_s == clean.beats.clock_s
