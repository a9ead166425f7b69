"""Edges of the columns of leads: from dividers, printed names or the ends of the ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from preprocessing.leads.config import COLUMNS
from preprocessing.leads.dividers import Divider, column_splits, confirmed_splits
from preprocessing.leads.layout import PAGE_SECONDS, LayoutForm
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows
from preprocessing.lettering import PrintedName
from preprocessing.page import Page
from preprocessing.recorder_settings import MEASURABLE_SPEEDS_MM_S


@dataclass(frozen=True)
class Columns:
    """Columns of leads from left to right, in pixels of the page.

    Attributes
    ----------
    edges : tuple of float
        Where each column begins, and where the last one ends.
    divided : bool
        Whether lines or gaps part them; otherwise the rows were split evenly.
    even : bool
        Whether the trace on either side fits the lines.
    ends : tuple of float
        Where each column ends if gaps follow; empty where it ends at the next one's beginning.
    """

    edges: tuple[float, ...]
    divided: bool
    even: bool
    ends: tuple[float, ...] = ()


def find_columns(
    form: LayoutForm, dividers: tuple[Divider, ...], rows: Rows, pulses: Pulses | None, page: Page
) -> Columns:
    """Split the rows of a page into the columns of a form.

    Parameters
    ----------
    form : LayoutForm
    dividers : tuple of Divider
    rows : Rows
        As many as the form has.
    pulses : Pulses or None
        Their feet may run into the traces.
    page : Page
    """
    leads = rows.where(slice(0, len(form.grid)))
    left, right = inked_ends(leads)
    px_per_mm = page.px_per_mm_x
    if pulses is not None and page.scale_from == "grid" and left - pulses.right < COLUMNS.foot_mm * px_per_mm:
        left = _start_after_pulses(left, right, pulses, px_per_mm)
    if form.columns == 1:
        return Columns((left, right), False, True)
    parted = _parted_by_gaps(form.columns, leads, dividers, px_per_mm)
    if parted is not None:
        return parted
    for choose in (column_splits, confirmed_splits):
        splits = choose(dividers, len(form.grid), form.columns, (left, right))
        if splits is not None and left < splits[0] and splits[-1] < right:
            even = np.linspace(left, right, form.columns + 1)
            if np.abs(even[1:-1] - splits).max() < COLUMNS.beside_mm * px_per_mm:
                # Some programs draw a divider a little beside the place where the leads change.
                return Columns(tuple(even.tolist()), True, True)
            return _divided(splits, left, right, px_per_mm)
    return Columns(tuple(np.linspace(left, right, form.columns + 1)), False, True)


def _parted_by_gaps(columns: int, rows: Rows, dividers: tuple[Divider, ...], px_per_mm: float) -> Columns | None:
    """Split rows at the gaps that most of them share; None if these are not one less than the columns."""
    if not rows.pieces:
        return None
    left, right = inked_ends(rows)
    inked = np.zeros((len(rows.pieces), max(1, round(right - left) + 1)), dtype=bool)
    for row, pieces in zip(inked, rows.pieces, strict=True):
        for first, last in np.rint(pieces - left).astype(int):
            row[max(0, first) : max(0, last + 1)] = True
    blank = inked.mean(axis=0) <= 1 - COLUMNS.gap_rows
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], blank, [False]]).astype(int))).reshape(-1, 2)
    wide = bounds[bounds[:, 1] - bounds[:, 0] >= COLUMNS.gap_min_mm * px_per_mm]
    # A gap around a divider is what it hides: the leads meet there.
    wide = np.array([_met_at(gap, dividers, left, COLUMNS.beside_mm * px_per_mm) for gap in wide]).reshape(-1, 2)
    for gaps in combinations(wide[: COLUMNS.gaps_max], columns - 1):
        starts = [0, *(gap[1] for gap in gaps)]
        ends = [*(gap[0] for gap in gaps), right - left]
        widths = np.subtract(ends, starts)
        if np.ptp(widths) < COLUMNS.gap_uneven * widths.max():
            edges = tuple(float(left + place) for place in (*starts, ends[-1]))
            return Columns(edges, True, True, tuple(float(left + place) for place in ends))
    return None


def _start_after_pulses(left: float, right: float, pulses: Pulses, px_per_mm: float) -> float:
    """Return where traces begin that touch their pulses: ten seconds before their end, if that fits."""
    slack_px = COLUMNS.pulse_slack_mm * px_per_mm
    if left < pulses.left:
        # Pulses at the right, or in the middle of the rows.
        return left if pulses.left - left > COLUMNS.frame_mm * px_per_mm else max(left, pulses.right)
    starts = [right - PAGE_SECONDS * speed * px_per_mm for speed in MEASURABLE_SPEEDS_MM_S]
    latest = max(left, pulses.right) + slack_px
    fitting = [start for start in starts if pulses.right - slack_px <= start <= latest]
    return fitting[0] if fitting else max(left, pulses.right)


def _met_at(gap: np.ndarray, dividers: tuple[Divider, ...], left: float, slack_px: float) -> tuple[float, float]:
    """Return a gap, or the place of the divider in it twice."""
    first, last = float(gap[0]), float(gap[1])
    inside = [line.x - left for line in dividers if first - slack_px < line.x - left < last + slack_px]
    return (inside[0], inside[0]) if inside else (first, last)


def _divided(splits: list[float], left: float, right: float, px_per_mm: float) -> Columns:
    """Find the outer edges of columns that lines separate: the trace's own ends, unless these are elsewhere."""
    if len(splits) > 1:
        pitch = float(np.median(np.diff(splits)))
        even = bool(np.all(np.abs(np.diff(splits) / pitch - 1) < COLUMNS.even))
        first, last = splits[0] - pitch, splits[-1] + pitch
        # Traces begin late where a pulse touches them, and end early where a program stops a sample short.
        beside_px = COLUMNS.beside_mm * px_per_mm
        first = left if abs(first - left) < beside_px else first
        last = right if abs(last - right) < beside_px else last
        return Columns((first, *splits, last), True, even)
    even = abs((splits[0] - left) / (right - splits[0]) - 1) < COLUMNS.even_two
    return Columns((left, splits[0], right), True, even)


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


def inked_ends(rows: Rows) -> tuple[float, float]:
    """Return the first and last column of pixels with trace."""
    # A row may fade at its end or stop early, and print beside one may pass for it.
    return float(np.median(rows.left)), float(np.median(rows.right))
