"""Figures of the models as tables: tidy for charts, with 95% intervals over groups of reports drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ecgviz.predictions import EVERY_NAME
from ecgviz.words import of_network
from models.classes import CLASSES
from models.evaluation import Answers, OutOfFold
from models.networks import ENSEMBLE, LEAD_NAMES, NETWORKS, PAPER_NETWORKS
from models.scoring import ATTENTION, JOINT, bootstrap, metrics

SCORES = {
    "macro_f1": "Macro-F1",
    "balanced_accuracy": "Balanced accuracy",
    "accuracy": "Accuracy",
    "brier": "Brier score",
    "ece": "Calibration error",
}
CLASS_SCORES = {
    "recall": "Recall",
    "precision": "Precision",
    "specificity": "Specificity",
    "f1": "F1",
    "auroc": "AUROC",
    "average_precision": "Average precision",
}
WAYS = {
    JOINT: "The network's own head",
    "mean": "Mean probability",
    "logit_mean": "Mean score",
    "trimmed": "Trimmed mean score",
    ATTENTION: "Weights learnt by lead",
}
# What predictions alone settle, so that a lead or a way can be scored without probabilities that mean what they say.
PREDICTION_SCORES = ("macro_f1", "balanced_accuracy", "accuracy")
SPREAD = ("value", "low", "high")
RARE = CLASSES.index("Myocardial infarction")


def headline_table(headline: dict[str, Any]) -> pd.DataFrame:
    """Return every model's scores as words, from the shipped figures; one row a model."""
    rows = []
    for name, shown in EVERY_NAME.items():
        if (one := headline[name])["n"]:
            counts = np.array(one["confusion"])
            rows.append(
                {"Model": shown, "Reports": one["n"], "Infarctions": f"{counts[RARE, RARE]} of {counts[RARE].sum()}"}
                | {title: spread(**one[key]) for key, title in SCORES.items()}
            )
    return pd.DataFrame(rows)


def scores_table(parts: dict[str, dict[str, Any]], score: str) -> pd.DataFrame:
    """Return one score from shipped figures: ``part, model, value, low, high, n``.

    Parameters
    ----------
    parts : dict
        Of each part of the reports, the figures by model.
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
    """Write a figure and its interval.

    >>> spread(0.9, 0.85, 0.943)
    '0.900 (0.850 to 0.943)'
    >>> spread(float("nan"), float("nan"), float("nan"))
    'none'
    """
    return "none" if np.isnan(value) else f"{value:.3f} ({low:.3f} to {high:.3f})"


def percent(value: float, low: float, high: float) -> str:
    """Write a share and its interval.

    >>> percent(0.9, 0.85, 0.943)
    '90.0% (85.0 to 94.3%)'
    """
    return f"{value:.1%} ({100 * low:.1f} to {high:.1%})"


def confusion_table(answers: Answers, models: Iterable[str]) -> pd.DataFrame:
    """Count reports: ``model, truth, answer, reports, row_share``; the share is of the truth's row."""
    rows = []
    for name in models:
        labels, said, _ = answers.of(name)
        counts = metrics.confusion(labels, said.argmax(axis=1), len(CLASSES))
        for truth, own in zip(CLASSES, counts, strict=True):
            for answer, n in zip(CLASSES, own, strict=True):
                share = n / own.sum() if own.sum() else np.nan
                rows.append(
                    {"model": EVERY_NAME[name], "truth": truth, "answer": answer, "reports": int(n), "row_share": share}
                )
    return pd.DataFrame(rows)


def class_table(answers: Answers, models: Iterable[str]) -> pd.DataFrame:
    """Return each class against the rest: ``model, class, n, score, value, low, high``."""
    rows = []
    for name in models:
        labels, said, groups = answers.of(name)
        weights = bootstrap.weights_of(groups)
        counts = bootstrap.confusions(weights, labels, said.argmax(axis=1), len(CLASSES))
        for label, title in enumerate(CLASSES):
            own = labels == label
            drawn = bootstrap.class_scores(counts, label)
            among = {"recall": own, "precision": said.argmax(axis=1) == label, "specificity": ~own}
            figures = {key: bootstrap.share_with_interval(drawn[key], groups[at]) for key, at in among.items()}
            figures["f1"] = bootstrap.with_interval(drawn["f1"])
            figures["auroc"] = bootstrap.with_interval(bootstrap.auroc(weights, own, said[:, label]))
            precision = bootstrap.average_precision(weights, own, said[:, label])
            figures["average_precision"] = bootstrap.with_interval(precision)
            rows += [
                {"model": EVERY_NAME[name], "class": title, "n": int(own.sum()), "score": CLASS_SCORES[key]}
                | dict(zip(SPREAD, figure, strict=True))
                for key, figure in figures.items()
            ]
    return pd.DataFrame(rows)


def wide_class_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay `class_table` out to be read: one row a class of a model, scores as words."""
    told = table.assign(told=[spread(*row) for row in table[["value", "low", "high"]].itertuples(index=False)])
    wide = told.pivot(index=["model", "class", "n"], columns="score", values="told")
    order = [(model, label) for model in dict.fromkeys(table["model"]) for label in CLASSES]
    wide = wide.reset_index().set_index(["model", "class"]).loc[order].reset_index()
    return wide.rename(columns={"model": "Model", "class": "Class", "n": "Reports"})[
        ["Model", "Class", "Reports", *CLASS_SCORES.values()]
    ]


def predictions_table(
    labels: np.ndarray, groups: np.ndarray, said: dict[tuple[str, str], np.ndarray], row: str
) -> pd.DataFrame:
    """Return what is scored by predictions alone: ``row, model, score, value, low, high, n``.

    A recall's n is that of its class; where that is 0 the recall is NaN.

    Parameters
    ----------
    labels, groups : ndarray of int, shape (n,)
    said : dict
        By what stands in the row (a lead, a way) and the model: scores or probabilities, (n, 4), NaN where not asked.
    row : str
        What the rows are called.
    """
    rows: list[dict[str, Any]] = []
    drawn_for: dict[bytes, np.ndarray] = {}
    for (name, model), told in said.items():
        known = np.isfinite(told).all(axis=1)
        if not known.any():
            continue
        weights = drawn_for.setdefault(known.tobytes(), bootstrap.weights_of(groups[known]))
        counts = bootstrap.confusions(weights, labels[known], told[known].argmax(axis=1), len(CLASSES))
        found = bootstrap.report_scores(counts)
        told_of = [(SCORES[key], bootstrap.with_interval(found[key]), known.sum()) for key in PREDICTION_SCORES]
        for at, title in enumerate(CLASSES):
            own = known & (labels == at)
            recall = bootstrap.share_with_interval(bootstrap.class_scores(counts, at)["recall"], groups[own])
            told_of.append((f"Recall of {title}", recall, own.sum()))
        rows += [
            {row: name, "model": EVERY_NAME[model], "score": score, "n": int(n)}
            | dict(zip(SPREAD, figure, strict=True))
            for score, figure, n in told_of
        ]
    return pd.DataFrame(rows)


def lead_table(kept: OutOfFold, network: str) -> pd.DataFrame:
    """Return what each lead alone is worth to a network on the headline's reports, as `predictions_table`."""
    at = kept.headline
    by_model = dict(zip(NETWORKS, kept.lead_scores[:, at], strict=True))
    by_model |= dict(zip(PAPER_NETWORKS, kept.paper_leads[:, at], strict=True))
    said = {(of_network(lead), network): by_model[network][:, place] for place, lead in enumerate(LEAD_NAMES)}
    return predictions_table(kept.label[at].astype(int), kept.group[at], said, "lead")


def way_table(answers: dict[str, Answers]) -> pd.DataFrame:
    """Return what each way from the leads to the report is worth, as `predictions_table`."""
    first = next(iter(answers.values()))
    said = {(WAYS[way], name): own.said[name] for way, own in answers.items() for name in (*NETWORKS, ENSEMBLE)}
    return predictions_table(first.labels, first.groups, said, "way")


def prediction_scores() -> list[str]:
    """Name the scores that `predictions_table` has."""
    return [SCORES[key] for key in PREDICTION_SCORES] + [f"Recall of {title}" for title in CLASSES]


def class_counts(labels: dict[str, np.ndarray]) -> pd.DataFrame:
    """Count reports by part, one row each, and class."""
    return pd.DataFrame(
        [
            {"Reports": part, **{title: int((own == at).sum()) for at, title in enumerate(CLASSES)}, "All": len(own)}
            for part, own in labels.items()
        ]
    )


def one_report_more(confusion: Sequence[Sequence[int]], label: int = RARE) -> float | None:
    """Return by how much macro-F1 would rise if one missed report of a class had been found; None if none was missed.

    >>> round(one_report_more([[2, 0], [1, 1]], 1), 3)
    0.267
    """
    counts = np.array(confusion)
    missed = [at for at in np.flatnonzero(counts[label]) if at != label]
    if not missed:
        return None
    better = counts.copy()
    better[label, missed[0]] -= 1
    better[label, label] += 1
    before, after = (bootstrap.report_scores(one[None].astype(float))["macro_f1"][0] for one in (counts, better))
    return float(after - before)
