"""Metrics of the beat networks on their test beats, with bootstrap intervals, and the correction of class priors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from models.beats.tasks import Task
from models.scoring import bootstrap, metrics

# Of the five AAMI classes, those with enough beats in DS2 for a figure; it has seven of Q.
MACRO_F1_CLASSES = ("F", "N", "S", "V")


def prior_corrected(probabilities: np.ndarray, task: Task) -> np.ndarray:
    """Correct probabilities, shape (n, classes), for the class balance of the training set.

    The number of training beats a class is capped, so networks overestimate rare classes.
    """
    odds = probabilities * class_weights(task)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def class_weights(task: Task) -> np.ndarray:
    """Return each class's prior over its share of the training set, shape (classes,)."""
    labels = task.label[np.concatenate([split.train for split in task.splits])]
    counts = np.bincount(labels, minlength=len(task.classes))
    return np.asarray(task.priors / np.maximum(counts / counts.sum(), 1e-9))


def beat_metrics(
    label: np.ndarray,
    probabilities: np.ndarray,
    classes: tuple[str, ...],
    group: np.ndarray | None = None,
    averaged: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return a network's metrics, rounded to four digits; null in JSON where one is undefined.

    Parameters
    ----------
    label : ndarray of int, shape (n,)
    probabilities : ndarray, shape (n, classes)
    classes : tuple of str
    group : ndarray, shape (n,), optional
        What the bootstrap resamples whole; single pictures by default.
    averaged : tuple of str
        The classes that macro-F1 averages over; by default those that occur.

    Returns
    -------
    dict
        ``n``; ``accuracy`` and ``macro_f1``, each ``value``, ``low`` and ``high`` of its 95 % interval; ``classes``,
        the metrics of each; and ``confusion``, truth by row.
    """
    predicted = probabilities.argmax(axis=1)
    counts = metrics.confusion(label, predicted, len(classes))
    among = [classes.index(name) for name in averaged] or np.unique(label).tolist()
    resampled = bootstrap.resampled_confusions(label, predicted, len(classes), group)
    draws = metrics.report_metrics(np.concatenate([counts[None], resampled]), among)
    return {
        "n": len(label),
        **{name: _with_interval(draws[name]) for name in ("accuracy", "macro_f1")},
        "classes": {
            name: _rounded(asdict(own))
            for name, own in zip(classes, metrics.by_class(label, probabilities), strict=True)
        },
        "confusion": counts.tolist(),
    }


def _with_interval(draws: np.ndarray) -> dict[str, Any]:
    return _rounded(dict(zip(("value", "low", "high"), bootstrap.with_interval(draws), strict=True)))


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {
        key: (None if np.isnan(value) else round(value, 4)) if isinstance(value, float) else value
        for key, value in figures.items()
    }
