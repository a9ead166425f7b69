"""The numbers of the app's readers, each with its reason: decisions that bound memory and waiting on a small server."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class PoolConfig:
    """One pool of readers.

    Attributes
    ----------
    readers : int
        Processes at once; further requests wait in the order in which they came.
    processor_seconds, wall_seconds : float
        What one request may take. Every step of reading has a budget of its own; the first ends what escapes it. The
        second is a last resort: on a starved machine an ordinary page takes minutes, which is no fault of its file.
    memory_mb, idle_mb : int
        What a reader may hold while it reads, and afterwards.
    most_requests : int
        After so many a reader is replaced.
    niceness : int
        How far it steps back behind other processes.
    """

    readers: int
    processor_seconds: float
    wall_seconds: float
    memory_mb: int
    idle_mb: int
    most_requests: int
    niceness: int


# Name of the environment variable with the number of readers; 0 reads in the app's own process.
VARIABLE = "ECGVIZ_READERS"
# More gain little: the networks run in the app's process, and each holds 0.3 GB at rest.
_MOST_READERS = 4
# How often a caller that waits can leave, and how often a reader's memory and time are looked at.
TICK_SECONDS = 0.25
WATCH_SECONDS = 0.1


def readers() -> int:
    """Return how many readers the app's pages have: by default one a core, up to `_MOST_READERS`."""
    return int(os.environ.get(VARIABLE) or min(_MOST_READERS, os.cpu_count() or 1))


def page_pool() -> PoolConfig:
    """Return the pool that reads the pages that people open. The largest page takes 1 GB beside 0.3 GB at rest."""
    return PoolConfig(readers(), 60.0, 900.0, 2000, 700, 200, 0)


def batch_pool() -> PoolConfig:
    """Return the pool of all sessions' batches: one reader, with networks, behind the pages that people wait for."""
    return PoolConfig(1, 120.0, 1800.0, 3000, 2000, 500, 10)
