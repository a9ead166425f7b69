"""Edges of the columns of leads: from dividers, printed names or the ends of the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.leads.config import COLUMNS
from preprocessing.leads.dividers import Divider, column_splits, confirmed_splits
from preprocessing.leads.layout import LayoutForm
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows
from preprocessing.leads.runs import VerticalRuns
from preprocessing.lettering import PrintedName


@dataclass(frozen=True)
class Columns:
    """Edges of the columns of leads from left to right, in pixels of the page.

    `divided` is whether lines are printed between them; otherwise the rows were split evenly. `even` is whether the
    trace on either side fits the lines.
    """

    edges: tuple[float, ...]
    divided: bool
    even: bool


def find_columns(form: LayoutForm, dividers: tuple[Divider, ...], ends: tuple[float, float]) -> Columns:
    """Split the rows of a page into the columns of a form.

    Parameters
    ----------
    form : LayoutForm
    dividers : tuple of Divider
    ends : tuple of float
        First and last column of pixels with trace.
    """
    left, right = ends
    if form.columns == 1:
        return Columns((left, right), False, True)
    for choose in (column_splits, confirmed_splits):
        splits = choose(dividers, len(form.grid), form.columns, ends)
        if splits is not None and left < splits[0] and splits[-1] < right:
            return _divided(splits, left, right)
    return Columns(tuple(np.linspace(left, right, form.columns + 1)), False, True)


def _divided(splits: list[float], left: float, right: float) -> Columns:
    """Find the outer edges of columns that lines separate."""
    if len(splits) > 1:
        pitch = float(np.median(np.diff(splits)))
        even = bool(np.all(np.abs(np.diff(splits) / pitch - 1) < COLUMNS.even))
        return Columns((splits[0] - pitch, *splits, splits[-1] + pitch), True, even)
    reach = right - splits[0]
    even = abs((splits[0] - left) / reach - 1) < COLUMNS.even_two
    return Columns((splits[0] - reach, splits[0], right), True, even)


def columns_by_names(form: LayoutForm, columns: Columns, names: Sequence[PrintedName]) -> Columns:
    """Make columns as wide as the distance between their names, if the names are evenly spaced.

    Parameters
    ----------
    form : LayoutForm
    columns : Columns
        As found from the ink.
    names : sequence of PrintedName
        Names read with enough confidence.
    """
    if columns.divided or form.columns < 3:
        return columns
    starts, which = [], []
    for column in range(1, form.columns):
        leads = {row[column] for row in form.grid}
        here = [name.left for name in names if name.lead in leads]
        if len(here) >= COLUMNS.names_min:
            starts.append(float(np.median(here)))
            which.append(column)
    if len(which) < 2:
        return columns
    pitch, first = np.polyfit(which, starts, 1)
    if pitch <= 0 or np.abs(first + pitch * np.array(which) - starts).max() > COLUMNS.name_jitter * pitch:
        return columns
    width = pitch * form.columns
    left, right = columns.edges[0], columns.edges[-1]
    # A calibration pulse at one end belongs to no lead. Names stand at the start of their lead or a little later.
    after = first - np.array([left, right - width])
    fitting = np.flatnonzero((after > -COLUMNS.name_early * pitch) & (after < COLUMNS.name_late * pitch))
    start = first if not fitting.size else (left, right - width)[fitting[np.argmin(np.abs(after[fitting]))]]
    if abs(width / (right - left) - 1) < COLUMNS.width_slack:
        return columns
    return Columns(tuple((start + pitch * np.arange(form.columns + 1)).tolist()), False, True)


def inked_ends(runs: VerticalRuns, rows: Rows, pulses: Pulses | None, px_per_mm: float) -> tuple[float, float]:
    """Return the first and last column of pixels with trace, without calibration pulses."""
    # Rows fade at their ends, or stop early; few reach too far.
    quantile = COLUMNS.ends_quantile
    first, last = float(np.quantile(rows.left, quantile)), float(np.quantile(rows.right, 1 - quantile))
    if pulses is None:
        return first, last
    reach = COLUMNS.row_reach * float(np.median(np.diff(rows.baselines)))
    starts, ends = [], []
    for baseline in rows.baselines:
        # Beyond its long components a row has only grid dots and lettering.
        near = (np.abs((runs.top + runs.bottom) / 2 - baseline) < reach) & (runs.x >= first - 1) & (runs.x <= last + 1)
        columns = np.unique(runs.x[near])
        if not columns.size:
            continue
        foot = COLUMNS.foot_mm * px_per_mm
        at_left = pulses.left < np.median(columns)
        beyond = pulses.right + foot if at_left else pulses.left - foot
        # The foot of the pulse reaches the trace or ends before it: the trace begins after the last gap.
        columns = _past_pulse(columns, pulses, beyond, at_left)
        pieces = np.split(columns, np.flatnonzero(np.diff(columns) > COLUMNS.gap_mm * px_per_mm) + 1)
        trace = max(pieces, key=len)
        if trace.size:
            starts.append(float(trace[0]))
            ends.append(float(trace[-1]))
    return float(np.median(starts)), float(np.median(ends))


def _past_pulse(columns: np.ndarray, pulses: Pulses, beyond: float, at_left: bool) -> np.ndarray:
    """Drop the pulse and its feet from the inked columns of a row."""
    if at_left:
        rest = columns[columns > pulses.right + 1]
        gaps = np.flatnonzero((np.diff(rest) > 1) & (rest[:-1] < beyond))
        return rest[gaps[-1] + 1 :] if gaps.size else rest
    rest = columns[columns < pulses.left - 1]
    gaps = np.flatnonzero((np.diff(rest) > 1) & (rest[1:] > beyond))
    return rest[: gaps[0] + 1] if gaps.size else rest
