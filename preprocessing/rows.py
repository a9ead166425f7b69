"""The rows of trace on a page: by the calibration pulses at their ends, or by their ink alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d
from scipy.signal import find_peaks

from preprocessing.ink import VerticalRuns

LEAST_ROWS = 3
# Edges of one printed pulse are alike to within this share of their height, and never closer than two pixels.
ALIKE = 0.06
RULE_SHARE = 0.7


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
    if not 0.08 * size < apart < 1.3 * size or apart < 3:
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
