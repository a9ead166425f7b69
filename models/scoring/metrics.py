"""Classification metrics over reports: single figures, or the same figure in many bootstrap resamples at once.

Where `weights` of shape (draws, n) are given, as `bootstrap.weights_of` makes them, a figure is computed in every draw;
without them each report counts once. A figure with nothing to divide by is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

# Confidence bins, of equal width.
BINS = 10
Score = Callable[[np.ndarray, np.ndarray], float]


@dataclass(frozen=True)
class ClassMetrics:
    """Figures of one class against the rest; NaN where there is nothing to divide by."""

    n: int
    precision: float
    recall: float
    specificity: float
    f1: float
    auroc: float
    average_precision: float


def confusion(labels: np.ndarray, predicted: np.ndarray, classes: int, weights: np.ndarray | None = None) -> np.ndarray:
    """Count reports, shape (classes, classes) or (draws, classes, classes): truth by row, prediction by column.

    Examples
    --------
    >>> confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 2).tolist()
    [[1, 1], [0, 1]]
    """
    cell = labels * classes + predicted
    if weights is None:
        return np.bincount(cell, minlength=classes * classes).reshape(classes, classes)
    counts: np.ndarray = weights @ np.eye(classes * classes)[cell]
    return counts.reshape(-1, classes, classes)


def report_metrics(counts: np.ndarray, among: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """Return accuracy, macro-F1 and balanced accuracy of confusion matrices, each shape (...).

    Parameters
    ----------
    counts : ndarray, shape (..., classes, classes)
        As `confusion` gives them.
    among : sequence of int, optional
        The classes that macro-F1 averages over; by default all that occur or were predicted.
    """
    hits = np.diagonal(counts, axis1=-2, axis2=-1)
    actual, predicted = counts.sum(axis=-1), counts.sum(axis=-2)
    f1 = _ratio(2 * hits, actual + predicted)
    return {
        "accuracy": _ratio(hits.sum(axis=-1), actual.sum(axis=-1)),
        "macro_f1": np.nanmean(f1 if among is None else f1[..., list(among)], axis=-1),
        "balanced_accuracy": np.nanmean(_ratio(hits, actual), axis=-1),
    }


def class_metrics(counts: np.ndarray, label: int) -> dict[str, np.ndarray]:
    """Return recall, precision, specificity and F1 of one class, each shape (...), from `confusion`."""
    hits, actual = counts[..., label, label], counts[..., label, :].sum(axis=-1)
    predicted = counts[..., label].sum(axis=-1)
    others = counts.sum(axis=(-2, -1)) - actual
    return {
        "recall": _ratio(hits, actual),
        "precision": _ratio(hits, predicted),
        "specificity": _ratio(others - (predicted - hits), others),
        "f1": _ratio(2 * hits, actual + predicted),
    }


def by_class(labels: np.ndarray, probabilities: np.ndarray) -> list[ClassMetrics]:
    """Return the figures of each class.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    probabilities : ndarray, shape (n, classes)
    """
    counts = confusion(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    found = []
    for label, scores in enumerate(probabilities.T):
        positive = labels == label
        found.append(
            ClassMetrics(
                n=int(positive.sum()),
                **{name: float(value) for name, value in class_metrics(counts, label).items()},
                auroc=float(auroc(positive, scores)[0]),
                average_precision=float(average_precision(positive, scores)[0]),
            )
        )
    return found


def accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the share of reports whose predicted class is correct."""
    return _of_predictions("accuracy", labels, probabilities)


def macro_f1(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the mean F1 of the classes that occur or were predicted."""
    return _of_predictions("macro_f1", labels, probabilities)


def balanced_accuracy(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the mean recall of the classes that occur."""
    return _of_predictions("balanced_accuracy", labels, probabilities)


def brier(labels: np.ndarray, probabilities: np.ndarray) -> float:
    """Return the Brier score: mean squared error of the probabilities, summed over classes, 0 to 2."""
    return float(brier_scores(labels, probabilities, np.ones((1, len(labels))))[0])


def brier_scores(labels: np.ndarray, probabilities: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the Brier score in every draw, shape (draws,)."""
    truth = np.eye(probabilities.shape[1])[labels]
    return _ratio(weights @ ((probabilities - truth) ** 2).sum(axis=1), weights.sum(axis=1))


def auroc(positive: np.ndarray, scores: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the area under the ROC curve in every draw, shape (draws,): P(a positive scores above a negative).

    Ties count half.

    Parameters
    ----------
    positive : ndarray of bool, shape (n,)
    scores : ndarray, shape (n,)
    weights : ndarray, shape (draws, n), optional

    Examples
    --------
    >>> auroc(np.array([True, False, True]), np.array([0.9, 0.5, 0.4]))
    array([0.5])
    """
    positives, negatives = _counts_by_score(positive, scores, weights)
    below = np.cumsum(negatives, axis=1) - negatives
    pairs = positives.sum(axis=1) * negatives.sum(axis=1)
    return _ratio((positives * (below + 0.5 * negatives)).sum(axis=1), pairs)


def average_precision(positive: np.ndarray, scores: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the average precision in every draw, shape (draws,): precision weighted by the gain in recall.

    Equal scores share one threshold; parameters as for `auroc`.
    """
    positives, negatives = (counts[:, ::-1] for counts in _counts_by_score(positive, scores, weights))
    hits = np.cumsum(positives, axis=1)
    precision = np.nan_to_num(_ratio(hits, hits + np.cumsum(negatives, axis=1)))
    recall = _ratio(hits, np.broadcast_to(hits[:, -1:], hits.shape))
    found: np.ndarray = (np.diff(recall, prepend=0.0, axis=1) * precision).sum(axis=1)
    return found


def share(true: np.ndarray, among: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return, in every draw, the share of the reports `among` for which something is `true`, shape (draws,)."""
    return _ratio(weights @ (true & among), weights @ among.astype(float))


def reliability(labels: np.ndarray, probabilities: np.ndarray, bins: int = BINS) -> np.ndarray:
    """Return the reliability diagram, shape (bins, 3): reports, mean confidence and accuracy of each bin."""
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    place = _bin_of(confidence, bins)
    table = np.full((bins, 3), np.nan)
    for bin_ in range(bins):
        own = place == bin_
        table[bin_] = (own.sum(), confidence[own].mean(), correct[own].mean()) if own.any() else (0, np.nan, np.nan)
    return table


def expected_calibration_error(labels: np.ndarray, probabilities: np.ndarray, bins: int = BINS) -> float:
    """Return the mean gap between confidence and accuracy over confidence bins, weighted by their reports."""
    return float(calibration_errors(labels, probabilities, np.ones((1, len(labels))), bins)[0])


def calibration_errors(
    labels: np.ndarray, probabilities: np.ndarray, weights: np.ndarray, bins: int = BINS
) -> np.ndarray:
    """Return the expected calibration error in every draw, shape (draws,)."""
    confidence = probabilities.max(axis=1)
    gap = confidence - (probabilities.argmax(axis=1) == labels)
    # The gaps of a bin's reports add up to its gap times its reports.
    by_bin = weights @ (gap[:, None] * np.eye(bins)[_bin_of(confidence, bins)])
    return _ratio(np.abs(by_bin).sum(axis=1), weights.sum(axis=1))


def risk_coverage(labels: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Return the risk-coverage curve, shape (n, 3): coverage, error rate of what is covered, confidence threshold."""
    confidence = probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    wrong = (probabilities.argmax(axis=1) != labels)[order]
    covered = np.arange(1, len(labels) + 1)
    return np.column_stack([covered / len(labels), np.cumsum(wrong) / covered, confidence[order]])


def _bin_of(confidence: np.ndarray, bins: int) -> np.ndarray:
    return np.asarray(np.minimum((confidence * bins).astype(int), bins - 1))


def _of_predictions(name: str, labels: np.ndarray, probabilities: np.ndarray) -> float:
    counts = confusion(labels, probabilities.argmax(axis=1), probabilities.shape[1])
    return float(report_metrics(counts)[name])


def _counts_by_score(
    positive: np.ndarray, scores: np.ndarray, weights: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Count positives and negatives at each distinct score, lowest first, in every draw: (draws, scores) each."""
    weights = np.ones((1, len(scores))) if weights is None else weights
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=-np.inf))
    positives = np.add.reduceat(weights[:, order] * positive[order], starts, axis=1)
    negatives = np.add.reduceat(weights[:, order] * ~positive[order], starts, axis=1)
    return positives, negatives


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0))
