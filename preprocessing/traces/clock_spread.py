"""How sure a fit of columns is of where they begin: from all places that its marks allow, not only the best."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from preprocessing.traces.time_config import CLOCK_SPREAD


def allowed(starts_px: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return the proposed places that are not ruled out and what each costs, shape (n, 2)."""
    near = cost < cost.min() + CLOCK_SPREAD.cost_max
    return np.column_stack([starts_px[near], cost[near]])


def spread_px(places: Iterable[np.ndarray], start_px: float, px_per_s: float) -> float:
    """Return how far the places that fits allow lie around the one that was chosen: their root mean square, in pixels.

    Parameters
    ----------
    places : iterable of ndarray, shape (n, 2)
        As `allowed` returns them, of every fit that was tried. Places that are one count once, at their least cost;
        each weighs the exponential of its negative cost, which is half a squared standard deviation.
    start_px : float
        The place that was chosen.
    px_per_s : float

    Examples
    --------
    >>> spread_px([np.array([[100.0, 2.0]])], 100.0, 200.0)
    0.0
    >>> round(spread_px([np.array([[100.0, 2.0], [102.0, 2.0], [102.0, 9.0]])], 100.0, 200.0) ** 2, 6)
    2.0
    """
    rows = np.concatenate([np.empty((0, 2)), *places])
    if not len(rows):
        return CLOCK_SPREAD.most_s * px_per_s
    nth = np.rint((rows[:, 0] - start_px) / CLOCK_SPREAD.one_place_px).astype(int)
    off, which = np.unique(nth, return_inverse=True)
    least = np.full(off.size, np.inf)
    np.minimum.at(least, which, rows[:, 1])
    weight = np.exp(least.min() - least)
    away = np.minimum(np.abs(off) * CLOCK_SPREAD.one_place_px, CLOCK_SPREAD.most_s * px_per_s)
    return float(np.sqrt((weight * away**2).sum() / weight.sum()))
