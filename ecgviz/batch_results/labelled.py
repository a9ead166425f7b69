"""The labelled reports of a batch as predictions to score: each distinct report once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from ecgviz.batch import Row, models_in
from models.classes import CLASSES
from models.evaluation import HeldOutPredictions, out_of_fold

EVERY = "All reports"
# Digits of a hash that the held-out predictions keep of a training report.
HASH_DIGITS = 16


def distinct(rows: Sequence[Row]) -> list[Row]:
    """Return the first row of each file that was read, a labelled one where copies have no label."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.status == "read" and row.sha256 and (row.sha256 not in first or first[row.sha256].label is None):
            first[row.sha256] = row
    return list(first.values())


def labelled_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the row of each distinct file that was read and has a label, whether or not a model predicted."""
    return [row for row in distinct(rows) if row.label is not None]


def labelled_predictions(rows: Sequence[Row]) -> HeldOutPredictions:
    """Return the labelled reports that a model predicted, each distinct file once and a group of its own.

    The probabilities are scored as they are, whether or not a model abstains.
    """
    own = [row for row in labelled_rows(rows) if row.verdicts]
    labels = np.array([CLASSES.index(str(row.label)) for row in own], int)
    return HeldOutPredictions(labels, np.arange(len(own)), {key: probabilities_of(own, key) for key in models_in(own)})


def probabilities_of(rows: Sequence[Row], model: str) -> np.ndarray:
    """Return a model's probabilities, shape (n, 4); NaN where it did not predict."""
    nothing = (float("nan"),) * len(CLASSES)
    found = [row.verdicts[model].probabilities if model in row.verdicts else nothing for row in rows]
    return np.array(found, float).reshape(-1, len(CLASSES))


def subsets_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return all rows, then those of each layout and of each state of trust, by name."""
    read = [row for row in rows if row.status == "read"]
    found = {EVERY: list(rows)}
    for name in sorted({row.layout for row in read if row.layout}):
        found[f"Layout {name}"] = [row for row in read if row.layout == name]
    for state in sorted({row.trust for row in read if row.trust}):
        found[f"Trust {state}"] = [row for row in read if row.trust == state]
    return found


def in_training(rows: Sequence[Row]) -> int:
    """Count the distinct reports that the shipped networks may have been trained on, by hash of the original file."""
    return sum(str(row.sha256)[:HASH_DIGITS] in _trained() for row in distinct(rows))


@cache
def _trained() -> frozenset[str]:
    return frozenset(out_of_fold.load().sha256.tolist())
