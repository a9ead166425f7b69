"""Who agrees with whom: readers, the decision where they differ, and each network, on the reports that both judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecgviz.store.opening import Store
from ecgviz.store.queries import every_label, every_prediction
from ecgviz.store.record import Role
from models.classes import CLASSES
from models.networks import MODEL_KEYS
from models.scoring import bootstrap, kappa, metrics

DECIDED = "Decided"
# Of a class that a rater did not give.
NONE = -1
PREDICTED = "predicted"
# Of fewer, resampling gives intervals that are far too narrow, and of one or two none at all.
LEAST_REPORTS = 10
Interval = tuple[float, float, float]


@dataclass(frozen=True)
class Ratings:
    """The classes that raters gave to reports.

    Attributes
    ----------
    reports : tuple of str
        sha256 of each.
    readers : tuple of str
        Names of the people, then `DECIDED` where reports were adjudicated.
    networks : tuple of str
        Of `MODEL_KEYS`, those with predictions.
    labels : dict of str to ndarray of int, shape (reports,)
        By reader or network: places in `CLASSES`, `NONE` without one.
    days : dict of str to ndarray of str, shape (reports,)
        By reader: when it was last changed, as YYYY-MM-DD; empty without a reading.
    """

    reports: tuple[str, ...]
    readers: tuple[str, ...]
    networks: tuple[str, ...]
    labels: dict[str, np.ndarray]
    days: dict[str, np.ndarray]


@dataclass(frozen=True)
class Agreement:
    """How two raters agree.

    Attributes
    ----------
    n : int
        Reports that both gave a class.
    agreed : tuple of float
        Share with the same class, and its 95 % Wilson interval.
    kappa : tuple of float
        Cohen's, and its 95 % bootstrap interval over reports; NaN on fewer than `LEAST_REPORTS`.
    counts : ndarray of int, shape (classes, classes)
        Reports by the class of the first, and of the second.
    sensitivity : tuple of (value, low, high)
        By class: of the reports that the first gave this class, the share to which the second did too, with Wilson's
        interval; NaN where there are none.
    apart : tuple of str
        sha256 of the reports to which they gave different classes.
    """

    n: int
    agreed: Interval
    kappa: Interval
    counts: np.ndarray
    sensitivity: tuple[Interval, ...]
    apart: tuple[str, ...]


@dataclass(frozen=True)
class Period:
    """Agreement within one period: its name, its reports, the share that agrees with its 95 % Wilson interval."""

    name: str
    n: int
    agreed: Interval


def ratings_of(store: Store, blind_only: bool = False, with_abstentions: bool = False) -> Ratings:
    """Return the classes of every reader and network in a store.

    Parameters
    ----------
    store : Store
    blind_only : bool
        Leave out readings that were saved when predictions or other readings had been shown; decisions stay.
    with_abstentions : bool
        Take a network's most probable class where it abstains; otherwise such a report counts for no network.
    """
    readings = [one for one in every_label(store) if one.blind or not blind_only or one.role != Role.READER]
    predictions = every_prediction(store)
    reports = tuple(dict.fromkeys(one.sha256 for one in readings))
    place = {sha256: number for number, sha256 in enumerate(reports)}
    people = sorted({one.reader for one in readings if one.role == Role.READER})
    decided = [DECIDED] * any(one.role == Role.ADJUDICATION for one in readings)
    found = {key for sha256 in reports for key in predictions.get(sha256, {})}
    networks = tuple(key for key in MODEL_KEYS if key in found)
    labels = {rater: np.full(len(reports), NONE) for rater in (*people, *decided, *networks)}
    days = {reader: np.full(len(reports), "", dtype="U10") for reader in (*people, *decided)}
    for one in readings:
        rater = one.reader if one.role == Role.READER else DECIDED
        labels[rater][place[one.sha256]] = CLASSES.index(one.label)
        days[rater][place[one.sha256]] = one.changed_at[:10]
    for sha256 in reports:
        for key, predicted in predictions.get(sha256, {}).items():
            if key in labels and (with_abstentions or predicted.state == PREDICTED):
                labels[key][place[sha256]] = CLASSES.index(predicted.label)
    return Ratings(reports, (*people, *decided), networks, labels, days)


def compared(ratings: Ratings, first: str, second: str) -> Agreement:
    """Compare two raters on the reports that both gave a class; the first is the reference of sensitivity."""
    one, other = ratings.labels[first], ratings.labels[second]
    both = np.flatnonzero((one != NONE) & (other != NONE))
    one, other = one[both], other[both]
    n = len(both)
    nothing = (np.nan, np.nan, np.nan)
    counts = metrics.confusion(one, other, len(CLASSES))
    own = kappa.cohen_with_interval(one, other, len(CLASSES)) if n >= LEAST_REPORTS else nothing
    apart = tuple(ratings.reports[at] for at in both[one != other])
    sensitivity = tuple(_share(int(counts[label, label]), int(counts[label].sum())) for label in range(len(CLASSES)))
    return Agreement(n, _share(n - len(apart), n), own, counts, sensitivity, apart)


def among_all(ratings: Ratings, raters: Sequence[str]) -> tuple[int, Interval]:
    """Return on how many reports all of some raters gave a class, and Fleiss' kappa there with its 95 % interval.

    On fewer than `LEAST_REPORTS` it is NaN.
    """
    table = np.column_stack([ratings.labels[rater] for rater in raters])
    complete = table[(table != NONE).all(axis=1)]
    if len(complete) < LEAST_REPORTS or len(raters) < 2:
        return len(complete), (np.nan, np.nan, np.nan)
    return len(complete), kappa.fleiss_with_interval(complete, len(CLASSES))


def most_in_common(ratings: Ratings) -> tuple[str, str]:
    """Return the reader and the other rater who judged most reports in common; the first two of those in order."""
    raters = [*ratings.readers, *ratings.networks]
    judged = {rater: ratings.labels[rater] != NONE for rater in raters}
    pairs = [(one, other) for at, one in enumerate(ratings.readers) for other in raters[at + 1 :]]
    return max(pairs, key=lambda pair: int((judged[pair[0]] & judged[pair[1]]).sum()))


def over_time(ratings: Ratings, first: str, second: str) -> list[Period]:
    """Return the agreement of a reader with another rater by month of the reader's reading, the earliest first."""
    one, other = ratings.labels[first], ratings.labels[second]
    both = (one != NONE) & (other != NONE)
    months = np.array([day[:7] for day in ratings.days[first]], dtype="U7")
    found = []
    for month in sorted(set(months[both])):
        own = both & (months == month)
        found.append(Period(str(month), int(own.sum()), _share(int((one == other)[own].sum()), int(own.sum()))))
    return found


def reports_with_predictions(store: Store) -> frozenset[str]:
    """Return the reports for which predictions are kept."""
    return frozenset(every_prediction(store))


def _share(hits: int, n: int) -> Interval:
    return (hits / n, *bootstrap.wilson(hits, n)) if n else (np.nan, np.nan, np.nan)
