"""Two threads for what does not depend on each other: NumPy, SciPy and Pillow let both of them run at once.

Results do not depend on which of the two is first, and the budget of a step counts what both of them spend. A process
that shares its cores with others like it, as a worker of a batch does, has one thread and does all in turn: a thread
that waits for another on a busy core spends that time too.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import Thread
from time import thread_time
from typing import TypeVar

from preprocessing.budget import left, limited, spent_beside

Item = TypeVar("Item")
Value = TypeVar("Value")
# Name of the environment variable with the threads that a reading has, 1 or, by default, 2.
THREADS_VARIABLE = "ECGVIZ_THREADS"
MOST_THREADS = 2
_ALLOWED = ContextVar("threads", default=MOST_THREADS)
# Of glibc's malloc.h.
_M_ARENA_MAX = -8


def threads() -> int:
    """Return how many threads a reading has."""
    return 1 if os.environ.get(THREADS_VARIABLE) == "1" else _ALLOWED.get()


@contextmanager
def allowed_threads(count: int) -> Iterator[None]:
    """Let what is read in the block have so many threads, 1 or 2, where the environment does not allow one alone.

    Examples
    --------
    >>> with allowed_threads(1):
    ...     threads()
    1
    """
    before = _ALLOWED.set(count)
    try:
        yield
    finally:
        _ALLOWED.reset(before)


@contextmanager
def beside(work: Callable[[], Value]) -> Iterator[Callable[[], Value]]:
    """Do some work in a thread of its own while the block runs; the thread has ended when the block has.

    With one thread the work is done before the block begins.

    Yields
    ------
    callable
        Waits for the work and returns its value, or raises what it raised; if it is not called, that is lost.

    Examples
    --------
    >>> with beside(lambda: sum(range(5))) as total:
    ...     product = 2 * 3
    ...     product, total()
    (6, 10)
    """
    outcome: Future[Value] = Future()
    if threads() == 1:
        try:
            outcome.set_result(work())
        except Exception as error:
            outcome.set_exception(error)
        yield outcome.result
        return
    spent = [0.0]
    seconds = left()

    def run() -> None:
        try:
            with limited(seconds):
                outcome.set_result(work())
        except BaseException as error:  # It is raised again where the value is asked for.
            outcome.set_exception(error)
        spent[0] = thread_time()

    share_memory()
    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield outcome.result
    finally:
        thread.join()
        spent_beside(spent[0])


def side_by_side(work: Callable[[Item], Value], items: Sequence[Item]) -> list[Value]:
    """Do the same with each of some items, every other one in a second thread; return the values in the items' order.

    Examples
    --------
    >>> side_by_side(lambda number: number**2, range(5))
    [0, 1, 4, 9, 16]
    """
    if len(items) < 2 or threads() == 1:
        return [work(item) for item in items]
    with beside(lambda: [work(item) for item in items[1::2]]) as others:
        own = [work(item) for item in items[::2]]
        both = [*own, *others()]
    both[::2], both[1::2] = own, others()
    return both


@cache
def share_memory() -> None:
    """Let all threads of the process take memory from one place; called before its threads start.

    Each thread's own would keep what was freed there: 40 to 80 MB after some pages that two threads read, and 200 MB in
    a server after ten sessions, each of which runs on threads of its own (30 MB with one place).
    """
    # Of other systems' libraries some have no such function, and others no such places.
    set_option = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if set_option is not None:
        set_option(_M_ARENA_MAX, 1)
