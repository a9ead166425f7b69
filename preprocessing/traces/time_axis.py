"""Where on the page time begins, to a part of a pixel, and how many pixels a second takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.leads import PAGE_SECONDS, Layout, LeadBox
from preprocessing.page import Page

# Boxes whose time zero lies this near together belong to one clock; columns apart or of the same seconds have others.
ONE_CLOCK_MM = 1.5
# A recording drawn sample by sample ends one sample early, at one of these rates; most are drawn at the first.
USUAL_RATE_HZ, SLOW_RATE_HZ = 500.0, 100.0
# Ends of rows that differ by less are one end.
ONE_END_PX = 0.6
# Blurred ends look a little drawn in; a length further than this from an explanation is not explained by it.
DRAWN_IN_PX, EXPLAINED_PX = 0.35, 1.2
# Ends that miss the expected length by more than this are not the trace's own.
LENGTH_SLACK = 0.02


@dataclass(frozen=True)
class TimeAxis:
    """Time zero on the page is at column `zero_px`, and a second takes `px_per_s`."""

    zero_px: float
    px_per_s: float

    def at(self, time_s: float) -> float:
        """Return the column at which a time is printed."""
        return self.zero_px + time_s * self.px_per_s


def lengths_s(layout: Layout) -> list[float]:
    """Return how long each lead runs, in the boxes' order: the columns' step, or the whole page."""
    starts = sorted({box.start_s for box in layout.boxes})
    if len(starts) > 1:
        column_s = float(min(np.diff(starts)))
        return [starts[-1] + column_s if box.is_strip else column_s for box in layout.boxes]
    longest = max((box.right - box.left for box in layout.boxes), default=1.0)
    shares = [min((1, 2, 4), key=lambda n: abs(longest / n / (box.right - box.left) - 1)) for box in layout.boxes]
    return [layout.seconds / share for share in shares]


def time_axes(
    page: Page, layout: Layout, ends: np.ndarray, radius: float, dividers: dict[float, float]
) -> list[TimeAxis]:
    """Place the seconds of every lead.

    Parameters
    ----------
    page : Page
    layout : Layout
        Its boxes are good to a few pixels.
    ends : ndarray, shape (boxes, 2), float
        First and last edge of the ink of each lead, in pixels; NaN where another lead follows or nothing was found.
    radius : float
        Half the pen's width in pixels.
    dividers : dict of float to float
        The middles of dividers near edges of boxes, which are drawn where a column's time begins.

    Returns
    -------
    list of TimeAxis
        One for each box, in their order.
    """
    px_per_s = page.px_per_mm_x * page.speed_mm_s
    lengths = lengths_s(layout)
    zeros = np.array([box.left - box.start_s * px_per_s for box in layout.boxes])
    axes: list[TimeAxis | None] = [None] * zeros.size
    while None in axes:
        first = axes.index(None)
        near = np.abs(zeros - zeros[first]) < ONE_CLOCK_MM * page.px_per_mm_x
        group = [int(i) for i in np.flatnonzero(near) if axes[i] is None]
        spans = [_span(layout.boxes[i], lengths[i]) for i in group]
        boxes = [layout.boxes[i] for i in group]
        marked = [
            middle - box.start_s * px_per_s
            for edge, middle in dividers.items()
            for box in boxes
            if abs(box.left - edge) < ONE_CLOCK_MM * page.px_per_mm_x
        ]
        marks = float(np.median(marked)) if marked else np.nan
        by_boxes = float(np.median(zeros[group]))
        axis = _clock(spans, ends[group], by_boxes, marks, px_per_s, radius, page.scale_from == "grid")
        for i in group:
            axes[i] = axis
    return [axis for axis in axes if axis is not None]


def _span(box: LeadBox, length_s: float) -> tuple[float, float]:
    return box.start_s, box.start_s + length_s


def _clock(
    spans: Sequence[tuple[float, float]],
    ends: np.ndarray,
    by_boxes: float,
    by_dividers: float,
    px_per_s: float,
    cap: float,
    has_grid: bool,
) -> TimeAxis:
    """Fit one clock to the ends of strokes that begin and stop at known seconds, `cap` pixels beyond their points."""
    first_s, last_s = min(span[0] for span in spans), max(span[1] for span in spans)
    left = _most_agreed([end for (start, _), (end, _) in zip(spans, ends, strict=True) if start == first_s], -1)
    right = _most_agreed([end for (_, stop), (_, end) in zip(spans, ends, strict=True) if stop == last_s], 1)
    late, later = px_per_s / USUAL_RATE_HZ, px_per_s / SLOW_RATE_HZ
    too_long = right - left - 2 * cap + late - (last_s - first_s) * px_per_s
    from_left, from_right = left + cap - first_s * px_per_s, right - cap - last_s * px_per_s
    slow = has_grid and late - later - EXPLAINED_PX < too_long < (late - later) / 2 - DRAWN_IN_PX
    if has_grid and (slow or abs(too_long) < EXPLAINED_PX):
        # From the middle outwards, so that what is wrong with both ends alike cancels.
        return TimeAxis((from_left + from_right + (later if slow else late)) / 2, px_per_s)
    if abs(too_long) < LENGTH_SLACK * (last_s - first_s) * px_per_s:
        # The grid is off by so much, or there is none: the trace's own length is the better measure.
        px_per_s = (right - left - 2 * cap) / (last_s - first_s - 1 / USUAL_RATE_HZ)
        late = px_per_s / USUAL_RATE_HZ
        return TimeAxis(float(left + right + late - (first_s + last_s) * px_per_s) / 2, float(px_per_s))
    guesses = [zero for zero in (from_left, from_right + late, from_right + later) if np.isfinite(zero)]
    if np.isfinite(by_dividers):
        # Good to a pixel, a divider tells which of the ends and rates it is.
        zero = min(guesses, key=lambda zero: abs(zero - by_dividers), default=by_dividers)
        return TimeAxis(zero if abs(zero - by_dividers) < 1 else by_dividers, px_per_s)
    near = [zero for zero in guesses[:2] if abs(zero - by_boxes) < LENGTH_SLACK * PAGE_SECONDS * px_per_s]
    return TimeAxis(min(near, key=lambda zero: abs(zero - by_boxes), default=by_boxes), px_per_s)


def _most_agreed(places: Sequence[float], outwards: int) -> float:
    """Return the mean of the outermost places that several rows have in common: pale ends are missed now and then."""
    ordered = np.sort([place * outwards for place in places if np.isfinite(place)])[::-1]
    if not ordered.size:
        return np.nan
    groups = [ordered[(ordered <= place) & (ordered > place - ONE_END_PX)] for place in ordered]
    enough = min(2 if ordered.size < 6 else 3, max(len(group) for group in groups))
    return float(outwards * next(group for group in groups if len(group) >= enough).mean())
