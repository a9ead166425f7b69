"""Fitting the estimate of a lead's signal to noise ratio: the regression, its figures, and what is published."""

import numpy as np
import pytest

from models.lead_snr import fit_lead_snr
from models.lead_snr.fit_lead_snr import ReadLeads, figures_of, fitted, publish, without_own_page
from preprocessing.trust import SIGNS
from preprocessing.weights_file import load_weights, read_card


@pytest.fixture
def leads():
    """Return leads of 40 pages whose ratio follows from two of the signs, with noise of 1 dB."""
    rng = np.random.default_rng(5)
    signs = rng.normal(size=(400, len(SIGNS)))
    signs[:, -1] = 0.0
    ratio = 15 + 6 * signs[:, 0] - 4 * signs[:, 3] + rng.normal(size=400)
    return ReadLeads(signs, ratio, np.repeat([f"page {number}" for number in range(40)], 10))


def test_ratios_are_estimated_from_pages_that_the_fit_did_not_see(leads):
    error = without_own_page(leads) - np.clip(leads.snr_db, *fit_lead_snr.LIMITS_DB)
    assert np.abs(error).mean() < 2
    # What says nothing of a lead cannot be estimated from.
    shuffled = ReadLeads(leads.signs, np.random.default_rng(0).permutation(leads.snr_db), leads.page)
    error = without_own_page(shuffled) - np.clip(shuffled.snr_db, *fit_lead_snr.LIMITS_DB)
    assert np.abs(error).mean() > 4


def test_a_sign_that_never_varies_has_no_weight(leads):
    assert fitted(leads.signs, leads.snr_db, 10.0)["weights"][-1] == 0


def test_figures_count_misread_leads_on_pages_that_nothing_marks():
    found = ReadLeads(np.zeros((4, len(SIGNS))), np.array([2.0, 20.0, 3.0, 25.0]), np.array(["a", "a", "b", "b"]))
    figures = figures_of(found, np.array([8.0, 20.0, 14.0, 20.0]))
    assert (figures["misread"], figures["misread_on_unmarked_pages"], figures["pages_marked"]) == (2, 1, 1)
    assert figures["pages_marked_without_a_lead_below_10_db"] == 0


def test_what_is_published_is_what_was_fitted(leads, tmp_path, monkeypatch):
    path = tmp_path / "lead_snr.npz"
    monkeypatch.setattr(fit_lead_snr, "SNR_FILE", path)
    figures = publish(leads)
    fit = load_weights(path)
    assert fit["weights"].shape == (len(SIGNS),)
    assert read_card(path).figures == figures
    assert figures["leads"] == 400
