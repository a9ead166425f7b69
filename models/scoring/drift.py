"""Whether values come from the same distribution as before: population stability index, Kolmogorov-Smirnov test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

BINS = 10
# The customary reading of the index (Siddiqi 2006, "Credit risk scorecards"): below, no shift; above, a large one.
SMALL_SHIFT, LARGE_SHIFT = 0.1, 0.25
# Added to each bin's count: an empty bin would make the index infinite.
_PSEUDOCOUNT = 0.5


@dataclass(frozen=True)
class Drift:
    """Two samples of one value compared.

    Attributes
    ----------
    reference_n, observed_n : int
    psi : float
        Population stability index over deciles of the reference.
    ks : float
        Two-sample Kolmogorov-Smirnov statistic, the largest distance of the distribution functions, 0 to 1.
    p : float
        Its two-sided p-value.
    """

    reference_n: int
    observed_n: int
    psi: float
    ks: float
    p: float


def drift_of(reference: np.ndarray, observed: np.ndarray) -> Drift:
    """Compare finite values, both non-empty.

    Examples
    --------
    >>> before = np.arange(100.0)
    >>> drift_of(before, before).psi, drift_of(before, before + 100).ks
    (0.0, 1.0)
    """
    test = scipy.stats.ks_2samp(reference, observed)
    return Drift(
        len(reference), len(observed), population_stability(reference, observed), float(test.statistic),
        float(test.pvalue),
    )  # fmt: skip


def population_stability(reference: np.ndarray, observed: np.ndarray, bins: int = BINS) -> float:
    """Return the population stability index over quantile bins of the reference; fewer bins where it has many ties."""
    inner = np.unique(np.quantile(reference, np.arange(1, bins) / bins))
    counts = [np.bincount(np.searchsorted(inner, own), minlength=len(inner) + 1) for own in (reference, observed)]
    return stability_of_counts(*counts)


def stability_of_counts(reference: np.ndarray, observed: np.ndarray) -> float:
    """Return the population stability index of counts by category: sum of (o - r) ln(o / r) over shares.

    Examples
    --------
    >>> round(stability_of_counts(np.array([50, 50]), np.array([500, 500])), 6)
    0.0
    """
    before, now = (
        (counts + _PSEUDOCOUNT) / (counts.sum() + _PSEUDOCOUNT * len(counts)) for counts in (reference, observed)
    )
    return float(((now - before) * np.log(now / before)).sum())
