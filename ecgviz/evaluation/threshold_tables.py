"""Tables over thresholds: ROC and precision-recall curves, risk and coverage, reliability."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ecgviz.evaluation.tables import spread
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HeldOutPredictions
from models.scoring import bootstrap, metrics


def curve_table(held_out: HeldOutPredictions, models: Iterable[str], label: int) -> pd.DataFrame:
    """Return the curves over all thresholds that occur: ``model, threshold, false_positive_rate, recall, precision``.

    The first row of a model lies above all thresholds: nothing is predicted there, so precision is NaN. Recall is NaN
    without reports of the class, and the false positive rate is NaN without others.
    """
    tables = []
    for name in models:
        labels, probabilities, _ = held_out.of(name)
        own = labels == label
        falling, place = np.unique(-probabilities[:, label], return_inverse=True)
        predicted_n = np.append(0.0, np.cumsum(np.bincount(place)))
        hits = np.append(0.0, np.cumsum(np.bincount(place, weights=own)))
        columns = {
            "model": EVERY_NAME[name],
            "threshold": np.append(np.nan, -falling),
            "false_positive_rate": (predicted_n - hits) / ((~own).sum() or np.nan),
            "recall": hits / (own.sum() or np.nan),
            "precision": np.append(np.nan, hits[1:] / predicted_n[1:]),
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def threshold_table(held_out: HeldOutPredictions, models: Iterable[str], label: int, threshold: float) -> pd.DataFrame:
    """Return the scores of each model for a class predicted from a threshold on; one row per model.

    Returns
    -------
    DataFrame
        ``model, threshold, true_positives, false_negatives, false_positives, true_negatives, n``, of
        ``recall, precision, specificity`` the value, ``_low`` and ``_high``, and ``false_positive_rate``.
    """
    rows = []
    for name in models:
        labels, probabilities, groups = held_out.of(name)
        own, predicted = labels == label, probabilities[:, label] >= threshold
        counts = metrics.confusion(own.astype(int), predicted.astype(int), 2, bootstrap.weights_of(groups))
        (true_n, false_p), (false_n, true_p) = counts[0].astype(int).tolist()
        row = {"model": EVERY_NAME[name], "threshold": threshold, "true_positives": true_p, "false_negatives": false_n}
        row |= {"false_positives": false_p, "true_negatives": true_n, "n": len(labels)}
        drawn = metrics.class_metrics(counts, 1)
        for key, among in (("recall", own), ("precision", predicted), ("specificity", ~own)):
            figure = bootstrap.share_with_interval(drawn[key], groups[among])
            row |= dict(zip((key, f"{key}_low", f"{key}_high"), figure, strict=True))
        rows.append(row | {"false_positive_rate": 1 - row["specificity"]})
    return pd.DataFrame(rows)


def wide_threshold_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `threshold_table` with scores as text."""
    return pd.DataFrame(
        {
            "Model": table["model"],
            **{key.capitalize(): _spreads(table, key) for key in ("recall", "precision", "specificity")},
            "True positives": table["true_positives"],
            "False negatives": table["false_negatives"],
            "False positives": table["false_positives"],
            "True negatives": table["true_negatives"],
        }
    )


def risk_table(held_out: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Return the risk-coverage curve, most confident report first: ``model, coverage, risk, threshold``."""
    tables = []
    for name in models:
        labels, probabilities, _ = held_out.of(name)
        coverage, risk, threshold = metrics.risk_coverage(labels, probabilities).T
        tables.append(
            pd.DataFrame({"model": EVERY_NAME[name], "coverage": coverage, "risk": risk, "threshold": threshold})
        )
    return pd.concat(tables, ignore_index=True)


def abstention_table(held_out: HeldOutPredictions, thresholds: dict[str, float]) -> pd.DataFrame:
    """Return coverage and risk of each model at its abstention threshold; one row per model.

    Returns
    -------
    DataFrame
        ``model, threshold, predicted, wrong, n``, and of ``coverage, risk`` the value, ``_low`` and ``_high``.
    """
    rows = []
    for name, threshold in thresholds.items():
        labels, probabilities, groups = held_out.of(name)
        predicted = probabilities.max(axis=1) >= threshold
        wrong = (probabilities.argmax(axis=1) != labels) & predicted
        weights = bootstrap.weights_of(groups)
        row = {
            "model": EVERY_NAME[name],
            "threshold": threshold,
            "predicted": int(predicted.sum()),
            "wrong": int(wrong.sum()),
            "n": len(labels),
        }
        everything = np.ones(len(labels), bool)
        for key, true, among in (("coverage", predicted, everything), ("risk", wrong, predicted)):
            figure = bootstrap.share_with_interval(metrics.share(true, among, weights), groups[among])
            row |= dict(zip((key, f"{key}_low", f"{key}_high"), figure, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def wide_abstention_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `abstention_table` with scores as text."""
    return pd.DataFrame(
        {
            "Model": table["model"],
            "Threshold": table["threshold"].round(3),
            "Coverage": _spreads(table, "coverage"),
            "Risk": _spreads(table, "risk"),
            "Predicted": table["predicted"],
            "Wrong": table["wrong"],
            "Reports": table["n"],
        }
    )


def reliability_table(held_out: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Return the reliability diagram without empty bins: ``model, bin, n, confidence, accuracy, low, high``."""
    rows = []
    for name in models:
        labels, probabilities, groups = held_out.of(name)
        place = np.minimum((probabilities.max(axis=1) * metrics.BINS).astype(int), metrics.BINS - 1)
        correct = probabilities.argmax(axis=1) == labels
        weights = bootstrap.weights_of(groups)
        for bin_, (n, confidence, _) in enumerate(metrics.reliability(labels, probabilities)):
            if not n:
                continue
            drawn = metrics.share(correct, place == bin_, weights)
            value, low, high = bootstrap.share_with_interval(drawn, groups[place == bin_])
            edges = f"{bin_ / metrics.BINS:.1f} to {(bin_ + 1) / metrics.BINS:.1f}"
            row = {"model": EVERY_NAME[name], "bin": edges, "n": int(n), "confidence": confidence}
            rows.append(row | {"accuracy": value, "low": low, "high": high})
    return pd.DataFrame(rows)


def _spreads(table: pd.DataFrame, key: str) -> list[str]:
    return [spread(*row) for row in table[[key, f"{key}_low", f"{key}_high"]].itertuples(index=False)]
