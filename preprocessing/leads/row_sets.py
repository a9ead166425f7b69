"""Candidate sets of rows: the regular rows of one page, without what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from preprocessing.leads.config import ROW_SETS
from preprocessing.leads.rows import Rows


def row_sets(rows: Rows) -> Iterator[tuple[Rows, bool]]:
    """List the sets of rows that a page may have, the most probable first.

    Parameters
    ----------
    rows : Rows
        As found.

    Yields
    ------
    Rows
    bool
        Whether the set is complete: all rows of this part of the page and no others.
    """
    group = _largest_group(_beside_each_other(rows, ROW_SETS.overlap_min))
    count = group.baselines.size
    complete = not _lacks_a_neighbour(group, rows)
    if count < 2:
        if count:
            yield group, True
        return
    drops = _drops(count)
    for first, last in drops:
        yield group.where(slice(first, count - last)), complete and first + last == 0
    for first, last in drops:
        filled = _filled(group.where(slice(first, count - last)))
        if filled is not None:
            yield filled, False
    # A lead whose electrode is off leaves half a row, and recorders move rows apart where waves are tall.
    whole = _beside_each_other(rows, ROW_SETS.half_row)
    if whole.baselines.size > count:
        for first, last in _drops(whole.baselines.size):
            chosen = whole.where(slice(first, whole.baselines.size - last))
            # Sets of the group's rows alone are among those above.
            if not np.isin(chosen.baselines, group.baselines).all():
                yield chosen, False


def _drops(count: int) -> list[tuple[int, int]]:
    """Return how many rows may be print at the top and at the bottom, the fewest first."""
    ends = range(ROW_SETS.dropped_max + 1)
    return sorted(((first, last) for first in ends for last in ends if count - first - last >= 2), key=sum)


def _lacks_a_neighbour(group: Rows, rows: Rows) -> bool:
    """Whether a rejected row stands where the next row of the group would be."""
    if group.baselines.size < 2:
        return False
    pitch = float(np.median(np.diff(group.baselines)))
    beyond = np.concatenate([group.baselines[0] - rows.baselines, rows.baselines - group.baselines[-1]])
    return bool((np.abs(beyond / pitch - 1) < ROW_SETS.next_slack).any())


def _beside_each_other(rows: Rows, overlap_min: float) -> Rows:
    """Drop rows that do not overlap with the others by so great a share."""
    if rows.baselines.size < 3:
        return rows
    left, right = float(np.median(rows.left)), float(np.median(rows.right))
    shared = np.minimum(rows.right, right) - np.maximum(rows.left, left)
    return rows.where(shared > overlap_min * np.maximum(right - left, rows.right - rows.left))


def _largest_group(rows: Rows) -> Rows:
    if rows.baselines.size < 3:
        return rows
    gaps = np.diff(rows.baselines)
    breaks = np.flatnonzero(gaps > ROW_SETS.wide_gap * np.median(gaps)) + 1
    return rows.where(max(np.split(np.arange(rows.baselines.size), breaks), key=len))


def _filled(rows: Rows) -> Rows | None:
    """Fill in missing rows; None if none is missing."""
    gaps = np.diff(rows.baselines)
    if gaps.size < 2:
        return None
    times = np.rint(gaps / gaps.min()).astype(int)
    pitch = float(np.median(gaps / times))
    if times.max() == 1 or np.abs(gaps / pitch - times).max() > ROW_SETS.multiple_slack * times.max():
        return None
    steps = np.concatenate([[0], np.cumsum(times)])
    if rows.baselines.size < ROW_SETS.found_min * (steps[-1] + 1):
        return None
    whole = np.arange(steps[-1] + 1)
    ends = np.full(whole.size, np.median(rows.left)), np.full(whole.size, np.median(rows.right))
    return Rows(np.interp(whole, steps, rows.baselines), *ends)
