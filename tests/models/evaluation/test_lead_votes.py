"""Votes of leads give probabilities whichever leads were read, and are those fitted on the held-out reports."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation import load
from models.evaluation.lead_votes import VOTES_FILE, fit_votes, report_probabilities
from models.networks import LEAD_NAMES, OWN_NETWORKS
from models.scoring import AGGREGATIONS, JOINT

shares = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(lambda parts: tuple(np.array(parts) / sum(parts)))

VOTES = [name for name in AGGREGATIONS if name != JOINT]


def test_the_shipped_votes_are_those_of_the_held_out_reports():
    shipped, fitted = json.loads(VOTES_FILE.read_text(encoding="utf-8")), fit_votes(load())
    assert list(shipped) == list(fitted) == list(OWN_NETWORKS)
    for network in OWN_NETWORKS:
        assert list(shipped[network]) == list(fitted[network]) == VOTES
        for name, own in fitted[network].items():
            assert shipped[network][name]["temperature"] == pytest.approx(own["temperature"], rel=1e-5)
            assert (own["weights"] is None) == (name != "attention")
        np.testing.assert_allclose(
            shipped[network]["attention"]["weights"], fitted[network]["attention"]["weights"], atol=1e-5
        )


@pytest.mark.parametrize("aggregation", VOTES)
@pytest.mark.parametrize("network", OWN_NETWORKS)
def test_leads_that_agree_decide_the_report(network, aggregation):
    leads = dict.fromkeys(LEAD_NAMES, (0.05, 0.05, 0.85, 0.05))
    found = report_probabilities(network, aggregation, leads)
    assert found.sum() == pytest.approx(1)
    assert found.argmax() == 2


@given(st.dictionaries(st.sampled_from(LEAD_NAMES), shares, min_size=1), st.sampled_from(VOTES))
def test_any_leads_give_probabilities(leads, aggregation):
    found = report_probabilities("trace_cnn", aggregation, leads)
    assert found.shape == (4,)
    assert np.isfinite(found).all()
    assert found.sum() == pytest.approx(1)


def test_the_order_of_the_leads_does_not_matter():
    rng = np.random.default_rng(0)
    leads = {lead: tuple(rng.dirichlet(np.ones(4))) for lead in LEAD_NAMES}
    reverse = dict(reversed(leads.items()))
    for name in VOTES:
        np.testing.assert_allclose(
            report_probabilities("trace_cnn", name, leads), report_probabilities("trace_cnn", name, reverse)
        )


def test_fitted_weights_differ_between_leads():
    calm, loud = (0.4, 0.2, 0.2, 0.2), (0.01, 0.97, 0.01, 0.01)
    calm_leads = dict.fromkeys(LEAD_NAMES, calm)
    found = [report_probabilities("trace_cnn", "attention", {**calm_leads, lead: loud})[1] for lead in LEAD_NAMES]
    assert max(found) > min(found) + 0.001
