"""The networks' answers in words and tables, as people see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from ecgviz.predictions.model_names import NAMES
from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.networks import ENSEMBLE, STRIP, strip_of
from models.serving import Prediction, Verdict

LIMITS = (
    "Taught on reports of one hospital and one recorder, with few infarctions; the classes are that collection's. "
    "How often they were right on such reports that they had not seen, the page Evaluation says; on reports of other "
    "machines nobody has measured it."
)
NEARLY_ALL, NEARLY_NONE = 0.995, 0.005
ALONE = "A lead alone says little; the report's answer looks at all leads together."


def sentence(verdict: Verdict) -> str:
    """Say what one model answers, or that it does not, and between what it hesitates.

    Examples
    --------
    >>> sentence(Verdict((0.9, 0.06, 0.03, 0.01), "Normal", False, False, "0"))
    'Normal, 90% sure.'
    >>> sentence(Verdict((0.5, 0.4, 0.06, 0.04), "Normal", True, False, "0"))
    'No answer: not sure enough. Likeliest are Normal (50%) and Abnormal heartbeat (40%).'
    """
    if not verdict.abstains:
        return f"{verdict.label}, {percent(verdict.confidence)} sure."
    why = "unlike the reports it was taught on" if verdict.out_of_distribution else "not sure enough"
    first, second = sorted(zip(verdict.probabilities, CLASSES, strict=True), reverse=True)[:2]
    likeliest = f"{first[1]} ({percent(first[0])}) and {second[1]} ({percent(second[0])})"
    return f"No answer: {why}. Likeliest are {likeliest}."


def percent(probability: float) -> str:
    """Write a probability in whole percent, and never as if it were certain.

    Examples
    --------
    >>> percent(0.904), percent(0.9991), percent(0.002)
    ('90%', 'over 99%', 'under 1%')
    """
    if probability >= NEARLY_ALL:
        return "over 99%"
    return "under 1%" if probability < NEARLY_NONE else f"{probability:.0%}"


def agreement(prediction: Prediction) -> str:
    """Say whether the two networks say the same."""
    own = [verdict for name, verdict in prediction.verdicts.items() if name != ENSEMBLE]
    if len({verdict.label for verdict in own}) == 1:
        return f"Both networks find {own[0].label} likeliest."
    first, second = ((NAMES[name], verdict.label) for name, verdict in prediction.verdicts.items() if name != ENSEMBLE)
    return f"The networks disagree: {first[0]} finds {first[1]} likeliest, {second[0]} finds {second[1]}."


def alone(study: Study) -> str:
    """Say what a lead alone is worth, and which trace counts as the strip where that is not plain to see."""
    strip = strip_of(study.traces)
    if strip is None:
        return ALONE
    if not strip.is_strip:
        return f"{ALONE} No strip is printed here: as the strip the networks get lead {strip.lead} in its full length."
    several = sum(trace.is_strip for trace in study.traces) > 1
    return f"{ALONE} Of the strips the networks get that of lead {strip.lead}." if several else ALONE


def report_table(prediction: Prediction) -> pd.DataFrame:
    """Return each model's probability of each class: ``model, class, probability``."""
    return shares_table({name: verdict.probabilities for name, verdict in prediction.verdicts.items()})


def shares_table(said: Mapping[str, Iterable[float]]) -> pd.DataFrame:
    """Lay probabilities by model out as `report_table` does."""
    return pd.DataFrame(
        [
            {"model": NAMES[name], "class": label, "probability": float(share)}
            for name, shares in said.items()
            for label, share in zip(CLASSES, shares, strict=True)
        ]
    )


def lead_table(prediction: Prediction) -> pd.DataFrame:
    """Return what each lead alone would say: ``model, lead, class, probability``."""
    return pd.DataFrame(
        [
            {"model": NAMES[name], "lead": of_network(lead), "class": label, "probability": share}
            for name, leads in prediction.leads.items()
            for lead, shares in leads.items()
            for label, share in zip(CLASSES, shares, strict=True)
        ]
    )


def difference_table(prediction: Prediction) -> pd.DataFrame:
    """Return by how much the CNN-LSTM finds each class likelier than the CNN, by each lead alone."""
    first, second = (name for name in prediction.leads)
    return pd.DataFrame(
        [
            {"lead": of_network(lead), "class": label, "difference": after - before}
            for lead in prediction.leads[first]
            for label, before, after in zip(
                CLASSES, prediction.leads[first][lead], prediction.leads[second][lead], strict=True
            )
        ]
    )


def lead_agreement(prediction: Prediction) -> str:
    """Say by which leads alone the two networks would find different classes likeliest."""
    first, second = prediction.leads.values()
    apart = [
        f"{'the strip' if lead == STRIP else lead} ({_likeliest(first[lead])}, {_likeliest(second[lead])})"
        for lead in first
        if _likeliest(first[lead]) != _likeliest(second[lead])
    ]
    if not apart:
        return "By each lead alone, both networks find the same class likeliest."
    names = " and ".join(NAMES[name] for name in prediction.leads)
    return f"By {len(apart)} of {len(first)} leads alone, {names} find different classes likeliest: {', '.join(apart)}."


def _likeliest(shares: tuple[float, ...]) -> str:
    return CLASSES[shares.index(max(shares))]
