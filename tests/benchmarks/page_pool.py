"""Pages read in a few processes of one thread each, so that a run leaves the machine's other cores alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from typing import TypeVar

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# A line each so many pages.
PROGRESS = 10

Task = TypeVar("Task")
Result = TypeVar("Result")


def in_processes(work: Callable[[Task], Result], tasks: Iterable[Task], jobs: int) -> list[Result]:
    """Return what `work` gives for each task, in the tasks' order; progress goes to the standard error."""
    todo = list(tasks)
    os.environ.update(dict.fromkeys(THREADS, "1"))
    results = []
    # A fresh process loads NumPy anew, and with it the number of threads.
    with get_context("spawn").Pool(jobs) as pool:
        for done, result in enumerate(pool.imap(work, todo), start=1):
            results.append(result)
            if done % PROGRESS == 0 or done == len(todo):
                print(f"{done} of {len(todo)}", file=sys.stderr, flush=True)
    return results
