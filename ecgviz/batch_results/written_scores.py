"""The scores of a labelled batch as CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from ecgviz.batch import Row, models_in
from ecgviz.batch_results.labelled import labelled_predictions, subsets_of
from ecgviz.evaluation import comparison_tables, score_tables, tables, threshold_tables
from ecgviz.predictions import EVERY_NAME


def evaluation_files(rows: Sequence[Row]) -> dict[str, bytes]:
    """Return the scores of every model on the labelled reports as CSV by file name; values and 95 % intervals.

    ``scores.csv`` holds those over all classes, for all reports and by layout and trust, ``classes.csv`` those of each
    class, ``confusion.csv`` counts, ``reliability.csv`` and ``risk_coverage.csv`` curves, ``differences.csv`` and
    ``mcnemar.csv`` the comparison of every pair.
    """
    predictions = labelled_predictions(rows)
    models = [name for name in models_in(rows) if name in predictions.probabilities]
    pairs = list(combinations(models, 2))
    differences = [
        comparison_tables.difference_table(predictions, one, two).assign(less=EVERY_NAME[two]) for one, two in pairs
    ]
    found = {
        "scores": subset_scores(rows),
        "classes": score_tables.class_table(predictions, models),
        "confusion": tables.confusion_table(predictions, models),
        "reliability": threshold_tables.reliability_table(predictions, models),
        "risk_coverage": threshold_tables.risk_table(predictions, models),
        "differences": pd.concat(differences, ignore_index=True) if pairs else pd.DataFrame(),
        "mcnemar": comparison_tables.mcnemar_table(predictions, models),
    }
    return {f"{name}.csv": table.to_csv(index=False).encode() for name, table in found.items()}


def subset_scores(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the scores of every model by subset: ``part, model, score, n, value, low, high``."""
    found = []
    for name, own in subsets_of(rows).items():
        predictions = labelled_predictions(own)
        table = score_tables.score_table(predictions, predictions.probabilities)
        found.append(table.assign(part=name))
    return pd.concat(found, ignore_index=True)
