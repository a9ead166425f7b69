"""95 % intervals of figures over pages whose leads are resampled together; those of shares are `bootstrap.wilson`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy import stats

from models.scoring import bootstrap

SEED = 2026
# Fewer pages than this say nothing about others.
LEAST_PAGES = 5


def pages_interval(
    pages: Sequence[Sequence[float]], figure: Callable[[np.ndarray], float]
) -> tuple[float, float] | None:
    """Return the 95 % bootstrap interval of a figure of all leads, resampling pages with all of their leads.

    None where there are too few pages.

    Examples
    --------
    >>> pages_interval([[1, 2], [3, 4]] * 5, np.median)
    (2.0, 3.0)
    """
    if len(pages) < LEAST_PAGES:
        return None
    values = np.concatenate([np.asarray(page) for page in pages])
    page_of = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    low, high = bootstrap.interval(lambda at: figure(values[at]), page_of, seed=SEED)
    return round(low, 3), round(high, 3)


def mean_in_words(values: Sequence[float]) -> str:
    """Return the mean of independent values with its 95 % interval by Student's t.

    Examples
    --------
    >>> mean_in_words([1.0, 2.0, 3.0]), mean_in_words([1.0])
    ('2.00 (-0.48 to 4.48; n = 3)', 'too few')
    """
    if len(values) < 2:
        return "too few"
    middle = float(np.mean(values))
    half = float(stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
    return f"{middle:.2f} ({middle - half:.2f} to {middle + half:.2f}; n = {len(values)})"
