"""How good probabilities are: figures over reports, each class against the rest, with intervals over reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy

# Of confidence, of equal width.
BINS = 10
Score = Callable[[np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class OfClass:
    """Figures of one class against the rest; NaN where there is nothing to divide by."""

    n: int
    precision: float
    recall: float
    specificity: float
    f1: float
    auroc: float
    average_precision: float


def confusion(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Count reports, shape (classes, classes): the truth by row, what was said by column.

    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


def by_class(labels: np.ndarray, probabilities: np.ndarray) -> list[OfClass]:
    """Return each class's figures.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    probabilities : ndarray, shape (n, classes)
    """
    counts = confusion(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    found = []
    for label, scores in enumerate(probabilities.T):
        hit, own, said = counts[label, label], counts[label].sum(), counts[:, label].sum()
        others = len(labels) - own
        found.append(
            OfClass(
                int(own),
                _ratio(hit, said),
                _ratio(hit, own),
                _ratio(others - (said - hit), others),
                _ratio(2 * hit, own + said),
                auroc(labels == label, scores),
                average_precision(labels == label, scores),
            )
        )
    return found


def accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the share of reports whose likeliest class is the right one."""
    return float((probabilities.argmax(axis=1) == labels).mean())


def macro_f1(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the mean F1 of the classes that occur or were said."""
    counts = confusion(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    sizes = counts.sum(axis=0) + counts.sum(axis=1)
    return float(np.mean(2 * np.diag(counts)[sizes > 0] / sizes[sizes > 0]))


def balanced_accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the mean recall of the classes that occur."""
    counts = confusion(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    sizes = counts.sum(axis=1)
    return float(np.mean(np.diag(counts)[sizes > 0] / sizes[sizes > 0]))


def brier(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the mean squared distance from the truth, summed over classes: 0 to 2."""
    truth = np.eye(probabilities.shape[1])[labels]
    return float(((probabilities - truth) ** 2).sum(axis=1).mean())


def auroc(positive: np.ndarray, scores: np.ndarray) -> float:
    """Return how often a positive scores above a negative, ties counted half.

    >>> auroc(np.array([True, False, True]), np.array([0.9, 0.5, 0.4]))
    0.5
    """
    own = int(positive.sum())
    pairs = own * (len(positive) - own)
    if not pairs:
        return float("nan")
    return float((scipy.stats.rankdata(scores)[positive].sum() - own * (own + 1) / 2) / pairs)


def average_precision(positive: np.ndarray, scores: np.ndarray) -> float:
    """Return the precision averaged over the recalls that are reached, ties taken together."""
    if not positive.any():
        return float("nan")
    precision, recall = _precision_recall(positive, scores)
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def reliability(labels: np.ndarray, probabilities: np.ndarray, bins: int = BINS) -> np.ndarray:
    """Return, by bins of confidence of equal width, shape (bins, 3): reports, mean confidence and share right."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    table = np.full((bins, 3), np.nan)
    for bin_ in range(bins):
        own = place == bin_
        table[bin_] = (own.sum(), confidence[own].mean(), right[own].mean()) if own.any() else (0, np.nan, np.nan)
    return table


def expected_calibration_error(labels: np.ndarray, probabilities: np.ndarray, bins: int = BINS) -> float:
    """Return by how much confidence and share right differ, averaged over reports in bins of confidence."""
    table = reliability(labels, probabilities, bins)
    filled = table[:, 0] > 0
    return float(np.sum(table[filled, 0] * np.abs(table[filled, 1] - table[filled, 2])) / len(labels))


def risk_coverage(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Return, shape (n, 3): the share answered, the share of it that is wrong, and the least confidence answered."""
    confidence = probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    wrong = (probabilities.argmax(axis=1) != labels)[order]
    answered = np.arange(1, len(labels) + 1)
    return np.column_stack([answered / len(labels), np.cumsum(wrong) / answered, confidence[order]])


def interval(
    score: Score, labels: np.ndarray, probabilities: np.ndarray, groups: np.ndarray, draws: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of a score over groups of reports drawn again and again, with replacement."""
    rng = np.random.default_rng(seed)
    _, group = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(group == one) for one in range(group.max() + 1)]
    found = []
    for _ in range(draws):
        at = np.concatenate([members[one] for one in rng.integers(len(members), size=len(members))])
        found.append(score(labels[at], probabilities[at]))
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def _precision_recall(positive: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return precision and recall at each threshold that occurs, from the highest down."""
    order = np.argsort(-scores, kind="stable")
    # Of those that score alike, the last has all of them above its threshold.
    last = np.flatnonzero(np.diff(scores[order], append=-np.inf))
    hits = np.cumsum(positive[order])[last]
    return hits / (last + 1), hits / max(int(positive.sum()), 1)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")
