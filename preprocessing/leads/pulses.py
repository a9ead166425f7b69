"""Calibration pulses at the ends of a page's rows of trace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.budget import spend
from preprocessing.leads.config import PULSES
from preprocessing.leads.runs import VerticalRuns


@dataclass(frozen=True)
class Pulses:
    """Calibration pulses, one below another at one end of the rows.

    Attributes
    ----------
    left, right : float
        Columns of the rising and the falling edge, in pixels.
    baselines : ndarray, shape (rows,), float
        Row of pixels of 0 mV, for each pulse from the top.
    height_px : float
        Height of 1 mV.
    """

    left: float
    right: float
    baselines: np.ndarray
    height_px: float


def _alike_runs(runs: VerticalRuns, tolerance: float) -> VerticalRuns:
    """Return the largest set of runs of one column with equal lengths."""
    length = runs.length
    order = np.argsort(length, kind="stable")
    ordered = length[order]
    last = np.searchsorted(ordered, ordered * (1 + tolerance) + PULSES.alike_px, side="right")
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
        None if no vertical edge of equal height recurs in at least three rows.

    Notes
    -----
    QRS complexes of leads above each other are vertical and aligned too, but differ in height; and none has a second
    edge of the same height and top beside it with a flat top between them.
    """
    tall = runs.where((runs.length > PULSES.height_min * height) & (runs.length < PULSES.height_max * height))
    edges: list[VerticalRuns] = []
    for x, count in zip(*np.unique(tall.x, return_counts=True), strict=True):
        if count >= PULSES.count_min:
            alike = _alike_runs(tall.where(tall.x == x), PULSES.alike)
            if alike.x.size >= PULSES.count_min:
                edges.append(alike)
    best: Pulses | None = None
    for index, rise in enumerate(edges):
        widest = PULSES.width_max * float(np.median(rise.length))
        for fall in edges[index + 1 :]:
            spend()
            if fall.x[0] - rise.x[0] >= widest:
                break
            pulse = _pair(rise, fall, runs)
            if pulse is not None and (best is None or pulse.baselines.size > best.baselines.size):
                best = pulse
    return best


def _pair(rise: VerticalRuns, fall: VerticalRuns, runs: VerticalRuns) -> Pulses | None:
    """Combine a rising and a falling edge to pulses if their tops and feet agree row by row."""
    size = float(np.median(rise.length))
    apart = float(fall.x[0] - rise.x[0])
    if not PULSES.width_min * size < apart < PULSES.width_max * size or apart < PULSES.width_min_px:
        return None
    slack = max(PULSES.alike_px, PULSES.alike * size)
    nearest = np.abs(fall.bottom[None, :] - rise.bottom[:, None]).argmin(axis=1)
    agree = (np.abs(fall.bottom[nearest] - rise.bottom) <= slack) & (np.abs(fall.top[nearest] - rise.top) <= slack)
    if agree.sum() < PULSES.count_min:
        return None
    tops, bottoms = rise.top[agree], rise.bottom[agree]
    middle = runs.where(runs.x == round((rise.x[0] + fall.x[0]) / 2))
    flat = middle.where(middle.length < PULSES.line_share * size)
    has_top = [np.any((flat.top <= top + slack) & (flat.bottom >= top)) for top in tops]
    if sum(has_top) < agree.sum() or (bottoms.size > 1 and np.diff(bottoms).min() < PULSES.spacing_min * size):
        return None
    line = np.median(flat.length) if flat.x.size else 1
    return Pulses(
        left=float(rise.x[0]),
        right=float(fall.x[0]),
        baselines=bottoms - (line - 1) / 2,
        height_px=max(1.0, size - float(line)),
    )
