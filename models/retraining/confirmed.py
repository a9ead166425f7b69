"""Which reports of a store have a confirmed class: one decided, or one on which two readers agree."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.classes import CLASSES
from models.data import FOLDS

ADJUDICATION = "adjudication"
_LEAST_READERS = 2


@dataclass(frozen=True)
class Confirmed:
    """Reports with a confirmed class.

    Attributes
    ----------
    labels : dict of str to int
        Place in `CLASSES` by the file's sha256.
    open : int
        Reports without one: a single reader, or readers who differ.
    """

    labels: dict[str, int]
    open: int


def confirmed_labels(readings: Iterable[Mapping[str, str]], single: bool = False) -> Confirmed:
    """Return the confirmed classes among kept readings.

    Parameters
    ----------
    readings : iterable of mapping
        Each with ``sha256``, ``role``, ``reader`` and ``label``.
    single : bool
        Whether one reader is enough.

    Examples
    --------
    >>> same = {"role": "reader", "label": "Normal"}
    >>> by = [{"sha256": "aa", "reader": "ab"}, {"sha256": "aa", "reader": "cd"}, {"sha256": "bb", "reader": "ab"}]
    >>> confirmed_labels([same | one for one in by])
    Confirmed(labels={'aa': 0}, open=1)
    """
    decided: dict[str, str] = {}
    read: dict[str, dict[str, str]] = defaultdict(dict)
    for reading in readings:
        if reading["role"] == ADJUDICATION:
            decided[reading["sha256"]] = reading["label"]
        else:
            read[reading["sha256"]][reading["reader"]] = reading["label"]
    least = 1 if single else _LEAST_READERS
    agreed = {
        sha256: next(iter(by.values()))
        for sha256, by in read.items()
        if len(by) >= least and len(set(by.values())) == 1
    }
    labels = {sha256: CLASSES.index(label) for sha256, label in sorted((agreed | decided).items())}
    return Confirmed(labels, len(read.keys() - labels.keys()))


def fold_of(sha256: str) -> int:
    """Return the fold of a report that is not among the published ones: always the same for the same file."""
    return int(hashlib.sha256(sha256.encode()).hexdigest(), 16) % FOLDS
