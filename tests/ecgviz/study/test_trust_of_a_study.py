"""Trust of a study: doubts of its notices, leads and signals reach the reading and the networks."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.study import reading_from
from models.serving import predictor
from preprocessing.measuring import LeadSignal, measure
from preprocessing.trust import TrustState
from tests.conftest import fixed_prediction
from tests.studies import study_of


def changed(change):
    """Return the study of a well-read page with other traces, measured again."""
    study = study_of("edan_normal")
    traces = tuple(change(trace) for trace in study.traces)
    return replace(study, traces=traces, measurements=measure(traces))


@pytest.fixture(scope="module")
def inverted():
    return changed(lambda trace: replace(trace, mv=-trace.mv) if trace.key == "III" else trace)


@pytest.fixture(scope="module")
def flat():
    return changed(lambda trace: replace(trace, mv=np.zeros_like(trace.mv)) if trace.key == "V5" else trace)


def asked(study, monkeypatch):
    """Return the traces and the doubts that the networks are given."""
    given = []

    def networks(traces, beats, doubts=(), pictures=None, baselines=True):
        given.append((traces, doubts))
        return fixed_prediction(traces)

    monkeypatch.setattr(predictor, "networks", lambda: networks)
    assert study.prediction is not None
    return given[0]


def test_a_well_read_page_is_trusted():
    study = study_of("edan_normal")
    assert study.trust.state is TrustState.GOOD
    reading = reading_from(study)
    assert reading["trust"] == {"state": "good", "reasons": []}
    assert {lead["signal"] for lead in reading["leads"]} == {"good"}
    assert reading["measurements"]["rr_ms"]["shortest"] <= reading["measurements"]["rr_ms"]["median"]


def test_leads_that_contradict_each_other_are_a_doubt_and_forbid_a_prediction(inverted, monkeypatch):
    assert inverted.trust.reasons == ("lead_doubted", "leads_contradict")
    assert reading_from(inverted)["trust"] == {"state": "provisional", "reasons": ["lead_doubted", "leads_contradict"]}
    _, doubts = asked(replace(inverted), monkeypatch)
    assert doubts == ("leads_contradict",)


def test_a_flat_lead_is_named_and_kept_from_the_networks(flat, monkeypatch):
    assert flat.signal("V5") is LeadSignal.FLAT
    assert flat.trust.reasons == ("bad_lead",)
    leads = {lead["lead"]: lead["signal"] for lead in reading_from(flat)["leads"]}
    assert (leads["V5"], leads["V4"]) == ("flat", "good")
    traces, doubts = asked(replace(flat), monkeypatch)
    assert [trace.key for trace in traces if np.isnan(trace.mv).all()] == ["V5"]
    assert doubts == ()
    # What is read stays as it is.
    assert not np.isnan(flat.trace("V5").mv).any()


def test_a_flat_limb_lead_contradicts_no_law():
    study = changed(lambda trace: replace(trace, mv=np.zeros_like(trace.mv)) if trace.key == "III" else trace)
    assert study.trust.reasons == ("bad_lead",)


def test_a_lead_that_may_be_misread_is_named_and_makes_the_reading_provisional():
    study = study_of("edan_normal")
    reading = reading_from(study)
    assert study.trust.reasons == ()
    assert [lead["estimated_snr_db"] for lead in reading["leads"]] == [round(db, 1) for db in study.lead_snr_db]
    doubted = changed(lambda trace: replace(trace, mv=trace.mv + 0.7) if trace.key == "V2" else trace)
    assert doubted.trust.reasons == ("lead_doubted",)
    (notice,) = (notice for notice in doubted.notices if notice.code == "lead_doubted")
    assert "V2" in notice.message
    assert "V5" not in notice.message
