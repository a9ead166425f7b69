"""What moving a threshold does: one class against the rest, answering less when unsure; what confidence is worth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ecgviz.evaluation.tables import spread
from ecgviz.predictions import EVERY_NAME
from models.evaluation import Answers
from models.scoring import bootstrap, metrics


def curve_table(answers: Answers, models: Iterable[str], label: int) -> pd.DataFrame:
    """Return every threshold that occurs: ``model, threshold, false_positive_rate, recall, precision``.

    The first row of a model lies above all thresholds: nothing is said there, so precision is NaN. So are recall and
    false positive rate where there is no report of the class, or none of another.
    """
    tables = []
    for name in models:
        labels, said, _ = answers.of(name)
        own = labels == label
        falling, place = np.unique(-said[:, label], return_inverse=True)
        said_n = np.append(0.0, np.cumsum(np.bincount(place)))
        hits = np.append(0.0, np.cumsum(np.bincount(place, weights=own)))
        columns = {
            "model": EVERY_NAME[name],
            "threshold": np.append(np.nan, -falling),
            "false_positive_rate": (said_n - hits) / ((~own).sum() or np.nan),
            "recall": hits / (own.sum() or np.nan),
            "precision": np.append(np.nan, hits[1:] / said_n[1:]),
        }
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def threshold_table(answers: Answers, models: Iterable[str], label: int, threshold: float) -> pd.DataFrame:
    """Return what each model finds of a class where it is said from a probability on; one row a model.

    Returns
    -------
    DataFrame
        ``model, threshold, found, missed, false_alarms, rightly_not, n``, and of ``recall, precision, specificity`` the
        value, ``_low`` and ``_high``, with ``false_positive_rate``.
    """
    rows = []
    for name in models:
        labels, said, groups = answers.of(name)
        own, told = labels == label, said[:, label] >= threshold
        counts = bootstrap.confusions(bootstrap.weights_of(groups), own.astype(int), told.astype(int), 2)
        (right_not, false), (missed, found) = counts[0].astype(int).tolist()
        row = {"model": EVERY_NAME[name], "threshold": threshold, "found": found, "missed": missed}
        row |= {"false_alarms": false, "rightly_not": right_not, "n": len(labels)}
        drawn = bootstrap.class_scores(counts, 1)
        for key, among in (("recall", own), ("precision", told), ("specificity", ~own)):
            figure = bootstrap.share_with_interval(drawn[key], groups[among])
            row |= dict(zip((key, f"{key}_low", f"{key}_high"), figure, strict=True))
        rows.append(row | {"false_positive_rate": 1 - row["specificity"]})
    return pd.DataFrame(rows)


def told_threshold_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay `threshold_table` out to be read."""
    return pd.DataFrame(
        {
            "Model": table["model"],
            **{key.capitalize(): _spreads(table, key) for key in ("recall", "precision", "specificity")},
            "Found": table["found"],
            "Missed": table["missed"],
            "False alarms": table["false_alarms"],
            "Rightly not said": table["rightly_not"],
        }
    )


def risk_table(answers: Answers, models: Iterable[str]) -> pd.DataFrame:
    """Return, from the surest report on: ``model, coverage, risk, bar``, the least confidence that is answered."""
    tables = []
    for name in models:
        labels, said, _ = answers.of(name)
        coverage, risk, bar = metrics.risk_coverage(labels, said).T
        tables.append(pd.DataFrame({"model": EVERY_NAME[name], "coverage": coverage, "risk": risk, "bar": bar}))
    return pd.concat(tables, ignore_index=True)


def bar_table(answers: Answers, bars: dict[str, float]) -> pd.DataFrame:
    """Return what each model answers above its bar of confidence, and how much of it is wrong; one row a model.

    Returns
    -------
    DataFrame
        ``model, bar, answered, wrong, n``, and of ``coverage, risk`` the value, ``_low`` and ``_high``.
    """
    rows = []
    for name, bar in bars.items():
        labels, said, groups = answers.of(name)
        answered = said.max(axis=1) >= bar
        wrong = (said.argmax(axis=1) != labels) & answered
        weights = bootstrap.weights_of(groups)
        row = {
            "model": EVERY_NAME[name],
            "bar": bar,
            "answered": int(answered.sum()),
            "wrong": int(wrong.sum()),
            "n": len(labels),
        }
        everything = np.ones(len(labels), bool)
        for key, true, among in (("coverage", answered, everything), ("risk", wrong, answered)):
            figure = bootstrap.share_with_interval(bootstrap.share(weights, true, among), groups[among])
            row |= dict(zip((key, f"{key}_low", f"{key}_high"), figure, strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def told_bar_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay `bar_table` out to be read."""
    return pd.DataFrame(
        {
            "Model": table["model"],
            "Bar": table["bar"].round(3),
            "Coverage": _spreads(table, "coverage"),
            "Wrong among answered": _spreads(table, "risk"),
            "Answered": table["answered"],
            "Of them wrong": table["wrong"],
            "Reports": table["n"],
        }
    )


def reliability_table(answers: Answers, models: Iterable[str]) -> pd.DataFrame:
    """Return, by bins of confidence that hold a report: ``model, bin, n, confidence, right, low, high``."""
    rows = []
    for name in models:
        labels, said, groups = answers.of(name)
        place = np.minimum((said.max(axis=1) * metrics.BINS).astype(int), metrics.BINS - 1)
        right = said.argmax(axis=1) == labels
        weights = bootstrap.weights_of(groups)
        for bin_, (n, confidence, _) in enumerate(metrics.reliability(labels, said)):
            if not n:
                continue
            drawn = bootstrap.share(weights, right, place == bin_)
            value, low, high = bootstrap.share_with_interval(drawn, groups[place == bin_])
            edges = f"{bin_ / metrics.BINS:.1f} to {(bin_ + 1) / metrics.BINS:.1f}"
            row = {"model": EVERY_NAME[name], "bin": edges, "n": int(n), "confidence": confidence}
            rows.append(row | {"right": value, "low": low, "high": high})
    return pd.DataFrame(rows)


def _spreads(table: pd.DataFrame, key: str) -> list[str]:
    return [spread(*row) for row in table[[key, f"{key}_low", f"{key}_high"]].itertuples(index=False)]
