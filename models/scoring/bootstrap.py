"""95 % intervals: the bootstrap over groups of reports, and Wilson's interval of a share.

Reports of one group are resampled together, with replacement. A draw is a weight for each report: one product
computes a figure of `metrics` in a thousand draws. The first row of the weights is all ones: it gives the figure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

DRAWS = 1000
ENDS = (0.025, 0.975)
Z = 1.96


def weights_of(groups: np.ndarray, draws: int = DRAWS, seed: int = 0) -> np.ndarray:
    """Return how often each report counts, shape (1 + draws, n): once in the first row, resampled in the others.

    The same groups give the same read-only array.

    Parameters
    ----------
    groups : ndarray of int, shape (n,)
    """
    _, group = np.unique(groups, return_inverse=True)
    return _weights(group.astype(np.int64).tobytes(), draws, seed)


# Every table of the Evaluation page needs the weights of the same few parts of the reports, some 3 MB each.
@lru_cache(maxsize=8)
def _weights(kept: bytes, draws: int, seed: int) -> np.ndarray:
    group = np.frombuffer(kept, np.int64)
    resampled = _resampled_groups(int(group.max()) + 1, draws, seed)
    n = resampled.shape[1]
    counts = np.bincount((resampled + n * np.arange(draws)[:, None]).ravel(), minlength=draws * n)
    weights = np.vstack([np.ones(len(group)), counts.reshape(draws, n)[:, group]])
    weights.flags.writeable = False
    return weights


def _resampled_groups(groups_n: int, draws: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(groups_n, size=(draws, groups_n))


def interval(
    figure: Callable[[np.ndarray], float], groups: np.ndarray, draws: int = DRAWS, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of any figure; slower than weights, for figures that weights do not give.

    Parameters
    ----------
    figure : callable
        From places of reports, repeated as they were resampled, to a figure.
    groups : ndarray, shape (n,)

    Examples
    --------
    >>> values = np.array([1.0, 2.0, 3.0, 4.0] * 5)
    >>> interval(lambda at: np.median(values[at]), np.arange(20) // 2)
    (2.0, 3.0)
    """
    _, group = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(group == one) for one in range(group.max() + 1)]
    resamples = _resampled_groups(len(members), draws, seed)
    found = [figure(np.concatenate([members[one] for one in resample])) for resample in resamples]
    return around(figure(np.concatenate(members)), np.array(found))


def resampled_confusions(
    labels: np.ndarray,
    predicted: np.ndarray,
    classes: int,
    groups: np.ndarray | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> np.ndarray:
    """Return confusion matrices of resampled reports, shape (draws, classes, classes).

    The same bootstrap as `weights_of`, drawn from counts: for tens of thousands of beats a weight for each would take
    half a gigabyte. Without groups every report is resampled on its own.
    """
    rng = np.random.default_rng(seed)
    cell = labels * classes + predicted
    if groups is None:
        counts = rng.multinomial(len(cell), np.bincount(cell, minlength=classes**2) / len(cell), size=draws)
    else:
        _, group = np.unique(groups, return_inverse=True)
        cells = np.zeros((group.max() + 1, classes**2), int)
        np.add.at(cells, (group, cell), 1)
        counts = rng.multinomial(len(cells), np.full(len(cells), 1 / len(cells)), size=draws) @ cells
    return counts.reshape(-1, classes, classes)


def with_interval(drawn: np.ndarray) -> tuple[float, float, float]:
    """Return a figure and its 95 % interval from its draws, the figure first; NaN where there is none.

    The interval always holds its figure: see `around`.

    Examples
    --------
    >>> with_interval(np.array([0.5, 0.4, 0.4, 0.6, 0.6]))[0]
    0.5
    """
    if np.isnan(drawn[0]) or np.isnan(drawn[1:]).all():
        return float(drawn[0]), float("nan"), float("nan")
    return float(drawn[0]), *around(float(drawn[0]), drawn[1:])


def around(value: float, draws: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a figure from its draws, reaching at least to the figure itself.

    A figure near its bound is biased under resampling: a calibration error near 0 grows in nearly every draw, and the
    quantiles of the draws would leave the figure out.

    Examples
    --------
    >>> around(0.01, np.linspace(0.02, 0.06, 101))
    (0.01, 0.059)
    """
    low, high = np.nanquantile(draws, ENDS)
    return float(min(low, value)), float(max(high, value))


def share_with_interval(drawn: np.ndarray, groups: np.ndarray) -> tuple[float, float, float]:
    """Return a share and its 95 % interval from its draws.

    A share of 0 or 1 is the same in every draw, so its interval is Wilson's over the number of groups.

    Parameters
    ----------
    drawn : ndarray, shape (1 + draws,)
    groups : ndarray of int
        Of the reports in the denominator.

    Examples
    --------
    >>> [round(end, 2) for end in share_with_interval(np.ones(5), np.arange(10))]
    [1.0, 0.72, 1.0]
    """
    value, low, high = with_interval(drawn)
    if value in (0.0, 1.0):
        groups_n = len(np.unique(groups))
        low, high = wilson(round(value) * groups_n, groups_n)
    return value, low, high


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    value = hits / n
    centre = (value + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * (value * (1 - value) / n + Z * Z / (4 * n * n)) ** 0.5 / (1 + Z * Z / n)
    # Exact where rounding would miss 0 or 1 by a hair.
    return (centre - half if hits else 0.0), (centre + half if hits < n else 1.0)
