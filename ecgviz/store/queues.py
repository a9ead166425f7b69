"""What a reader does next: the reports of a list that wait for a first reading, a second one, or a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from ecgviz.store.queries import UNREAD, ReportStatus


class Queue(StrEnum):
    """A choice among the reports of a list."""

    UNREAD = "Unread by me"
    SECOND = "For a second reader"
    DISAGREEMENT = "To decide"
    ALL = "All"


def waits(queue: Queue, status: ReportStatus) -> bool:
    """Return whether a report belongs to a queue.

    Examples
    --------
    >>> waits(Queue.SECOND, ReportStatus(mine=False, others=1, disagree=False, decided=False))
    True
    """
    match queue:
        case Queue.UNREAD:
            return not status.mine
        case Queue.SECOND:
            return not status.mine and status.others == 1
        case Queue.DISAGREEMENT:
            return status.disagree and not status.decided
        case Queue.ALL:
            return True


def waiting(queue: Queue, reports: Sequence[str], status: Mapping[str, ReportStatus]) -> list[str]:
    """Return the reports of a queue, in the order of the list."""
    # Tens of thousands of reports are in a handful of states.
    wanted = {state: waits(queue, state) for state in {UNREAD, *status.values()}}
    return [sha256 for sha256 in reports if wanted[status.get(sha256, UNREAD)]]


def next_after(
    queue: Queue, reports: Sequence[str], status: Mapping[str, ReportStatus], after: str | None = None
) -> str | None:
    """Return the next report of a queue behind another one, going on at the beginning; None where none waits.

    Examples
    --------
    >>> read = {"b": ReportStatus(True, 0, False, False)}
    >>> next_after(Queue.UNREAD, ["a", "b", "c"], read, "a"), next_after(Queue.UNREAD, ["a", "b"], read, "a")
    ('c', None)
    """
    start = 0 if after is None or after not in reports else list(reports).index(after) + 1
    for sha256 in (*reports[start:], *reports[:start]):
        if sha256 != after and waits(queue, status.get(sha256, UNREAD)):
            return sha256
    return None


def lengths(reports: Sequence[str], status: Mapping[str, ReportStatus]) -> dict[Queue, int]:
    """Count the reports of each queue."""
    states = Counter(status.get(sha256, UNREAD) for sha256 in reports)
    return {queue: sum(n for state, n in states.items() if waits(queue, state)) for queue in Queue}
