"""Memory of the app over many reports: opened in one session, or each in a session that is then left."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from statistics import mean

import psutil

from tests.benchmarks.app_visitor import Seen, Visitor
from tests.benchmarks.intervals import mean_in_words
from tests.benchmarks.small_pages import small_page

MEGABYTE, EACH = 2**20, 25
# The last sessions may come back for two minutes; what they held is returned within another.
AFTER_SECONDS = 200


def resident(server: psutil.Process) -> tuple[float, float]:
    """Return resident MB of the server, and of its readers together."""
    readers = sum(one.memory_info().rss for one in server.children(recursive=True))
    return server.memory_info().rss / MEGABYTE, readers / MEGABYTE


def opened(visitor: Visitor, number: int) -> Seen:
    """Open a report of its own and see that it is the one that is shown."""
    seen = visitor.open(small_page(number), f"page_{number}.png")
    assert seen.verdict_at is not None
    assert seen.shows(f"page_{number}")
    return seen


def one_session(address: str, server: psutil.Process, uploads: int) -> None:
    """Open many reports one after another in one session, and print."""
    with Visitor(address) as visitor:
        _repeated(f"{uploads} uploads in one session", server, uploads, lambda number: opened(visitor, number))
    _after(server)


def many_sessions(address: str, server: psutil.Process, sessions: int) -> None:
    """Open one report in each of many sessions, and print."""

    def visit(number: int) -> None:
        with Visitor(address) as visitor:
            # The report of the session before belongs to nobody else.
            assert not opened(visitor, number).shows(f"page_{number - 1}.")

    _repeated(f"{sessions} sessions of one upload", server, sessions, visit)
    _after(server)


def _repeated(what: str, server: psutil.Process, times: int, act: Callable[[int], object]) -> None:
    sizes = list[tuple[float, float]]()
    for number in range(times):
        act(number)
        sizes.append(resident(server))
        if (number + 1) % EACH == 0:
            own, readers = (mean(pair[part] for pair in sizes[-EACH:]) for part in (0, 1))
            print(f"  {number + 1}: server {own:.0f} MB, readers {readers:.0f} MB", flush=True)
    whole = [own + readers for own, readers in sizes]
    steps = [mean(whole[first : first + EACH]) for first in range(times // 2, times - EACH + 1, EACH)]
    print(f"{what}: at most {max(whole):.0f} MB, second half {min(whole[times // 2 :]):.0f} to "
          f"{max(whole[times // 2 :]):.0f} MB")  # fmt: skip
    print(f"  second half, MB in {EACH}: {mean_in_words([after - before for before, after in pairwise(steps)])}")


def _after(server: psutil.Process) -> None:
    time.sleep(AFTER_SECONDS)
    print(f"  {AFTER_SECONDS} s after the last has left: {sum(resident(server)):.0f} MB", flush=True)
