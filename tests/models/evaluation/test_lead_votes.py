"""Votes of leads give probabilities, whichever leads were read, and follow the leads."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evaluation.lead_votes import report_probabilities
from models.networks import LEAD_NAMES, NETWORKS
from models.scoring import AGGREGATIONS, JOINT

shares = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(lambda parts: tuple(np.array(parts) / sum(parts)))

VOTES = [way for way in AGGREGATIONS if way != JOINT]


@pytest.mark.parametrize("way", VOTES)
@pytest.mark.parametrize("network", NETWORKS)
def test_leads_that_agree_carry_the_report(network, way):
    leads = dict.fromkeys(LEAD_NAMES, (0.05, 0.05, 0.85, 0.05))
    said = report_probabilities(network, way, leads)
    assert said.sum() == pytest.approx(1)
    assert said.argmax() == 2


@given(st.dictionaries(st.sampled_from(LEAD_NAMES), shares, min_size=1), st.sampled_from(VOTES))
def test_any_leads_give_probabilities(leads, way):
    said = report_probabilities("cnn", way, leads)
    assert said.shape == (4,)
    assert np.isfinite(said).all()
    assert said.sum() == pytest.approx(1)


def test_the_order_of_the_leads_does_not_matter():
    rng = np.random.default_rng(0)
    leads = {lead: tuple(rng.dirichlet(np.ones(4))) for lead in LEAD_NAMES}
    turned = dict(reversed(leads.items()))
    for way in VOTES:
        np.testing.assert_allclose(report_probabilities("cnn", way, leads), report_probabilities("cnn", way, turned))


def test_learnt_weights_count_some_leads_for_more():
    calm, loud = (0.4, 0.2, 0.2, 0.2), (0.01, 0.97, 0.01, 0.01)
    said = {
        lead: report_probabilities("cnn", "attention", {**dict.fromkeys(LEAD_NAMES, calm), lead: loud})[1]
        for lead in LEAD_NAMES
    }
    assert max(said.values()) > min(said.values()) + 0.001
