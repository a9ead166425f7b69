"""The shipped figures are those of the shipped held-out predictions, and the model card is written from them."""

import json

import numpy as np
import pytest

from models import evaluate
from models.classes import CLASSES
from models.evaluation import card_page, load, network_probabilities
from models.networks import OWN_NETWORKS, TRACE_NETWORKS
from models.scoring import metrics


@pytest.fixture(scope="module")
def outputs():
    return load()


@pytest.fixture(scope="module")
def figures():
    return json.loads(evaluate.FIGURES.read_text(encoding="utf-8"))


def test_no_group_is_in_two_folds(outputs):
    for group in np.unique(outputs.group):
        assert len(set(outputs.fold[outputs.group == group])) == 1


def test_every_network_predicted_the_headline_and_those_over_traces_every_report(outputs):
    assert np.isfinite(outputs.linear_logits[outputs.headline]).all()
    for values in (outputs.report_logits, outputs.lead_logits, outputs.distances):
        assert len(values) == len(OWN_NETWORKS)
        assert np.isfinite(values[:, outputs.headline]).all()
        assert np.isfinite(values[-len(TRACE_NETWORKS) :]).all()
    assert len(set(outputs.sha256)) == len(outputs.label)


def test_the_papers_networks_predicted_reports_of_the_headline_only(outputs):
    known = np.isfinite(outputs.paper_leads).all(axis=(2, 3))
    assert not known[:, ~outputs.headline].any()
    assert known[:, outputs.headline].sum(axis=1).min() > 100


def test_the_model_card_is_written_from_the_figures(figures):
    assert evaluate.PAGE.read_text(encoding="utf-8") == card_page(figures)


def test_the_headline_is_that_of_the_held_out_predictions(outputs, figures):
    at = outputs.headline
    for name, probabilities in network_probabilities(outputs).items():
        shown = figures["headline"][name]
        assert shown["n"] == at.sum()
        assert shown["macro_f1"]["value"] == pytest.approx(metrics.macro_f1(outputs.label[at], probabilities))
        assert shown["macro_f1"]["low"] < shown["macro_f1"]["value"] < shown["macro_f1"]["high"]
        assert np.sum(shown["confusion"]) == at.sum()
        assert set(shown["by_class"]) == set(CLASSES)


def test_our_networks_are_better_than_every_baseline(figures):
    headline = figures["headline"]
    best = max(
        headline[name]["macro_f1"]["value"]
        for name in ("majority", "heart_rate", "simple_linear", "paper_cnn", "paper_cnn_lstm")
    )
    for name in (*OWN_NETWORKS, "ensemble"):
        assert headline[name]["macro_f1"]["value"] > best


def test_a_leaking_split_looks_better_than_folds_by_report(figures):
    leaking, honest = figures["leaking"], figures["headline"]["paper_cnn"]
    assert leaking["all"]["macro_f1"]["value"] > honest["macro_f1"]["value"]
    assert leaking["with_copy"]["n"] > leaking["without_copy"]["n"]


def test_settings_lie_in_their_ranges(figures):
    for kind, values in figures["settings"].items():
        lowest = -1e-9 if kind == "offsets" else 0
        for value in values.values():
            assert lowest < value <= (1 if kind in ("abstain_below", "weights") else 20)
    assert sum(figures["settings"]["weights"].values()) == pytest.approx(1)
