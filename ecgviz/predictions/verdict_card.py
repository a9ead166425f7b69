"""The verdict on a report in one card with three states, the same wherever it is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from ecgviz.predictions import comparisons, prediction_tables
from ecgviz.words import doubts
from models.evaluation import out_of_fold
from models.networks import ENSEMBLE
from models.serving import Prediction, Verdict, VerdictState

RAW = "Raw model output, for research"
RAW_NOTE = "No prediction: these probabilities do not apply to this report, or are too close to tell."
TRAINED_ON = (
    "Trained on reports of one hospital and one recorder, with few infarctions; the classes are that dataset's."
)
TITLES = {
    VerdictState.UNSURE: "No prediction: the networks are unsure",
    VerdictState.NOT_APPLICABLE: "No prediction: not applicable to this report",
}
_FIGURES = out_of_fold.FILE.with_name("figures.json")


@dataclass(frozen=True)
class VerdictCard:
    """What is shown of a verdict.

    Attributes
    ----------
    state : VerdictState
    title : str
        The only place with a class and a confidence, and only if a class is predicted.
    sentences : tuple of str
        What it rests on, or why there is none.
    """

    state: VerdictState
    title: str
    sentences: tuple[str, ...]

    @property
    def is_predicted(self) -> bool:
        """Whether a class is predicted."""
        return self.state is VerdictState.PREDICTED


def card_of(prediction: Prediction, provisional: tuple[str, ...] = ()) -> VerdictCard:
    """Return the card of a report's prediction.

    Parameters
    ----------
    prediction : Prediction
    provisional : tuple of str
        Codes of the doubts on which a prediction that is made rests.
    """
    verdict = prediction.verdicts[ENSEMBLE]
    sentences = of_verdict(verdict, provisional).sentences
    agreed = (comparisons.agreement(prediction),) if not verdict.abstains else ()
    return VerdictCard(verdict.state, title(verdict, provisional), (*agreed, *sentences))


def of_verdict(verdict: Verdict, provisional: tuple[str, ...] = ()) -> VerdictCard:
    """Return the card of the combined model's verdict alone."""
    if verdict.state is VerdictState.PREDICTED:
        doubted = (f"Provisional, because {doubts.because(provisional)}.",) if provisional else ()
        sentences = (*doubted, TRAINED_ON, how_often_right())
    elif verdict.state is VerdictState.UNSURE:
        why = doubts.because(verdict.reasons) if verdict.reasons else "the combined confidence is below the threshold"
        sentences = (f"{why[0].upper()}{why[1:]}. Inspect the traces and measurements instead.",)
    else:
        why = doubts.because(verdict.reasons)
        sentences = (f"{why[0].upper()}{why[1:]}. Inspect the traces and measurements instead.",)
    return VerdictCard(verdict.state, title(verdict, provisional), sentences)


def title(verdict: Verdict, provisional: tuple[str, ...] = ()) -> str:
    """Return the headline: class and confidence if a class is predicted, else that there is no prediction.

    Examples
    --------
    >>> title(Verdict((0.9, 0.06, 0.03, 0.01), "Normal", VerdictState.PREDICTED, (), "0"))
    'Normal, 90% confidence'
    >>> title(Verdict((0.9, 0.06, 0.03, 0.01), "Normal", VerdictState.NOT_APPLICABLE, ("no_beats",), "0"))
    'No prediction: not applicable to this report'
    """
    if verdict.state is not VerdictState.PREDICTED:
        return TITLES[verdict.state]
    mark = f" ({doubts.PROVISIONAL})" if provisional else ""
    return f"{verdict.label}, {prediction_tables.percent(verdict.confidence)} confidence{mark}"


@cache
def how_often_right() -> str:
    """Return how often the combined model is right on held-out reports of the kind that it was trained on."""
    figures = json.loads(_FIGURES.read_text(encoding="utf-8"))
    reports, found = figures["headline"][ENSEMBLE]["n"], figures["abstention"][ENSEMBLE]
    return (
        f"On {reports} held-out reports of that kind it predicts {found['coverage']:.0%}, and is right in "
        f"{found['selective_accuracy']:.0%} of those; on other recorders this was not measured."
    )
