"""What a batch shows without labels, as tables: predicted classes, confidences, and two models side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from ecgviz.batch import Row
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES

NO_PREDICTION = "No prediction"
OUTCOMES = (*CLASSES, NO_PREDICTION)
AGREE, DISAGREE = "same class", "different classes"
# Of the histograms: the most probable of four classes has at least a quarter.
CONFIDENCE_EDGES = np.linspace(0.25, 1, 16)


def class_counts(rows: Sequence[Row], models: Iterable[str]) -> pd.DataFrame:
    """Count what each model predicted: ``model, class, reports``; reports without prediction have their own class."""
    found = []
    for model in models:
        own = [row.verdicts[model] for row in rows if model in row.verdicts]
        predicted = [NO_PREDICTION if one.abstains else one.label for one in own]
        found += [
            {"model": EVERY_NAME[model], "class": outcome, "reports": predicted.count(outcome)} for outcome in OUTCOMES
        ]
    return pd.DataFrame(found, columns=["model", "class", "reports"])


def confidence_table(rows: Sequence[Row], models: Iterable[str]) -> pd.DataFrame:
    """Return the histogram of each model's confidence: ``model, low, high, reports``."""
    found = []
    for model in models:
        confidences = [row.verdicts[model].confidence for row in rows if model in row.verdicts]
        counts, _ = np.histogram(np.clip(confidences, CONFIDENCE_EDGES[0], 1), CONFIDENCE_EDGES)
        table = {"low": CONFIDENCE_EDGES[:-1], "high": CONFIDENCE_EDGES[1:], "reports": counts}
        found.append(pd.DataFrame(table).assign(model=EVERY_NAME[model]))
    return pd.concat(found, ignore_index=True)


def pair_table(rows: Sequence[Row], first: str, second: str, label: str) -> pd.DataFrame:
    """Return two models' probabilities of one class, one row a report that both predicted.

    Returns
    -------
    DataFrame
        ``number, file, first, second, first_class, second_class, agreement``: probabilities, most probable classes,
        and whether these are the same.
    """
    at = CLASSES.index(label)
    found = [
        {
            "number": row.number,
            "file": row.file,
            "first": row.verdicts[first].probabilities[at],
            "second": row.verdicts[second].probabilities[at],
            "first_class": row.verdicts[first].label,
            "second_class": row.verdicts[second].label,
            "agreement": AGREE if row.agree((first, second)) else DISAGREE,
        }
        for row in rows
        if first in row.verdicts and second in row.verdicts
    ]
    columns = ["number", "file", "first", "second", "first_class", "second_class", "agreement"]
    return pd.DataFrame(found, columns=columns)
