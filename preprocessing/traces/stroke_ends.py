"""Where the strokes of a page begin and end; ink beyond, of a frame, grid or print, is dropped."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from preprocessing.leads import Layout
from preprocessing.traces.config import ENDS, INK
from preprocessing.traces.path_costs import Band


@dataclass(frozen=True)
class StrokeEnds:
    """Where the ink of each lead begins and ends, and how steep its stroke is there.

    Attributes
    ----------
    px : ndarray, shape (boxes, 2), float
        First and last edge of the ink, in pixels; NaN where no background follows.
    angle : ndarray, shape (boxes, 2), float
        Between the stroke and the page's horizontal, 0 to pi / 2.
    """

    px: np.ndarray
    angle: np.ndarray


def at_page_ends(layout: Layout, px_per_mm: float) -> list[tuple[bool, bool]]:
    """Return for each box whether its left and its right edge are the ends of the page's leads."""
    left, right = min(box.left for box in layout.boxes), max(box.right for box in layout.boxes)
    outside = ENDS.outside_mm * px_per_mm
    return [(box.left - left < outside, right - box.right < outside) for box in layout.boxes]


def without_strays(
    ink: np.ndarray, layout: Layout, bands: list[Band], edges: list[np.ndarray], px_per_mm: float
) -> list[np.ndarray]:
    """Drop the ink that paths found beyond the ends of their strokes.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    layout : Layout
    bands : list of Band
    edges : list of ndarray, each of shape (2, columns of its band), float
        Upper and lower edge of the ink in pixels; NaN where there is none.
    px_per_mm : float

    Returns
    -------
    list of ndarray
        The edges, with NaN for ink that does not belong to the lead.

    Notes
    -----
    A path continues to the end of its band. Beyond the end of its stroke every row costs the same, so that it takes the
    palest frame and the smallest dot.
    """
    kept = []
    inside, short_px, aside_px = (mm * px_per_mm for mm in (ENDS.inside_mm, ENDS.short_mm, ENDS.aside_mm))
    outer = at_page_ends(layout, px_per_mm)
    for box, band, edge, (at_left, at_right) in zip(layout.boxes, bands, edges, outer, strict=True):
        first, last = _stroke(ink, band, edge, px_per_mm)
        columns = np.arange(edge.shape[1])
        stray = (columns < first) & (columns < box.left + inside - band.left) & at_left
        stray |= (columns > last) & (columns > box.right - inside - band.left) & at_right
        # Between columns, pale ink far above or below a stroke that begins or ends by then is of a letter there.
        middle = edge.mean(axis=0)
        pale = _pale(ink, band, middle)
        stray |= _specks(edge, pale, aside_px, ENDS.piece_min_mm * px_per_mm)
        if first + band.left - box.left < short_px:
            stray |= (columns < first) & (np.abs(middle - middle[first]) > aside_px) & pale
        if box.right - (last + band.left) < short_px:
            stray |= (columns > last) & (np.abs(middle - middle[last]) > aside_px) & pale
        kept.append(np.where(stray, np.nan, edge))
    return kept


def _pale(ink: np.ndarray, band: Band, middle: np.ndarray) -> np.ndarray:
    """Mark the columns of a band in which ink along `middle` is paler than a lead's own."""
    pale = np.zeros(middle.size, dtype=bool)
    known = np.flatnonzero(np.isfinite(middle))
    if known.size:
        rows = np.clip(np.round(middle[known]), 0, ink.shape[0] - 1).astype(int)
        shades = ink[rows, band.left + known]
        pale[known] = shades < ENDS.darkness_min * np.median(shades)
    return pale


def _specks(edge: np.ndarray, pale: np.ndarray, far_px: float, short_px: float) -> np.ndarray:
    """Mark short pieces, pale or thin, that lie further than `far_px` above or below what precedes and follows them.

    Where a letter hides the stroke, its path takes whatever else the columns hold, such as a dot of the grid.
    """
    specks = np.zeros(edge.shape[1], dtype=bool)
    known = np.flatnonzero(np.isfinite(edge[0]))
    if not known.size:
        return specks
    heights, middle = edge[1, known] - edge[0, known], edge[:, known].mean(axis=0)
    slight = pale[known] | (heights < ENDS.thin_max * np.median(heights))
    jumps = np.flatnonzero(np.abs(np.diff(middle)) > far_px) + 1
    for first, stop in itertools.pairwise(jumps):
        specks[known[first:stop]] = stop - first <= short_px and bool(slight[first:stop].all())
    return specks


def _stroke(ink: np.ndarray, band: Band, edges: np.ndarray, px_per_mm: float) -> tuple[int, int]:
    """Return the first and last column of a lead's own stroke, counted in its band; the whole band if there is none."""
    columns = np.flatnonzero(np.isfinite(edges[0]))
    everything = 0, edges.shape[1] - 1
    break_px = ENDS.break_max_mm * px_per_mm
    # Where a path jumps off the end of its stroke, its edges enclose the background that it crosses.
    top, bottom = np.clip(np.round(edges[:, columns]), 0, ink.shape[0] - 1).astype(int)
    first_row, stop_row = top.min(initial=ink.shape[0]), bottom.max(initial=-1) + 1
    inside = ink[first_row:stop_row, band.left : band.left + edges.shape[1]] <= INK.palest_level
    background = np.cumsum(inside, axis=0, dtype=np.int32)
    crossed = background[bottom - first_row, columns] - background[top - first_row, columns]
    columns = columns[crossed <= break_px]
    if not columns.size:
        return everything
    upper, lower = edges[:, columns]
    # Background from each inked column to the next, down and along.
    down = background_between(upper, lower)
    along = np.diff(columns) - 1
    starts = np.concatenate([[0], np.flatnonzero((along > 0) | (down > break_px)) + 1])
    stops = np.append(starts[1:], columns.size)
    rows = np.clip(np.round((upper + lower) / 2), 0, ink.shape[0] - 1).astype(int)
    shades = ink[rows, band.left + columns]
    least = ENDS.darkness_min * float(np.median(shades))
    dark = np.array([np.median(shades[a:b]) >= least for a, b in zip(starts, stops, strict=True)])
    near = np.array([abs(np.median(rows[a:b]) - np.median(rows)) for a, b in zip(starts, stops, strict=True)])
    lengths = stops - starts
    trace = np.flatnonzero(dark & (near < band.pitch / 2) & (lengths >= ENDS.trace_min_mm * px_per_mm))
    if not trace.size:
        return everything
    continues = dark & (lengths >= ENDS.piece_min_mm * px_per_mm)
    adjacent = np.maximum(along, down)[starts[1:] - 1] <= break_px
    first, last = int(trace[0]), int(trace[-1])
    while first > 0 and adjacent[first - 1] and continues[first - 1]:
        first -= 1
    while last < adjacent.size and adjacent[last] and continues[last + 1]:
        last += 1
    return int(columns[starts[first]]), int(columns[stops[last] - 1])


def background_between(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return how many rows of background part the ink of each column and the next; negative where they touch."""
    return np.asarray(np.maximum(upper[1:], upper[:-1]) - np.minimum(lower[1:], lower[:-1]))


def find_ends(
    ink: np.ndarray, layout: Layout, bands: list[Band], edges: list[np.ndarray], px_per_mm: float, radius: float
) -> StrokeEnds:
    """Return where the ink of each lead begins and ends, drawn by a pen of this radius in pixels."""
    inside, crumb_px = ENDS.inside_mm * px_per_mm, ENDS.crumb_mm * px_per_mm
    ends, angles = np.full((len(bands), 2), np.nan), np.zeros((len(bands), 2))
    for index, (box, band, edge) in enumerate(zip(layout.boxes, bands, edges, strict=True)):
        inked = np.isfinite(edge[0])
        first = _first_of_stroke(inked, crumb_px)
        if 0 < first < box.left + inside - band.left:
            ends[index, 0] = _stroke_end(ink, band.left, edge, first, -1)
            angles[index, 0] = stroke_angle(edge, first, -1, radius)
        last = inked.size - 1 - _first_of_stroke(inked[::-1], crumb_px)
        if box.right - inside - band.left < last < inked.size - 1:
            ends[index, 1] = _stroke_end(ink, band.left, edge, last, 1)
            angles[index, 1] = stroke_angle(edge, last, 1, radius)
    return StrokeEnds(ends, angles)


def _first_of_stroke(inked: np.ndarray, crumb_px: float) -> int:
    """Return the first inked column after which nothing is missing but what less than `crumb_px` of ink precedes."""
    bounds = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(int))).reshape(-1, 2)
    if not bounds.size:
        return -1
    before = np.cumsum(bounds[:, 1] - bounds[:, 0])
    return int(bounds[min(int(np.searchsorted(before, crumb_px)), len(bounds) - 1)][0])


def touched(
    anything: tuple[np.ndarray, ...],
    pulse: np.ndarray,
    ends: np.ndarray,
    bands: list[Band],
    edges: list[np.ndarray],
    px_per_mm: float,
) -> np.ndarray:
    """Mark the leads whose ink goes on at the left of where it seems to begin, as the foot of a pulse or as print."""
    found = np.zeros(len(bands), dtype=bool)
    reach_px = ENDS.touch_mm * px_per_mm
    for index, (band, edge) in enumerate(zip(bands, edges, strict=True)):
        begin = ends[index, 0]
        if not np.isfinite(begin):
            continue
        first = min(max(0, round(begin) + 1 - band.left), edge.shape[1] - 1)
        inked = np.flatnonzero(np.isfinite(edge[0, first:]))
        if not inked.size:
            continue
        top, bottom = edge[:, first + inked[0]]
        rows = slice(max(0, round(top - reach_px)), round(bottom + reach_px) + 1)
        columns = slice(max(0, round(begin - reach_px)), max(0, round(begin - 1)))
        before = np.sum([label[rows, columns] for label in anything], axis=0)
        at_pulse = (
            pulse[rows, max(0, round(begin - reach_px)) : max(0, round(begin) + 1)].max(initial=0) > INK.level / 2
        )
        found[index] = at_pulse or (before.size > 0 and before.max(axis=0).min() > INK.level / 2)
    return found


def _stroke_end(ink: np.ndarray, left: int, edges: np.ndarray, last: int, outwards: int) -> float:
    """Return where a stroke's ink ends; NaN unless it covers the last three columns."""
    inner = [last - 2 * outwards, last - outwards, last]
    if min(inner) < 0 or max(inner) >= edges.shape[1]:
        return np.nan
    if not np.isfinite(edges[:, inner]).all():
        return np.nan
    return ink_end(ink, edges[0, inner].min(), edges[1, inner].max(), left + last, outwards)


def ink_end(ink: np.ndarray, top: float, bottom: float, last: int, outwards: int) -> float:
    """Return where the ink between two rows ends beyond a column `last` that it covers; NaN at the picture's edge.

    Its accuracy below a pixel is from the shades of the last columns. Noise inks the columns beyond a little; what the
    furthest of them hold is taken off all. So do the remains of a grid; nothing counts beyond the first pale column.
    """
    columns = last + outwards * np.arange(-3, 4 + ENDS.noise_columns)
    if columns.min() < 0 or columns.max() >= ink.shape[1]:
        return np.nan
    darkest = ink[max(0, round(top) - 2) : round(bottom) + 3, columns].max(axis=0)
    full, noise = float(darkest[:3].mean()), float(np.median(darkest[7:]))
    if noise > ENDS.noise_max * full:
        # Other print stands there.
        noise = 0.0
    shares = np.clip((darkest[:7] - noise) / (full - noise), 0, 1)
    pale = np.flatnonzero(shares < ENDS.pale_share)
    ends_with = pale[0] + 1 if pale.size else shares.size
    return float(columns[0] + outwards * (shares[:ends_with].sum() - 0.5))


def stroke_angle(edges: np.ndarray, last: int, outwards: int, radius: float) -> float:
    """Return how steep a stroke is where it ends, inside of what the pen's own end shapes."""
    columns = last - outwards * (int(np.ceil(radius)) + np.arange(ENDS.angle_columns))
    columns = columns[(columns >= 0) & (columns < edges.shape[1])]
    middle = edges[:, columns].mean(axis=0)
    known = np.isfinite(middle)
    if known.sum() < 2:
        return 0.0
    return float(np.arctan(abs(np.polyfit(columns[known], middle[known], 1)[0])))
