"""Where one lead ends and the next begins on its row: the stroke breaks off and goes on at another height."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from preprocessing.leads import LeadBox
from preprocessing.traces.config import ENDS
from preprocessing.traces.path_costs import Band
from preprocessing.traces.stroke_ends import StrokeEnds, background_between, ink_end, stroke_angle

# Columns of a stroke before its end that show at which height it runs.
_INNER = 3


def with_breaks(
    ends: StrokeEnds,
    ink: np.ndarray,
    boxes: tuple[LeadBox, ...],
    bands: list[Band],
    edges: list[np.ndarray],
    px_per_mm: float,
    radius: float,
    touched: np.ndarray,
) -> StrokeEnds:
    """Add the ends of strokes that another lead, or the foot of a pulse, touches.

    Parameters
    ----------
    ends : StrokeEnds
        As `find_ends` found them; what is known of them is kept.
    ink : ndarray, shape (rows, columns), float in [0, 1]
    boxes : tuple of LeadBox
    bands : list of Band
    edges : list of ndarray, each of shape (2, columns of its band), float
        Upper and lower edge of the ink in pixels; NaN where there is none.
    px_per_mm, radius : float
        `radius` is half the pen's width in pixels.
    touched : ndarray, shape (boxes,), bool
        Of `touched`: leads that something touches at the left of their beginnings.

    Returns
    -------
    StrokeEnds
        NaN where two strokes meet at the same height, or are joined by a stroke.
    """
    px, angle = ends.px.copy(), ends.angle.copy()
    window_px = max(ENDS.break_search_px, ENDS.break_search_mm * px_per_mm)
    for columns, both, sides in _joints(boxes, bands, edges, touched, window_px):
        jump = _jump(both)
        if jump is None:
            continue
        split = _split(both, jump)
        for index, side in sides:
            if np.isfinite(px[index, side]):
                continue
            last, outwards = (jump, 1) if side else (jump + 1, -1)
            inner = both[:, last - _INNER + 1 : last + 1] if outwards > 0 else both[:, last : last + _INNER]
            if inner.shape[1] < _INNER or not np.isfinite(inner).all():
                continue
            above = inner.mean() < split
            top = inner[0].min() if above else max(inner[0].min(), split + 2)
            bottom = min(inner[1].max(), split - 2) if above else inner[1].max()
            reached = _reached(ink, top, bottom, int(columns[last]), outwards, radius)
            px[index, side] = ink_end(ink, top, bottom, reached, outwards)
            angle[index, side] = stroke_angle(both, last, outwards, radius)
    return StrokeEnds(px, angle)


def _joints(
    boxes: tuple[LeadBox, ...], bands: list[Band], edges: list[np.ndarray], touched: np.ndarray, window_px: float
) -> Iterator[tuple[np.ndarray, np.ndarray, tuple[tuple[int, int], ...]]]:
    """Yield where two strokes meet: columns of the page, the edges there, and the ends, each an index and its side."""
    around = np.arange(-round(window_px) - _INNER, round(window_px) + _INNER + 1)
    for left, right in _neighbours(boxes, window_px):
        middle = round((boxes[left].right + boxes[right].left) / 2)
        columns = middle + around
        before, after = (_on_page(edges[index], bands[index], columns) for index in (left, right))
        yield columns, np.where(columns <= middle, before, after), ((left, 1), (right, 0))
    for index in np.flatnonzero(touched).tolist():
        columns = round(boxes[index].left) + around
        yield columns, _on_page(edges[index], bands[index], columns), ((index, 0),)


def _neighbours(boxes: tuple[LeadBox, ...], near_px: float) -> list[tuple[int, int]]:
    """Return which boxes stand beside each other on one row, the left one first."""
    leads = [index for index, box in enumerate(boxes) if not box.is_strip]
    return [
        (i, j)
        for i in leads
        for j in leads
        if abs(boxes[i].right - boxes[j].left) < near_px
        and min(boxes[i].bottom, boxes[j].bottom) - max(boxes[i].top, boxes[j].top)
        > 0.5 * (boxes[i].bottom - boxes[i].top)
    ]


def _on_page(edges: np.ndarray, band: Band, columns: np.ndarray) -> np.ndarray:
    """Return the edges at columns of the page, shape (2, columns); NaN outside the band."""
    inside = (columns >= band.left) & (columns < band.left + edges.shape[1])
    return np.where(inside, edges[:, np.clip(columns - band.left, 0, edges.shape[1] - 1)], np.nan)


def _jump(edges: np.ndarray) -> int | None:
    """Return after which column the stroke jumps over background to another height; None unless it does so once."""
    jumps = np.flatnonzero(background_between(*edges) > ENDS.break_apart_px)
    return int(jumps[0]) if jumps.size == 1 else None


def _split(edges: np.ndarray, jump: int) -> float:
    """Return the row in the middle of the background that the stroke jumps over."""
    upper, lower = edges[:, jump : jump + 2]
    return float((upper.max() + lower.min()) / 2)


def _reached(ink: np.ndarray, top: float, bottom: float, column: int, outwards: int, radius: float) -> int:
    """Return the last column that the stroke's own ink reaches: a path jumps while both strokes are still there."""
    rows = slice(max(0, round(top)), round(bottom) + 1)
    for _ in range(int(2 * radius) + 2):
        after = column + outwards
        if not 0 <= after < ink.shape[1] or ink[rows, after].max(initial=0) <= 0.5 * ink[rows, column].max(initial=0):
            break
        column = after
    return column
