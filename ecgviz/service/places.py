"""A bounded queue of readings: so many at once, so many waiting, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")


class QueueFullError(Exception):
    """Every place is taken; the client is to come back later."""


class Places:
    """Places for requests that read.

    Parameters
    ----------
    at_once : int
        Readings at once.
    most_waiting : int
        Requests that may wait besides.

    Notes
    -----
    The executor works through its tasks in the order in which they came. Used from one event loop.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self.places = at_once + most_waiting
        self.taken = 0
        self._executor = ThreadPoolExecutor(at_once, thread_name_prefix="reading")

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place while a request's body arrives and is read.

        Raises
        ------
        QueueFullError
        """
        if self.taken >= self.places:
            raise QueueFullError
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run work in a thread, once those before it are done; a client that has gone does not hold up the others."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """Drop what waits and wait for what has begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)
