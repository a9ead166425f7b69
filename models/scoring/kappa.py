"""Agreement beyond chance: Cohen's kappa of two raters and Fleiss' kappa of several, with bootstrap intervals.

Cohen 1960, "A coefficient of agreement for nominal scales"; Fleiss 1971, "Measuring nominal scale agreement among many
raters".
"""

from __future__ import annotations

import numpy as np

from models.scoring.bootstrap import DRAWS, resampled_confusions, wilson, with_interval
from models.scoring.metrics import confusion

Interval = tuple[float, float, float]


def cohen_kappa(counts: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa of confusion matrices, shape (...); NaN where both raters used one class alone.

    Parameters
    ----------
    counts : ndarray, shape (..., classes, classes)
        Reports by the class of the first rater and that of the second.

    Examples
    --------
    >>> round(float(cohen_kappa(np.array([[20, 5], [10, 15]]))), 3)
    0.4
    """
    n = counts.sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = np.trace(counts, axis1=-2, axis2=-1) / n
        expected = (counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1) / n**2
        return np.asarray((observed - expected) / (1 - expected))


def fleiss_kappa(patterns: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return Fleiss' kappa, shape (draws,), or () without weights; NaN where all raters used one class alone.

    Parameters
    ----------
    patterns : ndarray of int, shape (n, classes)
        How many raters gave each class to a report; the same number of raters, at least two, for each.
    weights : ndarray, shape (draws, n), optional
        How often each report counts.

    Examples
    --------
    >>> round(float(fleiss_kappa(np.array([[3, 0], [3, 0], [0, 3], [1, 2]]))), 3)
    0.657
    """
    raters = int(patterns[0].sum())
    if raters < 2 or (patterns.sum(axis=1) != raters).any():
        raise ValueError("Fleiss' kappa needs the same number of raters, at least two, for every report")
    weights = np.ones(len(patterns)) if weights is None else weights
    n = weights.sum(axis=-1)
    observed = weights @ ((patterns * (patterns - 1)).sum(axis=1) / (raters * (raters - 1))) / n
    shares = weights @ patterns / (raters * n[..., None])
    expected = (shares**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((observed - expected) / (1 - expected))


def cohen_with_interval(first: np.ndarray, second: np.ndarray, classes: int, draws: int = DRAWS) -> Interval:
    """Return Cohen's kappa of two raters with its 95 % bootstrap interval over reports.

    Parameters
    ----------
    first, second : ndarray of int, shape (n,)
        The class that each gave to every report.
    """
    own = cohen_kappa(confusion(first, second, classes))
    drawn = cohen_kappa(resampled_confusions(first, second, classes, draws=draws))
    shares = np.bincount(first, minlength=classes) / len(first)
    return _or_complete(with_interval(np.concatenate([own[None], drawn])), shares, len(first))


def fleiss_with_interval(ratings: np.ndarray, classes: int, draws: int = DRAWS, seed: int = 0) -> Interval:
    """Return Fleiss' kappa of several raters with its 95 % bootstrap interval over reports.

    Parameters
    ----------
    ratings : ndarray of int, shape (n, raters)
    """
    # Few patterns of classes occur: drawing how often each does stands for drawing tens of thousands of reports.
    patterns, counts = np.unique((ratings[..., None] == np.arange(classes)).sum(axis=1), axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(ratings), counts / len(ratings), size=draws)
    shares = counts @ patterns / (len(ratings) * ratings.shape[1])
    return _or_complete(with_interval(fleiss_kappa(patterns, np.vstack([counts, drawn]))), shares, len(ratings))


def _or_complete(found: Interval, shares: np.ndarray, n: int) -> Interval:
    """Return an interval; complete agreement is the same in every draw, so there it comes from Wilson's."""
    if not np.isclose(found[0], 1.0):
        return found
    expected = float((shares**2).sum())
    return 1.0, (wilson(n, n)[0] - expected) / (1 - expected), 1.0
