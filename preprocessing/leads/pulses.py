"""Calibration pulses of one millivolt, one beside each row of trace or one for the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.label_boxes import label_boxes
from preprocessing.leads.config import PULSES
from preprocessing.leads.runs import vertical_runs


@dataclass(frozen=True)
class Pulses:
    """Calibration pulses, one below another at one place along the rows.

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


def find_pulses(mask: np.ndarray, px_per_mm: float) -> Pulses | None:
    """Find the calibration pulses among the strokes of pulses.

    Parameters
    ----------
    mask : ndarray, shape (rows, columns), bool
        Where pulses are drawn.
    px_per_mm : float
        Scale along the columns.

    Returns
    -------
    Pulses or None
        The largest group of equal pulses below each other; None without one.
    """
    marked = [np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0)]
    if not marked[0].size:
        return None
    # Pulses fill a small part of a page; closing reaches two pixels beyond them.
    top, left = (max(0, int(places[0]) - 2) for places in marked)
    part = mask[top : marked[0][-1] + 3, left : marked[1][-1] + 3]
    labels, count = scipy.ndimage.label(_closed(part), np.ones((3, 3)))
    found = []
    for number, (first, upper, last, lower) in enumerate(label_boxes(labels, count), 1):
        spend()
        if lower - upper >= PULSES.height_min_mm * px_per_mm:
            pulse = _pulse(labels[upper:lower, first:last] == number)
            if pulse is not None:
                rises, falls, baseline, height = pulse
                across, down = left + first, top + upper
                found.append((across + rises, across + falls, down + baseline, height))
    if not found:
        return None
    rising, falling, baseline, height = np.array(sorted(found, key=lambda pulse: pulse[2])).T
    slack = PULSES.alike_mm * px_per_mm
    near = (np.abs(rising[:, None] - rising) < slack + PULSES.alike * height) & (
        np.abs(height[:, None] - height) < slack + PULSES.alike * height
    )
    group = near[near.sum(axis=1).argmax()]
    return Pulses(
        float(np.median(rising[group])),
        float(np.median(falling[group])),
        baseline[group],
        float(np.median(height[group])),
    )


def _closed(mask: np.ndarray) -> np.ndarray:
    """Close holes and gaps of two pixels in a mask: each pixel grows by one to all sides, then shrinks by one."""
    for reach in (np.logical_or, np.logical_and):
        framed = np.pad(mask, 1)
        mask = reach(reach(framed[:-2], framed[1:-1]), framed[2:])
        mask = reach(reach(mask[:, :-2], mask[:, 1:-1]), mask[:, 2:])
    return mask


def _pulse(mask: np.ndarray) -> tuple[float, float, float, float] | None:
    """Measure one pulse: columns of its edges, row of 0 mV, height, in pixels; None for any other stroke."""
    runs = vertical_runs(mask)
    longest = runs.length.max()
    edges = runs.where(runs.length > PULSES.edge_share * longest)
    left, right = float(edges.x.min()), float(edges.x.max())
    level = runs.where(runs.length < PULSES.level_share * longest)
    if right - left < PULSES.width_min * longest:
        # One edge alone: the rest is hidden, or it is no pulse.
        return None
    between = level.where((level.x > left) & (level.x < right))
    if not between.x.size:
        return None
    line = float(np.median(between.length))
    top = edges.top.min()
    if np.median(between.top) > top + PULSES.level_share * longest:
        # The line between the edges is at the bottom: a step down, or the gap between two pulses.
        return None
    bottom = float(np.median(edges.bottom))
    return left, right, bottom - (line - 1) / 2, max(1.0, float(np.median(edges.length)) - line)
