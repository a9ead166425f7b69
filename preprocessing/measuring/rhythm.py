"""Rate and regularity from the intervals between heart beats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.config import RHYTHM

REGULAR, NEARLY_REGULAR, IRREGULAR = "regular", "regular with early or missed beats", "irregular"


@dataclass(frozen=True)
class RrRange:
    """The middle, the extremes and the mean of the RR intervals of a page, ms.

    The mean is the time that the beats span over their number, less one.
    """

    median_ms: float
    shortest_ms: float
    longest_ms: float
    mean_ms: float


def rr_range(rr_s: np.ndarray) -> RrRange:
    """Return the median, the shortest, the longest and the mean of the intervals."""
    return RrRange(*(1000 * float(one(rr_s)) for one in (np.median, np.min, np.max, np.mean)))


def rate_bpm(rr_s: np.ndarray, rhythm: str) -> float:
    """Return the heart rate: that of the median interval, or of the mean one where intervals fall into groups.

    A premature or missed beat hardly changes the median, and recorders print it, of irregular rhythms too. In groups,
    as in bigeminy, it is the interval of one group: there the rate is beats over the time they span.

    Examples
    --------
    >>> round(rate_bpm(np.array([1.0, 1.0, 0.6, 1.4, 1.0]), "regular with early or missed beats"))
    60
    >>> round(rate_bpm(np.array([0.6, 1.4, 0.5, 0.7]), IRREGULAR))
    75
    >>> round(rate_bpm(np.array([0.45, 0.5, 0.5, 0.6, 0.55]), IRREGULAR))
    120
    """
    return 60 / (float(np.mean(rr_s)) if is_grouped(rr_s, rhythm) else float(np.median(rr_s)))


def is_grouped(rr_s: np.ndarray, rhythm: str) -> bool:
    """Return whether the median interval of an irregular rhythm stands for some of its intervals only."""
    return rhythm == IRREGULAR and abs(float(np.mean(rr_s) / np.median(rr_s)) - 1) > RHYTHM.grouped_share


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
