"""What is printed around the leads and fixes their places: calibration pulses, dividers, rows of trace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.signal import find_peaks

from preprocessing.ink import VerticalRuns

LEAST_ROWS = 3
# Edges of one printed pulse are alike to within this share of their height, and never closer than two pixels.
ALIKE = 0.06
# With more candidates than this the page is not made of columns.
MOST_LINES = 24
RULE_SHARE = 0.7
# Bars of one length, centred on the row, in two rows of one column are no chance.
LEAST_BARS = 2


@dataclass(frozen=True)
class Pulses:
    """The calibration pulses that stand one below another at one end of the rows.

    Attributes
    ----------
    left, right : float
        Columns of their rising and falling edge, in pixels.
    baselines : ndarray, shape (rows,), float
        The row of pixels that means 0 mV, for each pulse from the top.
    height_px : float
        What 1 mV measures.
    """

    left: float
    right: float
    baselines: np.ndarray
    height_px: float


def _groups(columns: np.ndarray, gap: int) -> list[np.ndarray]:
    """Split sorted columns where they are further apart than `gap`."""
    if not columns.size:
        return []
    return np.split(columns, np.flatnonzero(np.diff(columns) > gap) + 1)


def _alike_runs(runs: VerticalRuns, tolerance: float) -> VerticalRuns:
    """Return the largest set of runs of one column that have one length."""
    length = runs.length
    order = np.argsort(length, kind="stable")
    ordered = length[order]
    last = np.searchsorted(ordered, ordered * (1 + tolerance) + 2, side="right")
    first = int(np.argmax(last - np.arange(ordered.size)))
    chosen = np.sort(order[first : last[first]])
    return runs.where(chosen)


def find_pulses(runs: VerticalRuns, height: int) -> Pulses | None:
    """Find a column of equal calibration pulses.

    Parameters
    ----------
    runs : VerticalRuns
        The ink of the page.
    height : int
        Rows of the page, in pixels.

    Returns
    -------
    Pulses or None
        None when no upright edge of one height comes back in at least three rows.

    Notes
    -----
    QRS complexes of leads printed one above the other are upright and aligned too, but differ in height; and no
    QRS complex has a second edge of the same height and top beside it with a flat roof between them.
    """
    tall = runs.where((runs.length > 0.012 * height) & (runs.length < 0.15 * height))
    edges: list[VerticalRuns] = []
    for x, count in zip(*np.unique(tall.x, return_counts=True), strict=True):
        if count >= LEAST_ROWS:
            alike = _alike_runs(tall.where(tall.x == x), ALIKE)
            if alike.x.size >= LEAST_ROWS:
                edges.append(alike)
    best: Pulses | None = None
    for index, rise in enumerate(edges):
        for fall in edges[index + 1 :]:
            pulse = _pair(rise, fall, runs)
            if pulse is not None and (best is None or pulse.baselines.size > best.baselines.size):
                best = pulse
    return best


def _pair(rise: VerticalRuns, fall: VerticalRuns, runs: VerticalRuns) -> Pulses | None:
    """Join a rising and a falling edge to pulses when their tops and feet agree row by row."""
    size = float(np.median(rise.length))
    apart = float(fall.x[0] - rise.x[0])
    if not 0.08 * size < apart < 2.5 * size or apart < 3:
        return None
    slack = max(2.0, ALIKE * size)
    nearest = np.abs(fall.bottom[None, :] - rise.bottom[:, None]).argmin(axis=1)
    agree = (np.abs(fall.bottom[nearest] - rise.bottom) <= slack) & (np.abs(fall.top[nearest] - rise.top) <= slack)
    if agree.sum() < LEAST_ROWS:
        return None
    tops, bottoms = rise.top[agree], rise.bottom[agree]
    middle = runs.where(runs.x == round((rise.x[0] + fall.x[0]) / 2))
    roof = [np.any((middle.top <= top + slack) & (middle.bottom >= top) & (middle.length < 0.5 * size)) for top in tops]
    if sum(roof) < agree.sum() or (bottoms.size > 1 and np.diff(bottoms).min() < 0.8 * size):
        return None
    line = np.median([run for run in middle.length if run < 0.5 * size] or [1])
    return Pulses(
        left=float(rise.x[0]),
        right=float(fall.x[0]),
        baselines=bottoms - (line - 1) / 2,
        height_px=max(1.0, size - float(line)),
    )


@dataclass(frozen=True)
class Divider:
    """An upright line: its middle column, the rows of trace that it crosses and the pixels that it spans.

    `is_bars` marks short bars, one a row, of which some may be hidden by the traces.
    """

    x: float
    first_row: int
    last_row: int
    top: int
    bottom: int
    is_bars: bool = False


def find_dividers(
    runs: VerticalRuns, baselines: np.ndarray, pulses: Pulses | None, gap_px: int
) -> tuple[Divider, ...]:
    """Find upright lines that may stand between the leads' columns.

    Parameters
    ----------
    runs : VerticalRuns
    baselines : ndarray, shape (rows,), float
        Where the rows of trace lie.
    pulses : Pulses or None
        Their edges are upright and alike as dividers are, and are left out.
    gap_px : int
        Columns up to this far apart are one line.

    Returns
    -------
    tuple of Divider
        From left to right. Either one line through at least two rows, or short bars of one length at one
        distance from each row. QRS complexes of neighbouring rows that touch are among them now and then.
    """
    pitch = float(np.median(np.diff(baselines)))
    if pulses is not None:
        runs = runs.where((runs.x < pulses.left - gap_px) | (runs.x > pulses.right + gap_px))
    found = _bars(runs, baselines, pitch)
    for x, top, bottom in _each(runs.where(runs.length > pitch)):
        rows = np.flatnonzero((baselines > top) & (baselines < bottom))
        if rows.size >= 2 and (x not in found or bottom - top > found[x].bottom - found[x].top):
            found[x] = Divider(x, int(rows[0]), int(rows[-1]), top, bottom)
    lines = []
    for group in _groups(np.array(sorted(found)), gap_px):
        members = [found[int(x)] for x in group]
        longest = max(members, key=lambda line: line.bottom - line.top)
        alike = [line.x for line in members if line.bottom - line.top > 0.9 * (longest.bottom - longest.top)]
        lines.append(replace(longest, x=float(np.mean(alike))))
    return tuple(lines)


def _each(runs: VerticalRuns) -> list[tuple[int, int, int]]:
    return list(zip(runs.x.tolist(), runs.top.tolist(), runs.bottom.tolist(), strict=True))


def _bars(runs: VerticalRuns, baselines: np.ndarray, pitch: float) -> dict[int, Divider]:
    """Find columns where bars of one length stand at one distance from the middle of several rows."""
    tall = runs.where((runs.length > 0.1 * pitch) & (runs.length < 1.1 * pitch))
    found: dict[int, Divider] = {}
    for x, count in zip(*np.unique(tall.x, return_counts=True), strict=True):
        if count < LEAST_BARS:
            continue
        here = tall.where(tall.x == x)
        row = np.abs((here.top + here.bottom)[:, None] / 2 - baselines[None, :]).argmin(axis=1)
        above, below = baselines[row] - here.top, here.bottom - baselines[row]
        for anchor in range(here.x.size):
            same = (np.abs(above - above[anchor]) <= 1.5) & (np.abs(below - below[anchor]) <= 1.5)
            rows = np.unique(row[same])
            centred = abs(above[anchor] - below[anchor]) <= 0.1 * (above[anchor] + below[anchor])
            if rows.size >= LEAST_BARS and centred:
                ends = int(here.top[same].min()), int(here.bottom[same].max())
                found[int(x)] = Divider(float(x), int(rows[0]), int(rows[-1]), *ends, is_bars=True)
                break
    return found


def column_splits(dividers: tuple[Divider, ...], rows: int, columns: int) -> list[float] | None:
    """Choose the lines that part the leads' columns.

    Parameters
    ----------
    dividers : tuple of Divider
    rows, columns : int
        The arrangement that is asked about; strips lie below these rows and no divider crosses them.

    Returns
    -------
    list of float or None
        One column of pixels between each two columns of leads; None when no set of lines that cross just these
        rows is evenly spaced.
    """
    crossing = [
        line
        for line in dividers
        if line.last_row < rows and (line.is_bars or (line.first_row == 0 and line.last_row == rows - 1))
    ]
    if not columns - 1 <= len(crossing) <= MOST_LINES:
        return None
    if columns == 2:
        return [max(crossing, key=lambda line: line.bottom - line.top).x]

    def unevenness(lines: tuple[Divider, ...]) -> float:
        steps = np.diff([line.x for line in lines])
        whole = [line for line in lines if not line.is_bars] or lines[:1]
        ends = np.ptp([line.top for line in whole]) + np.ptp([line.bottom for line in whole])
        return float(np.ptp(steps) / steps.mean() + 0.1 * ends / steps.mean())

    chosen = min(combinations(crossing, columns - 1), key=unevenness)
    return [line.x for line in chosen] if unevenness(chosen) < 0.1 else None


def find_baselines(runs: VerticalRuns, height: int, width: int, px_per_mm: float) -> np.ndarray:
    """Find rows of trace by their ink alone, for a page without calibration pulses.

    Returns
    -------
    ndarray, shape (rows,), float
        Rows of pixels from the top. A row counts when ink lies within a centimetre of it nearly all along the
        middle of the page, as a trace does and a line of print does not.
    """
    thin = runs.where(runs.length < 1.2 * px_per_mm)
    # A rule keeps to one row of pixels across the page, which no trace does.
    straight = np.bincount(np.rint((thin.top + thin.bottom) / 2).astype(int), minlength=height) > RULE_SHARE * width
    thin = thin.where(~straight[np.rint((thin.top + thin.bottom) / 2).astype(int)])
    centres = (thin.top + thin.bottom) / 2
    profile = np.bincount(np.rint(centres).astype(int), minlength=height).astype(float)
    profile = gaussian_filter1d(profile, 0.8 * px_per_mm)
    peaks, _ = find_peaks(profile, distance=max(1, round(9 * px_per_mm)), height=0.15 * profile.max())
    inner = (thin.x > 0.1 * width) & (thin.x < 0.9 * width)
    rows = []
    for peak in peaks:
        near = inner & (np.abs(centres - peak) < 8 * px_per_mm)
        inked = np.zeros(width, dtype=bool)
        inked[thin.x[near]] = True
        # Steep strokes are no thin runs: the gaps that they leave are closed up to two millimetres.
        inked = maximum_filter1d(inked, 1 + 2 * round(2 * px_per_mm))
        if inked[int(0.12 * width) : int(0.88 * width)].mean() > 0.9:
            rows.append(float(peak))
    return np.array(rows)
