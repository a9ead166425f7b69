"""Scores of labelled predictions: over all classes, and of each class against the rest, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ecgviz.evaluation.tables import SCORES, SPREAD, spread
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import HeldOutPredictions
from models.scoring import bootstrap, metrics

CLASS_SCORES = {
    "recall": "Recall",
    "precision": "Precision",
    "specificity": "Specificity",
    "f1": "F1",
    "auroc": "AUROC",
    "average_precision": "Average precision",
}


def score_table(held_out: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Return the scores over all classes: ``model, score, n, value, low, high``; none of a model without reports."""
    rows = []
    for name in models:
        labels, probabilities, groups = held_out.of(name)
        if not len(labels):
            continue
        weights = bootstrap.weights_of(groups)
        counts = metrics.confusion(labels, probabilities.argmax(axis=1), len(CLASSES), weights)
        drawn = metrics.report_metrics(counts)
        drawn["brier"] = metrics.brier_scores(labels, probabilities, weights)
        drawn["ece"] = metrics.calibration_errors(labels, probabilities, weights)
        found = {key: bootstrap.with_interval(drawn[key]) for key in SCORES}
        found["accuracy"] = bootstrap.share_with_interval(drawn["accuracy"], groups)
        rows += [
            {"model": EVERY_NAME[name], "score": SCORES[key], "n": len(labels)} | dict(zip(SPREAD, one, strict=True))
            for key, one in found.items()
        ]
    return pd.DataFrame(rows, columns=["model", "score", "n", *SPREAD])


def wide_score_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `score_table` in wide form: one row per model, scores as text."""
    rows = []
    for model, own in table.groupby("model", sort=False):
        figures = {row.score: spread(row.value, row.low, row.high) for row in own.itertuples()}
        rows.append({"Model": model, "Reports": own["n"].iloc[0], **figures})
    return pd.DataFrame(rows, columns=["Model", "Reports", *SCORES.values()])


def class_table(held_out: HeldOutPredictions, models: Iterable[str]) -> pd.DataFrame:
    """Return the scores of each class against the rest: ``model, class, n, score, value, low, high``."""
    rows = []
    for name in models:
        labels, probabilities, groups = held_out.of(name)
        weights = bootstrap.weights_of(groups)
        counts = metrics.confusion(labels, probabilities.argmax(axis=1), len(CLASSES), weights)
        for label, title in enumerate(CLASSES):
            own = labels == label
            drawn = metrics.class_metrics(counts, label)
            among = {"recall": own, "precision": probabilities.argmax(axis=1) == label, "specificity": ~own}
            figures = {key: bootstrap.share_with_interval(drawn[key], groups[at]) for key, at in among.items()}
            figures["f1"] = bootstrap.with_interval(drawn["f1"])
            figures["auroc"] = bootstrap.with_interval(metrics.auroc(own, probabilities[:, label], weights))
            precision = metrics.average_precision(own, probabilities[:, label], weights)
            figures["average_precision"] = bootstrap.with_interval(precision)
            rows += [
                {"model": EVERY_NAME[name], "class": title, "n": int(own.sum()), "score": CLASS_SCORES[key]}
                | dict(zip(SPREAD, figure, strict=True))
                for key, figure in figures.items()
            ]
    return pd.DataFrame(rows)


def wide_class_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return `class_table` in wide form: one row per model and class, scores as text."""
    written = table.assign(written=[spread(*row) for row in table[["value", "low", "high"]].itertuples(index=False)])
    wide = written.pivot(index=["model", "class", "n"], columns="score", values="written")
    order = [(model, label) for model in dict.fromkeys(table["model"]) for label in CLASSES]
    wide = wide.reset_index().set_index(["model", "class"]).loc[order].reset_index()
    return wide.rename(columns={"model": "Model", "class": "Class", "n": "Reports"})[
        ["Model", "Class", "Reports", *CLASS_SCORES.values()]
    ]
