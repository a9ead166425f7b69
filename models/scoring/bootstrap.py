"""How sure figures are, all at once: groups of reports drawn again are weights, and every figure a product with them.

The draws are those of `scores.interval`, so intervals are the same; here a thousand of them take milliseconds. The
first row of the weights is all ones: what it gives is the figure itself.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

Z = 1.96


def weights_of(groups: np.ndarray, draws: int = 1000, seed: int = 0) -> np.ndarray:
    """Return how often each report counts, shape (1 + draws, n): once, then in each draw of groups with replacement.

    The same groups give the same array: it is kept, and cannot be written to.

    Parameters
    ----------
    groups : ndarray of int, shape (n,)
    """
    _, group = np.unique(groups, return_inverse=True)
    return _weights(group.astype(np.int64).tobytes(), draws, seed)


# Every table of figures asks for the weights of the same few parts of the reports, each some 3 MB.
@lru_cache(maxsize=8)
def _weights(kept: bytes, draws: int, seed: int) -> np.ndarray:
    group = np.frombuffer(kept, np.int64)
    n = int(group.max()) + 1
    drawn = np.random.default_rng(seed).integers(n, size=(draws, n)) + n * np.arange(draws)[:, None]
    often = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)[:, group]
    weights = np.vstack([np.ones(len(group)), often])
    weights.flags.writeable = False
    return weights


def with_interval(drawn: np.ndarray) -> tuple[float, float, float]:
    """Return a figure and its 95 % interval from its draws; NaN where there is none.

    >>> with_interval(np.array([0.5, 0.4, 0.4, 0.6, 0.6]))[0]
    0.5
    """
    if np.isnan(drawn[0]) or np.isnan(drawn[1:]).all():
        return float(drawn[0]), float("nan"), float("nan")
    low, high = np.nanquantile(drawn[1:], [0.025, 0.975])
    return float(drawn[0]), float(low), float(high)


def share_with_interval(drawn: np.ndarray, groups: np.ndarray) -> tuple[float, float, float]:
    """Return a share and its 95 % interval from its draws.

    Where all or none are, redrawing never finds otherwise; the interval is then Wilson's, of so many groups.

    Parameters
    ----------
    drawn : ndarray, shape (1 + draws,)
    groups : ndarray of int
        Of the reports that the share is of.

    Examples
    --------
    >>> [round(end, 2) for end in share_with_interval(np.ones(5), np.arange(10))]
    [1.0, 0.72, 1.0]
    """
    value, low, high = with_interval(drawn)
    beyond = Z**2 / (len(np.unique(groups)) + Z**2)
    return {0.0: (0.0, 0.0, beyond), 1.0: (1.0, 1.0 - beyond, 1.0)}.get(value, (value, low, high))


def confusions(weights: np.ndarray, labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Count reports in every draw, shape (draws, classes, classes): the truth by row, what was said by column."""
    cells = np.eye(classes * classes)[labels * classes + predicted]
    return (weights @ cells).reshape(-1, classes, classes)


def report_metrics(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Return accuracy, macro-F1 and balanced accuracy of every draw, from `confusions`."""
    hits = np.diagonal(counts, axis1=1, axis2=2)
    own, said = counts.sum(axis=2), counts.sum(axis=1)
    return {
        "accuracy": _ratio(hits.sum(axis=1), own.sum(axis=1)),
        "macro_f1": np.nanmean(_ratio(2 * hits, own + said), axis=1),
        "balanced_accuracy": np.nanmean(_ratio(hits, own), axis=1),
    }


def class_metrics(counts: np.ndarray, label: int) -> dict[str, np.ndarray]:
    """Return recall, precision, specificity and F1 of one class in every draw, from `confusions`."""
    hits, own, said = counts[:, label, label], counts[:, label].sum(axis=1), counts[:, :, label].sum(axis=1)
    others = counts.sum(axis=(1, 2)) - own
    return {
        "recall": _ratio(hits, own),
        "precision": _ratio(hits, said),
        "specificity": _ratio(others - (said - hits), others),
        "f1": _ratio(2 * hits, own + said),
    }


def share(weights: np.ndarray, true: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Return, in every draw, the share of some reports of which something is true."""
    return _ratio(weights @ (true & among), weights @ among.astype(float))


def auroc(weights: np.ndarray, positive: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return, in every draw, how often a positive scores above a negative, ties counted half."""
    own, others = weights[:, positive], weights[:, ~positive]
    first, second = scores[positive][:, None], scores[~positive][None, :]
    above = (first > second) + 0.5 * (first == second)
    return _ratio(((own @ above) * others).sum(axis=1), own.sum(axis=1) * others.sum(axis=1))


def average_precision(weights: np.ndarray, positive: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return, in every draw, the precision averaged over the recalls that are reached, ties taken together."""
    thresholds, place = np.unique(-scores, return_inverse=True)
    at = np.eye(len(thresholds))[place]
    hits = np.cumsum(weights @ (at * positive[:, None]), axis=1)
    said = np.cumsum(weights @ at, axis=1)
    gained = np.diff(hits, prepend=0.0, axis=1)
    return _ratio((gained * np.nan_to_num(_ratio(hits, said))).sum(axis=1), hits[:, -1])


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)
