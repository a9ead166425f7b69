"""The figures that ship are those of the shipped out-of-fold answers, and hold what they promise."""

import json

import numpy as np
import pytest

from models import evaluate
from models.classes import CLASSES
from models.evaluation import card_page, load, network_probabilities
from models.scoring import metrics


@pytest.fixture(scope="module")
def kept():
    return load()


@pytest.fixture(scope="module")
def figures():
    return json.loads(evaluate.FIGURES.read_text(encoding="utf-8"))


def test_no_group_is_in_two_folds(kept):
    for group in np.unique(kept.group):
        assert len(set(kept.fold[kept.group == group])) == 1


def test_every_report_was_scored_by_both_networks(kept):
    assert np.isfinite(kept.report_logits).all()
    assert np.isfinite(kept.lead_logits).all()
    assert len(set(kept.sha256)) == len(kept.label)


def test_the_papers_networks_were_scored_on_the_same_reports(kept):
    known = np.isfinite(kept.paper_leads).all(axis=(2, 3))
    assert not known[:, ~kept.headline].any()
    assert known[:, kept.headline].sum(axis=1).min() > 100


def test_the_page_is_written_from_the_figures(figures):
    assert evaluate.PAGE.read_text(encoding="utf-8") == card_page(figures)


def test_the_headline_is_what_the_answers_say(kept, figures):
    at = kept.headline
    said = network_probabilities(kept)
    for name, probabilities in said.items():
        told = figures["headline"][name]
        assert told["n"] == at.sum()
        assert told["macro_f1"]["value"] == pytest.approx(metrics.macro_f1(kept.label[at], probabilities))
        assert told["macro_f1"]["low"] < told["macro_f1"]["value"] < told["macro_f1"]["high"]
        assert np.sum(told["confusion"]) == at.sum()
        assert set(told["by_class"]) == set(CLASSES)


def test_both_networks_stand_above_every_baseline(figures):
    headline = figures["headline"]
    best = max(
        headline[name]["macro_f1"]["value"]
        for name in ("majority", "heart_rate", "simple_linear", "paper_cnn", "paper_cnn_lstm")
    )
    for name in ("cnn", "cnn_lstm", "ensemble"):
        assert headline[name]["macro_f1"]["value"] > best


def test_a_leaking_split_looks_better_than_an_honest_one(figures):
    leaking, honest = figures["leaking"], figures["headline"]["paper_cnn"]
    assert leaking["all"]["macro_f1"]["value"] > honest["macro_f1"]["value"]
    assert leaking["with_copy"]["n"] > leaking["without_copy"]["n"]


def test_settings_lie_where_they_can_be(figures):
    for kind, values in figures["settings"].items():
        for value in values.values():
            assert 0 < value <= (1 if kind == "abstain_below" else 20)
