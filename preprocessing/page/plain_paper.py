"""Turning pages without a grid upright, by their rows of trace and their lines of print."""

from __future__ import annotations

import numpy as np

from preprocessing.page.config import PLAIN_PAPER
from preprocessing.page.coordinates import Flattening, Sheet
from preprocessing.page.segmentation import PixelMaps


def turn_of_rows_deg(maps: PixelMaps) -> float | None:
    """Return by how much the rows of trace and print are turned, clockwise, in degrees.

    Returns
    -------
    float or None
        None where nothing runs in rows, or where the turn is beyond what is searched.

    Notes
    -----
    Ink is summed along lines of each angle. Along the rows' own angle the sums differ most: baselines and lines of
    print gather there, and the paper between them has none.
    """
    ink = np.maximum(maps.of("trace"), maps.of("print")) >= PLAIN_PAPER.inked
    y, x = np.nonzero(ink)
    if y.size < PLAIN_PAPER.inked_min:
        return None
    step = max(1, y.size // PLAIN_PAPER.points_max)
    x, y = x[::step] - ink.shape[1] / 2, y[::step] - ink.shape[0] / 2
    bin_px = PLAIN_PAPER.bin_mm * maps.px_per_mm
    most = PLAIN_PAPER.turn_max_deg
    coarse = np.arange(-most, most + PLAIN_PAPER.coarse_deg / 2, PLAIN_PAPER.coarse_deg)
    heights = np.array([_gathered(x, y, angle, bin_px) for angle in coarse])
    best = int(heights.argmax())
    if best in (0, coarse.size - 1) or heights[best] < PLAIN_PAPER.gathered_min * float(np.median(heights)):
        return None
    fine = coarse[best] + np.arange(-1, 1.01, PLAIN_PAPER.fine_share) * PLAIN_PAPER.coarse_deg
    heights = np.array([_gathered(x, y, angle, bin_px) for angle in fine])
    return float(np.average(fine, weights=np.maximum(heights - 0.9 * heights.max(), 0)))


def _gathered(x: np.ndarray, y: np.ndarray, turn_deg: float, bin_px: float) -> float:
    """Return how unevenly ink lies over lines of one angle: the sum of squares over bins."""
    across = y * np.cos(np.deg2rad(turn_deg)) - x * np.sin(np.deg2rad(turn_deg))
    bins = np.floor((across - across.min()) / bin_px).astype(int)
    return float((np.bincount(bins) ** 2).sum())


def turned_upright(turn_deg: float, picture_shape: tuple[int, int], px_per_mm: float) -> Flattening:
    """Return the flattening of a page that is flat but turned clockwise by so much in its picture."""
    rows, columns = picture_shape
    reach_px, centre = max(rows, columns) / 2, ((columns - 1) / 2, (rows - 1) / 2)
    cos, sin = np.cos(np.deg2rad(turn_deg)), np.sin(np.deg2rad(turn_deg))
    flat = np.array([cos, sin, 0, -sin, cos, 0, 0, 0]) * reach_px / px_per_mm
    edges = np.array([0.0, columns - 1.0]), np.array([0.0, rows - 1.0])
    sheet = Sheet(centre, reach_px, flat, *edges, np.zeros((2, 2, 2)))
    corners = sheet.mm_of(np.array([[0, 0], [columns - 1, 0], [columns - 1, rows - 1], [0, rows - 1]]))
    low, high = corners.min(axis=0), corners.max(axis=0)
    width, height = np.ceil((high - low) * px_per_mm).astype(int) + 1
    return Flattening(sheet, 1.0, (float(low[0]), float(low[1])), px_per_mm, int(width), int(height))
