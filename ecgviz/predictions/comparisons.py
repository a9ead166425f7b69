"""Where networks agree and differ: on the report, and on each lead alone."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from ecgviz.predictions.model_names import NAMES, OURS
from ecgviz.words import of_network
from models.classes import CLASSES
from models.networks import STRIP
from models.serving import Prediction


def agreement(prediction: Prediction) -> str:
    """Return whether the networks of which the combined prediction is made find the same class most probable."""
    by_class: dict[str, list[str]] = {}
    for name in (name for name in OURS if name in prediction.verdicts):
        by_class.setdefault(prediction.verdicts[name].label, []).append(NAMES[name])
    if len(by_class) == 1:
        ((label, names),) = by_class.items()
        return f"{_every(len(names))} find the same class most probable: {label}."
    each = "; ".join(f"{label} ({', '.join(names)})" for label, names in by_class.items())
    return f"The networks disagree on the most probable class: {each}."


def difference_table(prediction: Prediction, first: str, second: str) -> pd.DataFrame:
    """Return the second network's probability minus the first's from each lead alone: ``lead, class, difference``."""
    one, other = prediction.leads[first], prediction.leads[second]
    return pd.DataFrame(
        [
            {"lead": of_network(lead), "class": label, "difference": theirs - own}
            for lead in one
            if lead in other
            for label, own, theirs in zip(CLASSES, one[lead], other[lead], strict=True)
        ],
        columns=["lead", "class", "difference"],
    )


def lead_agreement(prediction: Prediction, first: str, second: str) -> str:
    """Return for which leads alone two networks find different classes most probable."""
    one, other = prediction.leads[first], prediction.leads[second]
    both = [lead for lead in one if lead in other]
    apart = [
        f"{'the strip' if lead == STRIP else lead} ({_most_probable(one[lead])}, {_most_probable(other[lead])})"
        for lead in both
        if _most_probable(one[lead]) != _most_probable(other[lead])
    ]
    if not apart:
        return "From every lead alone, both networks find the same class most probable."
    return (
        f"{NAMES[first]} and {NAMES[second]} disagree on {len(apart)} of {len(both)} leads alone: {', '.join(apart)}."
    )


def vote_table(prediction: Prediction) -> pd.DataFrame:
    """Return how many networks find each class most probable from each lead alone.

    Returns
    -------
    DataFrame
        ``lead, class, networks, share, names``; `share` of the networks that have the lead.
    """
    rows = []
    for lead in dict.fromkeys(lead for leads in prediction.leads.values() for lead in leads):
        tops = {name: _most_probable(leads[lead]) for name, leads in prediction.leads.items() if lead in leads}
        counts = Counter(tops.values())
        rows += [
            {
                "lead": of_network(lead),
                "class": label,
                "networks": counts[label],
                "share": counts[label] / len(tops),
                "names": ", ".join(NAMES[name] for name, top in tops.items() if top == label),
            }
            for label in CLASSES
        ]
    return pd.DataFrame(rows)


def divided_leads(prediction: Prediction) -> str:
    """Return in one sentence from how many leads alone all networks find the same class most probable."""
    votes = vote_table(prediction)
    united = votes[votes["share"] == 1]
    leads = list(dict.fromkeys(votes["lead"]))
    apart = [lead for lead in leads if lead not in set(united["lead"])]
    if not apart:
        return f"From each of {len(leads)} leads alone, all networks find the same class most probable."
    return f"The networks are divided on {len(apart)} of {len(leads)} leads alone: {', '.join(apart)}."


def _every(number: int) -> str:
    return "Both networks" if number == 2 else f"All {number} networks"


def _most_probable(probabilities: tuple[float, ...]) -> str:
    return CLASSES[probabilities.index(max(probabilities))]
