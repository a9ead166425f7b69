"""Queues: who still has to read what."""

import pytest

from ecgviz.store import Queue, Reading, Role, labels_of, queues, save, status_of_reports
from ecgviz.store.queries import STORE

LISTED = [letter * 64 for letter in "abcdef"]


@pytest.fixture
def status(store):
    """b was read by me, c by another, d by two who differ, e by two who differ and was decided, f by two who agree."""
    for sha256, readers in zip(LISTED[1:], (["me"], ["AB"], ["me", "AB"], ["AB", "CD"], ["AB", "CD"]), strict=True):
        for number, reader in enumerate(readers):
            label = "History of MI" if number and sha256[0] in "de" else "Normal"
            save(store, Reading(sha256, reader, label))
    save(store, Reading(LISTED[4], "me", "Normal", role=Role.ADJUDICATION))
    return status_of_reports(store, "me")


@pytest.mark.parametrize(
    ("queue", "letters"),
    [(Queue.UNREAD, "acef"), (Queue.SECOND, "c"), (Queue.DISAGREEMENT, "d"), (Queue.ALL, "abcdef")],
)
def test_each_queue_holds_what_waits_in_the_lists_order(status, queue, letters):
    waiting = queues.waiting(queue, LISTED, status)
    assert "".join(sha256[0] for sha256 in waiting) == letters
    assert queues.lengths(LISTED, status)[queue] == len(letters)


def test_the_next_report_lies_behind_the_last_one_and_then_at_the_beginning(status):
    walk, at = "", None
    for _ in range(4):
        at = queues.next_after(Queue.UNREAD, LISTED, status, at)
        walk += at[0]
    assert walk == "acef"
    assert queues.next_after(Queue.UNREAD, LISTED, status, at) == LISTED[0]
    assert queues.next_after(Queue.DISAGREEMENT, LISTED, status, LISTED[3]) is None
    assert queues.next_after(Queue.UNREAD, LISTED, status, "no report of the list") == LISTED[0]


def test_own_classes_are_found_among_more_reports_than_one_statement_takes(store, status):
    many = [f"{number:064x}" for number in range(2 * STORE.places)]
    assert labels_of(store, "me", [*many, *LISTED]) == {LISTED[1]: "Normal", LISTED[3]: "Normal"}
