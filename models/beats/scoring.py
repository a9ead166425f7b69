"""What networks of beats are worth: figures of what each said of pictures that it was not taught on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from models.beats.tasks import Task
from models.scoring import bootstrap, metrics

# Of the five classes, those of which DS2 has enough to say anything.
COUNTED = ("F", "N", "S", "V")


def reweighed(probabilities: np.ndarray, task: Task) -> np.ndarray:
    """Return probabilities as they are where classes are as common as among all beats of those taught on.

    No class was taught on more than so many beats, so that a network takes the rare ones for more common than they are.
    """
    odds = probabilities * class_weights(task)
    return odds / odds.sum(axis=1, keepdims=True)


def class_weights(task: Task) -> np.ndarray:
    """Return by what each class's probability is multiplied for that, shape (classes,)."""
    taught = np.bincount(np.concatenate([task.label[part.taught] for part in task.parts]), minlength=len(task.classes))
    return task.shares / np.maximum(taught / taught.sum(), 1e-9)


def figures(
    label: np.ndarray,
    probabilities: np.ndarray,
    classes: tuple[str, ...],
    group: np.ndarray | None = None,
    counted: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return a network's figures.

    Parameters
    ----------
    label : ndarray of int, shape (n,)
    probabilities : ndarray, shape (n, classes)
    classes : tuple of str
    group : ndarray, shape (n,), optional
        Intervals are drawn over groups; over single pictures where there is none.
    counted : tuple of str
        The classes that the macro-F1 is the mean of; those that occur where none is named.

    Returns
    -------
    dict
        ``n``; ``accuracy`` and ``macro_f1``, each a value with the ends of its 95 % interval; ``classes``, each one's
        figures; and ``confusion``, the truth by row.
    """
    said = probabilities.argmax(axis=1)
    whole = metrics.confusion(label, said, len(classes))
    at = [classes.index(name) for name in counted] or sorted(set(label.tolist()))
    value = metrics.report_metrics(whole, at)
    drawn = metrics.report_metrics(bootstrap.resampled_confusions(label, said, len(classes), group), at)
    told = {
        name: _rounded(asdict(own)) for name, own in zip(classes, metrics.by_class(label, probabilities), strict=True)
    }
    return {
        "n": len(label),
        **{name: _with_interval(value[name], drawn[name]) for name in ("accuracy", "macro_f1")},
        "classes": told,
        "confusion": whole.tolist(),
    }


def _with_interval(value: np.ndarray, drawn: np.ndarray) -> dict[str, float]:
    figure, low, high = bootstrap.with_interval(np.append(value, drawn))
    return _rounded({"value": figure, "low": low, "high": high})


def _rounded(told: dict[str, Any]) -> dict[str, Any]:
    """Round to four digits; what could not be told is null in JSON."""
    return {
        key: (None if np.isnan(value) else round(value, 4)) if isinstance(value, float) else value
        for key, value in told.items()
    }
