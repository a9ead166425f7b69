"""Which of the rows that were found may be the rows of a page: regular ones, with what stands beside them dropped."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from preprocessing.leads.rows import Rows

# A gap so many times the usual one parts a page from what stands above or below it.
WIDE_GAP = 2.2
LEAST_OVERLAP = 0.6
# So many rows at either end may be lines of print or dirt.
MOST_DROPPED = 2
# A row is thought to be missing where gaps are whole multiples of the smallest one, this closely.
MULTIPLE = 0.15
# The next row is one step away, to within this share of it.
NEXT = 0.2
# Of the rows of a page so many have to be seen.
MOST_SEEN = 0.7


def row_sets(rows: Rows) -> Iterator[tuple[Rows, bool]]:
    """List the sets of rows that may be a page's, the likeliest first.

    Parameters
    ----------
    rows : Rows
        As found.

    Yields
    ------
    Rows
    bool
        Whether they are all rows of their part of the page, and only these.
    """
    group = _largest_group(_beside_each_other(rows))
    count = group.baselines.size
    whole = not _lacks_a_neighbour(group, rows)
    if count < 2:
        if count:
            yield group, True
        return
    drops = [
        (first, last)
        for first in range(MOST_DROPPED + 1)
        for last in range(MOST_DROPPED + 1)
        if count - first - last >= 2
    ]
    for first, last in sorted(drops, key=sum):
        yield group.where(slice(first, count - last)), whole and first + last == 0
    for first, last in sorted(drops, key=sum):
        filled = _filled(group.where(slice(first, count - last)))
        if filled is not None:
            yield filled, False


def _lacks_a_neighbour(group: Rows, rows: Rows) -> bool:
    """Whether a row was left out, as too short or too far aside, where the next row of the group would be."""
    if group.baselines.size < 2:
        return False
    pitch = float(np.median(np.diff(group.baselines)))
    beyond = np.concatenate([group.baselines[0] - rows.baselines, rows.baselines - group.baselines[-1]])
    return bool((np.abs(beyond / pitch - 1) < NEXT).any())


def _beside_each_other(rows: Rows) -> Rows:
    """Drop rows that do not stand where the others do."""
    if rows.baselines.size < 3:
        return rows
    left, right = float(np.median(rows.left)), float(np.median(rows.right))
    shared = np.minimum(rows.right, right) - np.maximum(rows.left, left)
    return rows.where(shared > LEAST_OVERLAP * np.maximum(right - left, rows.right - rows.left))


def _largest_group(rows: Rows) -> Rows:
    if rows.baselines.size < 3:
        return rows
    gaps = np.diff(rows.baselines)
    breaks = np.flatnonzero(gaps > WIDE_GAP * np.median(gaps)) + 1
    return rows.where(max(np.split(np.arange(rows.baselines.size), breaks), key=len))


def _filled(rows: Rows) -> Rows | None:
    """Fill in the rows that seem to be missing; None where none does."""
    gaps = np.diff(rows.baselines)
    if gaps.size < 2:
        return None
    times = np.rint(gaps / gaps.min()).astype(int)
    pitch = float(np.median(gaps / times))
    if times.max() == 1 or np.abs(gaps / pitch - times).max() > MULTIPLE * times.max():
        return None
    steps = np.concatenate([[0], np.cumsum(times)])
    if rows.baselines.size < MOST_SEEN * (steps[-1] + 1):
        return None
    whole = np.arange(steps[-1] + 1)
    ends = np.full(whole.size, np.median(rows.left)), np.full(whole.size, np.median(rows.right))
    return Rows(np.interp(whole, steps, rows.baselines), *ends)
