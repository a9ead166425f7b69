"""Vertical lines between columns of leads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from preprocessing.budget import spend
from preprocessing.leads.config import DIVIDERS
from preprocessing.leads.runs import VerticalRuns


@dataclass(frozen=True)
class Divider:
    """A vertical line: its middle column, the rows of trace that it crosses and the pixels that it spans.

    `is_bars` marks short bars, one per row, some of which traces may hide.
    """

    x: float
    first_row: int
    last_row: int
    top: int
    bottom: int
    is_bars: bool = False


def find_dividers(runs: VerticalRuns, baselines: np.ndarray, gap_px: int) -> tuple[Divider, ...]:
    """Find vertical lines that may separate the leads' columns.

    Parameters
    ----------
    runs : VerticalRuns
        Of the page's dividers.
    baselines : ndarray, shape (rows,), float
        The rows of trace, in pixels.
    gap_px : int
        Columns of pixels up to this far apart are one line.

    Returns
    -------
    tuple of Divider
        From left to right. Each is one line through at least two rows, or short bars of one length at one distance
        from their rows.
    """
    pitch = float(np.median(np.diff(baselines)))
    found = _bars(runs, baselines, pitch)
    for x, top, bottom in _each(runs.where(runs.length > pitch)):
        spend()
        rows = np.flatnonzero((baselines > top) & (baselines < bottom))
        if rows.size >= 2 and (x not in found or bottom - top > found[x].bottom - found[x].top):
            found[x] = Divider(x, int(rows[0]), int(rows[-1]), top, bottom)
    lines = []
    for group in _groups(np.array(sorted(found)), gap_px):
        members = [found[int(x)] for x in group]
        longest = max(members, key=lambda line: line.bottom - line.top)
        alike = [
            line.x for line in members if line.bottom - line.top > DIVIDERS.line_alike * (longest.bottom - longest.top)
        ]
        lines.append(replace(longest, x=float(np.mean(alike))))
    return tuple(lines)


def _each(runs: VerticalRuns) -> list[tuple[int, int, int]]:
    return list(zip(runs.x.tolist(), runs.top.tolist(), runs.bottom.tolist(), strict=True))


def _bars(runs: VerticalRuns, baselines: np.ndarray, pitch: float) -> dict[int, Divider]:
    """Find columns of pixels with bars of one length at one distance from the middle of several rows."""
    shortest, longest = DIVIDERS.bar_length_min * pitch, DIVIDERS.bar_length_max * pitch
    tall = runs.where((runs.length > shortest) & (runs.length < longest))
    slack = DIVIDERS.bar_slack_px
    found: dict[int, Divider] = {}
    for x, count in zip(*np.unique(tall.x, return_counts=True), strict=True):
        if count < DIVIDERS.bars_min:
            continue
        here = tall.where(tall.x == x)
        row = np.abs((here.top + here.bottom)[:, None] / 2 - baselines[None, :]).argmin(axis=1)
        above, below = baselines[row] - here.top, here.bottom - baselines[row]
        for anchor in range(here.x.size):
            spend()
            same = (np.abs(above - above[anchor]) <= slack) & (np.abs(below - below[anchor]) <= slack)
            rows = np.unique(row[same])
            centred = abs(above[anchor] - below[anchor]) <= DIVIDERS.bar_off_row * (above[anchor] + below[anchor])
            if rows.size >= DIVIDERS.bars_min and centred:
                ends = int(here.top[same].min()), int(here.bottom[same].max())
                found[int(x)] = Divider(float(x), int(rows[0]), int(rows[-1]), *ends, is_bars=True)
                break
    return found


def column_splits(
    dividers: tuple[Divider, ...], rows: int, columns: int, ends: tuple[float, float]
) -> list[float] | None:
    """Choose the lines that separate the leads' columns.

    Parameters
    ----------
    dividers : tuple of Divider
    rows, columns : int
        The arrangement to test. Strips lie below these rows, and no divider crosses them.
    ends : tuple of float
        First and last column of pixels with trace.

    Returns
    -------
    list of float or None
        One column of pixels between each two columns of leads; None if no set of lines that cross exactly these rows
        is evenly spaced.
    """
    # Lines at the beginning and the end of the traces part no columns.
    margin = DIVIDERS.inside * (ends[1] - ends[0]) / columns
    crossing = [
        line
        for line in dividers
        if ends[0] + margin < line.x < ends[1] - margin
        and line.last_row < rows
        and (line.is_bars or (line.first_row == 0 and line.last_row == rows - 1))
    ]
    if not columns - 1 <= len(crossing) <= DIVIDERS.count_max:
        return None
    if columns == 2:
        middle, width = (ends[0] + ends[1]) / 2, ends[1] - ends[0]
        central = [line for line in crossing if abs(line.x - middle) < DIVIDERS.off_centre * width]
        return [max(central, key=lambda line: line.bottom - line.top).x] if central else None

    def unevenness(lines: tuple[Divider, ...]) -> float:
        spend()
        steps = np.diff([line.x for line in lines])
        whole = [line for line in lines if not line.is_bars] or lines[:1]
        spread = np.ptp([line.top for line in whole]) + np.ptp([line.bottom for line in whole])
        return float((np.ptp(steps) + DIVIDERS.end_weight * spread) / steps.mean())

    chosen = min(combinations(crossing, columns - 1), key=unevenness)
    fills = (columns - 1) * (ends[1] - ends[0]) / columns
    spans = (chosen[-1].x - chosen[0].x) * (columns - 1) / (columns - 2)
    fitting = unevenness(chosen) < DIVIDERS.uneven_max and abs(spans / fills - 1) < DIVIDERS.span_slack
    return [line.x for line in chosen] if fitting else None


def confirmed_splits(
    dividers: tuple[Divider, ...], rows: int, columns: int, ends: tuple[float, float]
) -> list[float] | None:
    """Split the trace evenly if at least half of the places where columns would meet have a divider.

    Parameters and result are those of `column_splits`; traces may hide some bars.
    """
    width = (ends[1] - ends[0]) / columns
    expected = [ends[0] + width * column for column in range(1, columns)]
    slack = DIVIDERS.confirmed_slack * width
    found = [any(abs(line.x - x) < slack and line.last_row < rows for line in dividers) for x in expected]
    return expected if sum(found) >= DIVIDERS.confirmed_min * columns else None


def _groups(columns: np.ndarray, gap: int) -> list[np.ndarray]:
    """Split sorted columns of pixels where they are further apart than `gap`."""
    if not columns.size:
        return []
    return np.split(columns, np.flatnonzero(np.diff(columns) > gap) + 1)
