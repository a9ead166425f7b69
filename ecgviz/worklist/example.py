"""A worked example: simulated readers of simulated reports, whose classes are known, in a store in memory."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import numpy as np

from ecgviz.store import IN_MEMORY, Reading, Role, Store, open_store, save
from ecgviz.worklist.items import labelled_samples
from models.classes import CLASSES

# Each reader's probability of the true class; else any other, all alike. Invented, not measured.
READERS = {"Reader A": 0.95, "Reader B": 0.8, "Reader C": 0.7}
START, BETWEEN = datetime(2026, 7, 6, tzinfo=UTC), timedelta(days=8)
SEED = 0


def example_store() -> Store:
    """Return a store with the readings of `READERS`, all blind, a report every eight days; the first is decided.

    The report that is decided is the first on which two of them differ, by its truth.
    """
    store = open_store(IN_MEMORY)
    rng = np.random.default_rng(SEED)
    decided = False
    for number, (sample, truth) in enumerate(labelled_samples()):
        sha256 = hashlib.sha256(sample.path.read_bytes()).hexdigest()
        at = START + number * BETWEEN
        given = []
        for reader, hit in READERS.items():
            wrong = rng.choice([label for label in CLASSES if label != truth])
            given.append(truth if rng.random() < hit else str(wrong))
            save(store, Reading(sha256, reader, given[-1], blind=True), at=at)
        if not decided and len(set(given)) > 1:
            decided = True
            save(store, Reading(sha256, "Reader A", truth, role=Role.ADJUDICATION), at=at)
    return store
