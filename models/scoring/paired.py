"""Two models on the same reports: McNemar's exact test, and the bootstrap of the difference of their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from models.scoring.bootstrap import weights_of, with_interval
from models.scoring.metrics import auroc, confusion, report_metrics

SCORES = ("accuracy", "balanced_accuracy", "macro_f1", "auroc")


@dataclass(frozen=True)
class McNemar:
    """How often each of two models is correct where the other is wrong, and the two-sided exact p-value.

    Attributes
    ----------
    n : int
        Reports that both predicted.
    first_only, second_only : int
        Reports of which only that model's class is correct.
    p : float
        Of a binomial with probability 1/2 over the discordant reports; 1 without any.
    """

    n: int
    first_only: int
    second_only: int
    p: float


def mcnemar(labels: np.ndarray, first: np.ndarray, second: np.ndarray) -> McNemar:
    """Compare the predicted classes of two models with McNemar's exact test.

    Parameters
    ----------
    labels, first, second : ndarray of int, shape (n,)
        The true class and each model's predicted class.

    Examples
    --------
    >>> mcnemar(np.zeros(8, int), np.zeros(8, int), np.array([0, 0, 1, 1, 1, 1, 1, 1]))
    McNemar(n=8, first_only=6, second_only=0, p=0.03125)
    """
    first_only = int(((first == labels) & (second != labels)).sum())
    second_only = int(((first != labels) & (second == labels)).sum())
    discordant = first_only + second_only
    p = float(scipy.stats.binomtest(first_only, discordant).pvalue) if discordant else 1.0
    return McNemar(len(labels), first_only, second_only, p)


def score_differences(
    labels: np.ndarray, first: np.ndarray, second: np.ndarray, groups: np.ndarray
) -> dict[str, tuple[float, float, float]]:
    """Return each of `SCORES` of the first model less that of the second, with its 95 % interval.

    Both models are scored on the same resampled groups, so what makes a report hard for both cancels out.

    Parameters
    ----------
    labels, groups : ndarray of int, shape (n,)
    first, second : ndarray, shape (n, classes)
        Probabilities.
    """
    weights = weights_of(groups)
    one, two = (_drawn(labels, found, weights) for found in (first, second))
    return {name: with_interval(one[name] - two[name]) for name in SCORES}


def _drawn(labels: np.ndarray, found: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Return each score in every draw; the AUROC is the mean of the classes that occur, each against the rest."""
    classes = found.shape[1]
    scores = report_metrics(confusion(labels, found.argmax(axis=1), classes, weights))
    areas = np.array([auroc(labels == label, found[:, label], weights) for label in range(classes)])
    # A draw can lack a class, or all but one.
    known = np.isfinite(areas)
    mean = np.divide(
        np.where(known, areas, 0).sum(axis=0), known.sum(axis=0), out=np.full(len(weights), np.nan),
        where=known.any(axis=0),
    )  # fmt: skip
    return {**scores, "auroc": mean}
