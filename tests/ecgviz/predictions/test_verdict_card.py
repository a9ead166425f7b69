"""One card, three states: a class and a percentage stand in the headline only where a class is predicted."""

from dataclasses import replace

import pytest

from ecgviz.predictions import verdict_card
from models.classes import CLASSES
from models.serving import Prediction, Verdict, VerdictState

PREDICTED = Verdict((0.9991, 0.0005, 0.0003, 0.0001), CLASSES[0], VerdictState.PREDICTED, (), "a")
UNSURE = replace(PREDICTED, probabilities=(0.5, 0.4, 0.06, 0.04), state=VerdictState.UNSURE)


def not_applicable(*reasons):
    return replace(PREDICTED, state=VerdictState.NOT_APPLICABLE, reasons=reasons)


def prediction(verdict):
    return Prediction(dict.fromkeys(("trace_cnn", "trace_cnn_lstm", "ensemble"), verdict), {}, ())


def test_a_prediction_names_class_confidence_training_and_how_often_it_is_right():
    card = verdict_card.card_of(prediction(PREDICTED))
    assert card.is_predicted
    assert card.title == "Normal, over 99% confidence"
    words = " ".join(card.sentences)
    assert "Trained on reports of one hospital" in words
    assert "On 330 held-out reports" in words


def test_a_provisional_prediction_says_so_with_its_reason():
    card = verdict_card.card_of(prediction(PREDICTED), ("gain_assumed",))
    assert card.title == "Normal, over 99% confidence (provisional)"
    assert "Provisional, because the gain was assumed." in card.sentences


@pytest.mark.parametrize(
    "verdict", [UNSURE, not_applicable("unlike_training"), not_applicable("leads_contradict", "no_beats")]
)
def test_without_a_prediction_there_is_no_class_and_no_percentage(verdict):
    card = verdict_card.card_of(prediction(verdict), ("gain_assumed",))
    assert not card.is_predicted
    words = " ".join([card.title, *card.sentences])
    assert "%" not in words
    assert not any(label in words for label in CLASSES)
    assert card.title.startswith("No prediction")


def test_a_report_that_cannot_be_predicted_has_its_reasons():
    card = verdict_card.card_of(prediction(not_applicable("leads_contradict", "no_beats")))
    assert card.sentences[0].startswith("The leads contradict each other and no heart beats were found.")
