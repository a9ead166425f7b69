"""Rate and regularity from the intervals between heart beats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.config import RHYTHM

REGULAR, NEARLY_REGULAR, IRREGULAR = "regular", "regular with early or missed beats", "irregular"


@dataclass(frozen=True)
class RrRange:
    """The middle and the extremes of the RR intervals of a page, ms."""

    median_ms: float
    shortest_ms: float
    longest_ms: float


def rr_range(rr_s: np.ndarray) -> RrRange:
    """Return the median, the shortest and the longest of the intervals."""
    return RrRange(*(1000 * float(one(rr_s)) for one in (np.median, np.min, np.max)))


def rate_bpm(rr_s: np.ndarray, rhythm: str) -> float:
    """Return the heart rate: of an irregular rhythm beats over the time that they span, else of the median interval.

    A premature or missed beat hardly changes the median.

    Examples
    --------
    >>> round(rate_bpm(np.array([1.0, 1.0, 0.6, 1.4, 1.0]), "regular with early or missed beats"))
    60
    >>> round(rate_bpm(np.array([0.6, 1.4, 0.5, 0.7]), IRREGULAR))
    75
    """
    return float(60 / (np.mean(rr_s) if rhythm == IRREGULAR else np.median(rr_s)))


def regularity(rr_s: np.ndarray) -> tuple[str, float]:
    """Return whether the rhythm is regular, and the spread of its intervals.

    Returns
    -------
    str
        ``regular``; ``regular with early or missed beats`` if all other intervals are alike; ``irregular``.
    float
        Standard deviation of the RR intervals, ms.
    """
    usual_s = float(np.median(rr_s))
    outlier = np.abs(rr_s / usual_s - 1) > RHYTHM.outlier_share
    spread_ms = 1000 * float(np.std(rr_s))
    if not outlier.any():
        return REGULAR, spread_ms
    kept = rr_s[~outlier]
    enough = kept.size >= RHYTHM.kept_min and outlier.mean() <= RHYTHM.outliers_max
    is_regular = enough and float(np.std(kept)) < RHYTHM.kept_spread * usual_s
    return (NEARLY_REGULAR if is_regular else IRREGULAR), spread_ms
