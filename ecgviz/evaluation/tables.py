"""Scores of the models as tables: tidy for charts, with 95% bootstrap intervals over groups of reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ecgviz.predictions import AGGREGATIONS, EVERY_NAME
from ecgviz.words import of_network
from models.classes import CLASSES
from models.evaluation import HeldOutPredictions, OutOfFold
from models.networks import ENSEMBLE, LEAD_NAMES, OWN_NETWORKS, PAPER_NETWORKS
from models.scoring import bootstrap, metrics

SCORES = {
    "macro_f1": "Macro-F1",
    "balanced_accuracy": "Balanced accuracy",
    "accuracy": "Accuracy",
    "brier": "Brier score",
    "ece": "Calibration error",
}
# Scores of the predicted classes alone, for leads and aggregations whose probabilities are not calibrated.
PREDICTION_SCORES = ("macro_f1", "balanced_accuracy", "accuracy")
SPREAD = ("value", "low", "high")
RARE = CLASSES.index("Myocardial infarction")


def headline_table(headline: dict[str, Any]) -> pd.DataFrame:
    """Return the scores of every model as text, from the shipped figures; one row per model."""
    rows = []
    for name, shown in EVERY_NAME.items():
        if (one := headline.get(name, {"n": 0}))["n"]:
            counts = np.array(one["confusion"])
            rows.append(
                {
                    "Model": shown,
                    "Reports": one["n"],
                    "MI found": f"{counts[RARE, RARE]} of {counts[RARE].sum()}",
                }
                | {title: spread(**one[key]) for key, title in SCORES.items()}
            )
    return pd.DataFrame(rows)


def scores_table(parts: dict[str, dict[str, Any]], score: str) -> pd.DataFrame:
    """Return one score from shipped figures: ``part, model, value, low, high, n``.

    Parameters
    ----------
    parts : dict
        The figures by part of the reports, then by model.
    score : str
        One of `SCORES`.
    """
    return pd.DataFrame(
        [
            {"part": part, "model": EVERY_NAME[name], **models[name][score], "n": models[name]["n"]}
            for part, models in parts.items()
            for name in EVERY_NAME
            if models.get(name, {"n": 0})["n"]
        ]
    )


def spread(value: float, low: float, high: float) -> str:
    """Format a figure and its interval.

    >>> spread(0.9, 0.85, 0.943)
    '0.900 (0.850 to 0.943)'
    >>> spread(float("nan"), float("nan"), float("nan"))
    'none'
    """
    return "none" if np.isnan(value) else f"{value:.3f} ({low:.3f} to {high:.3f})"


def percent(value: float, low: float, high: float) -> str:
    """Format a share and its interval.

    >>> percent(0.9, 0.85, 0.943)
    '90.0% (85.0 to 94.3%)'
    """
    return f"{value:.1%} ({100 * low:.1f} to {high:.1%})"


def confusion_table(held_out: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Count reports: ``model, truth, predicted, reports, row_share``; the share is of the row, the true class."""
    rows = []
    for name in models:
        labels, probabilities, _ = held_out.of(name)
        counts = metrics.confusion(labels, probabilities.argmax(axis=1), len(CLASSES))
        for truth, own in zip(CLASSES, counts, strict=True):
            for predicted, n in zip(CLASSES, own, strict=True):
                share = n / own.sum() if own.sum() else np.nan
                rows.append(
                    {
                        "model": EVERY_NAME[name],
                        "truth": truth,
                        "predicted": predicted,
                        "reports": int(n),
                        "row_share": share,
                    }
                )
    return pd.DataFrame(rows)


def predictions_table(
    labels: np.ndarray, groups: np.ndarray, outputs: dict[tuple[str, str], np.ndarray], row: str
) -> pd.DataFrame:
    """Return scores of the predicted classes: ``row, model, score, value, low, high, n``.

    A recall's n is that of its class; where that is 0 the recall is NaN.

    Parameters
    ----------
    labels, groups : ndarray of int, shape (n,)
    outputs : dict
        By row (a lead, an aggregation) and model: logits or probabilities, (n, 4), NaN where there is none.
    row : str
        The name of the row column.
    """
    rows: list[dict[str, Any]] = []
    drawn_for: dict[bytes, np.ndarray] = {}
    for (name, model), own_outputs in outputs.items():
        known = np.isfinite(own_outputs).all(axis=1)
        if not known.any():
            continue
        weights = drawn_for.setdefault(known.tobytes(), bootstrap.weights_of(groups[known]))
        counts = metrics.confusion(labels[known], own_outputs[known].argmax(axis=1), len(CLASSES), weights)
        found = metrics.report_metrics(counts)
        own_scores = [(SCORES[key], bootstrap.with_interval(found[key]), known.sum()) for key in PREDICTION_SCORES]
        for at, title in enumerate(CLASSES):
            own = known & (labels == at)
            recall = bootstrap.share_with_interval(metrics.class_metrics(counts, at)["recall"], groups[own])
            own_scores.append((f"Recall of {title}", recall, own.sum()))
        rows += [
            {row: name, "model": EVERY_NAME[model], "score": score, "n": int(n)}
            | dict(zip(SPREAD, figure, strict=True))
            for score, figure, n in own_scores
        ]
    return pd.DataFrame(rows)


def lead_table(out_of_fold: OutOfFold, network: str) -> pd.DataFrame:
    """Return the scores of a network from each lead alone on the headline's reports, as `predictions_table`."""
    at = out_of_fold.headline
    by_model = dict(zip(OWN_NETWORKS, out_of_fold.lead_logits[:, at], strict=True))
    by_model |= dict(zip(PAPER_NETWORKS, out_of_fold.paper_leads[:, at], strict=True))
    outputs = {(of_network(lead), network): by_model[network][:, place] for place, lead in enumerate(LEAD_NAMES)}
    return predictions_table(out_of_fold.label[at].astype(int), out_of_fold.group[at], outputs, "lead")


def aggregation_table(held_out: dict[str, HeldOutPredictions]) -> pd.DataFrame:
    """Return the scores of each aggregation of the leads, as `predictions_table`."""
    first = next(iter(held_out.values()))
    outputs = {
        (AGGREGATIONS[key], name): own.probabilities[name]
        for key, own in held_out.items()
        for name in (*OWN_NETWORKS, ENSEMBLE)
    }
    return predictions_table(first.labels, first.groups, outputs, "aggregation")


def prediction_scores() -> list[str]:
    """Return the names of the scores of `predictions_table`."""
    return [SCORES[key] for key in PREDICTION_SCORES] + [f"Recall of {title}" for title in CLASSES]


def joined(found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return tables of the same columns one below the other; rows without a value are left out."""
    return pd.concat(found, ignore_index=True).dropna(subset="value").reset_index(drop=True)


def class_counts(labels: dict[str, np.ndarray]) -> pd.DataFrame:
    """Count reports by part (rows) and class (columns)."""
    return pd.DataFrame(
        [
            {"Reports": part, **{title: int((own == at).sum()) for at, title in enumerate(CLASSES)}, "All": len(own)}
            for part, own in labels.items()
        ]
    )


def gain_from_one_more(confusion: Sequence[Sequence[int]], label: int = RARE) -> float | None:
    """Return how much macro-F1 would rise with one more report of a class found; None if none was missed.

    >>> round(gain_from_one_more([[2, 0], [1, 1]], 1), 3)
    0.267
    """
    counts = np.array(confusion)
    missed = [at for at in np.flatnonzero(counts[label]) if at != label]
    if not missed:
        return None
    better = counts.copy()
    better[label, missed[0]] -= 1
    better[label, label] += 1
    before, after = (metrics.report_metrics(one[None].astype(float))["macro_f1"][0] for one in (counts, better))
    return float(after - before)
