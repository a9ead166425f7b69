"""Tables that compare two models on the reports that both predicted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from ecgviz.evaluation.tables import SPREAD
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HeldOutPredictions
from models.scoring import paired

DIFFERENCES = {
    "accuracy": "Accuracy",
    "balanced_accuracy": "Balanced accuracy",
    "macro_f1": "Macro-F1",
    "auroc": "AUROC",
}
# Smaller p-values are written as below this.
SMALLEST_P = 0.001


def mcnemar_table(predictions: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Return McNemar's exact test of every pair: ``first, second, n, first_only, second_only, p``."""
    rows = []
    for first, second in combinations(models, 2):
        labels, (one, two), _ = _both(predictions, first, second)
        found = paired.mcnemar(labels, one.argmax(axis=1), two.argmax(axis=1))
        rows.append({"first": EVERY_NAME[first], "second": EVERY_NAME[second], **vars(found)})
    return pd.DataFrame(rows, columns=["first", "second", "n", "first_only", "second_only", "p"])


def wide_mcnemar_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `mcnemar_table` for people."""
    return pd.DataFrame(
        {
            "First": table["first"],
            "Second": table["second"],
            "Reports": table["n"],
            "Only first correct": table["first_only"],
            "Only second correct": table["second_only"],
            "p": [p_value(p) for p in table["p"]],
        }
    )


def p_value(p: float) -> str:
    """Write a p-value.

    >>> p_value(0.0321), p_value(0.00002), p_value(1.0)
    ('0.032', 'below 0.001', '1.000')
    """
    return f"below {SMALLEST_P}" if p < SMALLEST_P else f"{p:.3f}"


def difference_table(predictions: HeldOutPredictions, first: str, second: str) -> pd.DataFrame:
    """Return the differences of two models' scores: ``model, score, n, value, low, high``; none without reports."""
    labels, (one, two), groups = _both(predictions, first, second)
    if not len(labels):
        return pd.DataFrame(columns=["model", "score", "n", *SPREAD])
    found = paired.score_differences(labels, one, two, groups)
    rows = [
        {"model": EVERY_NAME[first], "score": DIFFERENCES[name], "n": len(labels)}
        | dict(zip(SPREAD, figure, strict=True))
        for name, figure in found.items()
    ]
    return pd.DataFrame(rows).dropna(subset="value").reset_index(drop=True)


def _both(
    predictions: HeldOutPredictions, first: str, second: str
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Return labels, both models' probabilities and groups of the reports that both predicted."""
    one, two = predictions.probabilities[first], predictions.probabilities[second]
    known = np.isfinite(one).all(axis=1) & np.isfinite(two).all(axis=1)
    return predictions.labels[known], (one[known], two[known]), predictions.groups[known]
