"""Predictions from pictures follow the settings of the stages."""

import pytest

from ecgviz.predictions import live
from ecgviz.predictions.live import CHOSEN, USUAL, PicturePrediction
from ecgviz.study import restage
from models.classes import CLASSES
from models.serving import Verdict, VerdictState
from preprocessing.stages import StageSettings
from tests.studies import study_of


def of(*found, leads=None):
    label = CLASSES[found.index(max(found))]
    return PicturePrediction("cnn", Verdict(found, label, VerdictState.PREDICTED, (), "0"), leads or {})


@pytest.fixture(scope="module")
def study():
    return study_of("edan_normal")


def test_the_articles_networks_come_first():
    assert list(live.picture_networks()) == ["paper_cnn", "paper_cnn_lstm", "cnn", "cnn_lstm"]


def test_other_settings_give_other_predictions_and_each_lead_has_a_row(study):
    usual = live.of_pictures(study, "paper_cnn")
    now = live.of_pictures(restage(study, StageSettings(sigma=5)), "paper_cnn")
    table = live.lead_table(usual, now)
    assert len(table) == 13 * len(CLASSES)
    assert (table["change"].abs() > 0).any()
    assert table["change"].equals(table["probability"] - table["usual"])
    whole = live.report_table(usual, now)
    assert whole.groupby("settings")["probability"].sum().round(6).to_dict() == {USUAL: 1.0, CHOSEN: 1.0}


def test_a_reading_that_forbids_predictions_forbids_these_too(study, monkeypatch):
    monkeypatch.setattr(type(study.trust), "forbids_prediction", ("leads_contradict",))
    assert live.of_pictures(study, "cnn").verdict.state is VerdictState.NOT_APPLICABLE


def test_the_sentence_tells_no_change_from_a_small_and_a_large_one():
    usual = of(0.7, 0.1, 0.1, 0.1)
    assert live.change_sentence(usual, of(0.702, 0.098, 0.1, 0.1)).endswith("no change.")
    assert "70% before, 60% now (\N{MINUS SIGN}10 points)" in live.change_sentence(usual, of(0.6, 0.2, 0.1, 0.1))
    assert "instead of Normal" in live.change_sentence(usual, of(0.2, 0.6, 0.1, 0.1))


def test_leads_whose_most_probable_class_changed_are_named():
    sure, other = (0.9, 0.05, 0.03, 0.02), (0.1, 0.8, 0.05, 0.05)
    usual = of(0.7, 0.1, 0.1, 0.1, leads={"I": sure, "V1": sure, "rhythm": sure})
    now = of(0.7, 0.1, 0.1, 0.1, leads={"I": sure, "V1": other, "rhythm": other})
    assert live.leads_changed(usual, usual).endswith("remains most probable.")
    assert live.leads_changed(usual, now).endswith("2 of 3 leads: V1, strip.")
