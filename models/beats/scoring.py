"""What networks of beats are worth: figures of what each said of pictures that it was not taught on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from models.beats.tasks import Task
from models.scoring import by_class, confusion

DRAWS = 1000
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
    whole = confusion(label, said, len(classes))
    at = [classes.index(name) for name in counted] or sorted(set(label.tolist()))
    (accuracy,), (macro_f1,) = _scores(whole[None], at)
    drawn = _scores(_drawn(label, said, len(classes), group), at)
    told = {name: _rounded(asdict(own)) for name, own in zip(classes, by_class(label, probabilities), strict=True)}
    return {
        "n": len(label),
        "accuracy": _with_interval(accuracy, drawn[0]),
        "macro_f1": _with_interval(macro_f1, drawn[1]),
        "classes": told,
        "confusion": whole.tolist(),
    }


def _drawn(label: np.ndarray, said: np.ndarray, classes_n: int, group: np.ndarray | None) -> np.ndarray:
    """Return confusions of pictures, or of whole groups, drawn again and again, shape (draws, classes, classes)."""
    rng = np.random.default_rng(0)
    place = label * classes_n + said
    if group is None:
        shares = np.bincount(place, minlength=classes_n**2) / len(place)
        counts = rng.multinomial(len(place), shares, size=DRAWS)
    else:
        _, own = np.unique(group, return_inverse=True)
        cells = np.zeros((own.max() + 1, classes_n**2), int)
        np.add.at(cells, (own, place), 1)
        counts = rng.multinomial(len(cells), np.full(len(cells), 1 / len(cells)), size=DRAWS) @ cells
    return counts.reshape(-1, classes_n, classes_n)


def _scores(confusions: np.ndarray, at: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return accuracy and macro-F1 of many confusions, each shape (draws,)."""
    hits = np.diagonal(confusions, axis1=1, axis2=2)
    sizes = confusions.sum(axis=1) + confusions.sum(axis=2)
    f1 = 2 * hits / np.maximum(sizes, 1)
    # A class that a draw has nothing of, and that is not said either, says nothing.
    seen = np.where(sizes[:, at] > 0, f1[:, at], np.nan)
    return hits.sum(axis=1) / confusions.sum(axis=(1, 2)), np.nanmean(seen, axis=1)


def _with_interval(value: float, drawn: np.ndarray) -> dict[str, float]:
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return _rounded({"value": float(value), "low": float(low), "high": float(high)})


def _rounded(told: dict[str, Any]) -> dict[str, Any]:
    """Round to four digits; what could not be told is null in JSON."""
    return {
        key: (None if np.isnan(value) else round(value, 4)) if isinstance(value, float) else value
        for key, value in told.items()
    }
