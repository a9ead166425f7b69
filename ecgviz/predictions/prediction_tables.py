"""Predictions as sentences and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from ecgviz.predictions.model_names import NAMES
from ecgviz.study import Study
from ecgviz.words import doubts, of_network
from models.classes import CLASSES
from models.networks import strip_of
from models.serving import Prediction, Verdict

# Rounded to whole percent, these would read as certain.
NEARLY_ALL, NEARLY_NONE = 0.995, 0.005
ALONE = "One lead alone is weak evidence; the prediction for the report uses all leads."


def sentence(name: str, verdict: Verdict) -> str:
    """Return what one model predicts, or why it abstains.

    Examples
    --------
    >>> from models.serving import VerdictState
    >>> sentence("trace_cnn", Verdict((0.9, 0.06, 0.03, 0.01), "Normal", VerdictState.PREDICTED, (), "0"))
    'Trace CNN: predicted Normal (90%).'
    >>> sentence("ensemble", Verdict((0.5, 0.4, 0.06, 0.04), "Normal", VerdictState.UNSURE, (), "0"))
    'Combined: no prediction, confidence below the threshold.'
    """
    if not verdict.abstains:
        return f"{NAMES[name]}: predicted {verdict.label} ({percent(verdict.confidence)})."
    reason = doubts.because(verdict.reasons) if verdict.reasons else "confidence below the threshold"
    return f"{NAMES[name]}: no prediction, {reason}."


def percent(probability: float) -> str:
    """Write a probability in whole percent, never as 0% or 100%.

    Examples
    --------
    >>> percent(0.904), percent(0.9991), percent(0.002)
    ('90%', 'over 99%', 'under 1%')
    """
    if probability >= NEARLY_ALL:
        return "over 99%"
    return "under 1%" if probability < NEARLY_NONE else f"{probability:.0%}"


def lead_caption(study: Study) -> str:
    """Return a caption for predictions from single leads: their worth, and which trace is used as the strip."""
    strip = strip_of(study.traces)
    if strip is None:
        return ALONE
    if not strip.is_strip:
        return f"{ALONE} No strip is printed here; the networks use the whole of lead {strip.lead} instead."
    several = sum(trace.is_strip for trace in study.traces) > 1
    return f"{ALONE} Of the printed strips, the networks use lead {strip.lead}." if several else ALONE


def report_table(prediction: Prediction) -> pd.DataFrame:
    """Return each model's probability of each class: ``model, class, probability``."""
    return model_table({name: verdict.probabilities for name, verdict in prediction.verdicts.items()})


def model_table(by_model: Mapping[str, Iterable[float]]) -> pd.DataFrame:
    """Return probabilities by model as a table like that of `report_table`."""
    return pd.DataFrame(
        [
            {"model": NAMES[name], "class": label, "probability": float(probability)}
            for name, probabilities in by_model.items()
            for label, probability in zip(CLASSES, probabilities, strict=True)
        ]
    )


def lead_table(prediction: Prediction) -> pd.DataFrame:
    """Return each network's probabilities from each lead alone: ``model, lead, class, probability``."""
    return pd.DataFrame(
        [
            {"model": NAMES[name], "lead": of_network(lead), "class": label, "probability": probability}
            for name, leads in prediction.leads.items()
            for lead, probabilities in leads.items()
            for label, probability in zip(CLASSES, probabilities, strict=True)
        ]
    )
