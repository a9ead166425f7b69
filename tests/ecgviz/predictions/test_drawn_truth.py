"""A simulated report says what it was drawn as, right or wrong."""

import pytest

from ecgviz.predictions import drawn_truth
from models.serving import Verdict, VerdictState


def verdict(state: VerdictState, label: str = "Normal") -> Verdict:
    return Verdict((0.9, 0.06, 0.03, 0.01), label, state, (), "0")


@pytest.mark.parametrize(
    ("drawn_as", "state", "found"),
    [
        ("Normal", VerdictState.PREDICTED, "right"),
        ("History of MI", VerdictState.PREDICTED, "wrong"),
        ("Normal", VerdictState.UNSURE, "no prediction"),
        ("History of MI", VerdictState.NOT_APPLICABLE, "no prediction"),
    ],
)
def test_a_prediction_is_right_wrong_or_not_made(drawn_as, state, found):
    assert drawn_truth.outcome(drawn_as, verdict(state)) == found
    assert drawn_truth.sentence(drawn_as, verdict(state)).startswith(f"Drawn as {drawn_as}")


def test_without_a_prediction_the_most_probable_class_is_compared():
    assert drawn_truth.sentence("Normal", verdict(VerdictState.UNSURE)).endswith("is Normal, as drawn.")
    assert drawn_truth.sentence("History of MI", verdict(VerdictState.UNSURE)).endswith("not History of MI.")
