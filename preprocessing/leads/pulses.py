"""The calibration pulses at the ends of a page's rows of trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.leads.runs import VerticalRuns

LEAST_PULSES = 3
# Edges of one printed pulse are alike to within this share of their height, and never closer than two pixels.
ALIKE = 0.06


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
        if count >= LEAST_PULSES:
            alike = _alike_runs(tall.where(tall.x == x), ALIKE)
            if alike.x.size >= LEAST_PULSES:
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
    if agree.sum() < LEAST_PULSES:
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
