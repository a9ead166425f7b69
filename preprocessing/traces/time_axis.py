"""Where on the page time begins, with sub-pixel accuracy, and how many pixels a second takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.leads import PAGE_SECONDS, Layout, LeadBox
from preprocessing.page import Page
from preprocessing.traces.config import TIME_AXIS


@dataclass(frozen=True)
class TimeAxis:
    """Time zero on the page is at column `zero_px`, and a second takes `px_per_s`."""

    zero_px: float
    px_per_s: float

    def at(self, time_s: float) -> float:
        """Return the column at which a time is printed."""
        return self.zero_px + time_s * self.px_per_s


def lengths_s(layout: Layout) -> list[float]:
    """Return the duration of each lead, in the boxes' order: the step between columns, or the whole page."""
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
    """Fit the clock of every lead.

    Parameters
    ----------
    page : Page
    layout : Layout
        Its boxes are accurate to a few pixels.
    ends : ndarray, shape (boxes, 2), float
        First and last edge of the ink of each lead, in pixels; NaN where another lead follows or none was found.
    radius : float
        Half the pen's width in pixels.
    dividers : dict of float to float
        Middles of dividers near edges of boxes. They are drawn where a column's time begins.

    Returns
    -------
    list of TimeAxis
        One for each box, in their order.
    """
    px_per_s = page.px_per_mm_x * page.speed_mm_s
    lengths = lengths_s(layout)
    zeros = np.array([box.left - box.start_s * px_per_s for box in layout.boxes])
    apart = TIME_AXIS.one_clock_mm * page.px_per_mm_x
    marks = np.array([_marked(box, dividers, px_per_s, apart) for box in layout.boxes])
    shown = np.unique(marks[np.isfinite(marks)])
    if shown.size > 1 and np.ptp(shown) < TIME_AXIS.dividers_agree_px:
        # Dividers that agree show one clock, and boxes near it were found a little off.
        page_zero = float(np.median(shown))
        zeros = np.where(np.abs(zeros - page_zero) < TIME_AXIS.page_clock_mm * page.px_per_mm_x, page_zero, zeros)
    axes: list[TimeAxis | None] = [None] * zeros.size
    while None in axes:
        first = axes.index(None)
        group = [int(i) for i in np.flatnonzero(np.abs(zeros - zeros[first]) < apart) if axes[i] is None]
        spans = [_span(layout.boxes[i], lengths[i]) for i in group]
        own = np.unique(marks[group][np.isfinite(marks[group])])
        by_dividers = float(np.median(own)) if own.size else np.nan
        sure = own.size > 1 and np.ptp(own) < TIME_AXIS.dividers_agree_px
        by_boxes = float(np.median(zeros[group]))
        axis = _clock(spans, ends[group], by_boxes, by_dividers, px_per_s, radius, page.scale_from == "grid", sure)
        for i in group:
            axes[i] = axis
    return [axis for axis in axes if axis is not None]


def _marked(box: LeadBox, dividers: dict[float, float], px_per_s: float, apart_px: float) -> float:
    """Return where the page's time begins by the divider at the left of a box; NaN without one."""
    near = [middle for edge, middle in dividers.items() if abs(box.left - edge) < apart_px]
    return near[0] - box.start_s * px_per_s if near else np.nan


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
    dividers_agree: bool,
) -> TimeAxis:
    """Fit a clock to the ends of strokes that begin and stop at known times, `cap` pixels beyond their points."""
    first_s, last_s = min(span[0] for span in spans), max(span[1] for span in spans)
    left = _most_agreed([end for (start, _), (end, _) in zip(spans, ends, strict=True) if start == first_s], -1)
    right = _most_agreed([end for (_, stop), (_, end) in zip(spans, ends, strict=True) if stop == last_s], 1)
    late, later = px_per_s / TIME_AXIS.usual_rate_hz, px_per_s / TIME_AXIS.slow_rate_hz
    too_long = right - left - 2 * cap + late - (last_s - first_s) * px_per_s
    without_caps_px, slower_px = abs(too_long + 2 * cap), abs(too_long + later - late)
    is_unexplained = has_grid and abs(too_long) >= TIME_AXIS.explained_px
    if is_unexplained and without_caps_px < min(TIME_AXIS.one_end_px, slower_px):
        # Round pens reach beyond the last point of a line, others stop there: its length shows which.
        too_long, cap = too_long + 2 * cap, 0.0
    from_left, from_right = left + cap - first_s * px_per_s, right - cap - last_s * px_per_s
    if has_grid and dividers_agree:
        # Dividers are drawn where time begins, but moved to whole pixels. The traces' ends are seen to a third of a
        # pixel; what they are next to shows how early they end.
        reference = from_left if np.isfinite(from_left) else by_dividers
        slow = reference - from_right - late > TIME_AXIS.slow_share * (later - late)
        by_right = from_right + (later if slow else late)
        by_ends = [zero for zero in (from_left, by_right) if np.isfinite(zero)]
        off_px = float(np.mean(by_ends)) - by_dividers if by_ends else 0.0
        if abs(off_px) > TIME_AXIS.beside_divider_px:
            return TimeAxis(by_dividers, px_per_s)
        most_px = TIME_AXIS.divider_off_px
        both = len(by_ends) > 1 and abs(from_left - by_right) < TIME_AXIS.explained_px
        share = 1.0 if both else TIME_AXIS.ends_share
        return TimeAxis(by_dividers + share * float(np.clip(off_px, -most_px, most_px)), px_per_s)
    explained_px = TIME_AXIS.explained_px
    slow = has_grid and late - later - explained_px < too_long < (late - later) / 2 - TIME_AXIS.drawn_in_px
    if has_grid and (slow or abs(too_long) < explained_px):
        # From the middle outwards: an error common to both ends cancels.
        return TimeAxis((from_left + from_right + (later if slow else late)) / 2, px_per_s)
    if has_grid and np.isfinite(from_left) and abs(too_long) < TIME_AXIS.ends_early_s * px_per_s:
        # Some programs stop before the last sample, and strips of less than ten seconds end where they like.
        return TimeAxis(from_left, px_per_s)
    if abs(too_long) < TIME_AXIS.length_slack * (last_s - first_s) * px_per_s:
        # The grid is off by this much, or there is none: the trace's own length is the better measure.
        px_per_s = (right - left - 2 * cap) / (last_s - first_s - 1 / TIME_AXIS.usual_rate_hz)
        late = px_per_s / TIME_AXIS.usual_rate_hz
        return TimeAxis(float(left + right + late - (first_s + last_s) * px_per_s) / 2, float(px_per_s))
    guesses = [zero for zero in (from_left, from_right + late, from_right + later) if np.isfinite(zero)]
    if np.isfinite(by_dividers):
        # A divider is accurate to a pixel and decides between the ends and rates.
        zero = min(guesses, key=lambda zero: abs(zero - by_dividers), default=by_dividers)
        return TimeAxis(zero if abs(zero - by_dividers) < TIME_AXIS.divider_px else by_dividers, px_per_s)
    # The trace's own beginning counts before its end, which some recorders draw early.
    slack_px = TIME_AXIS.length_slack * PAGE_SECONDS * px_per_s
    return TimeAxis(next((zero for zero in guesses if abs(zero - by_boxes) < slack_px), by_boxes), px_per_s)


def _most_agreed(places: Sequence[float], outwards: int) -> float:
    """Return the mean of the outermost places shared by several rows; pale ends are sometimes missed."""
    ordered = np.sort([place * outwards for place in places if np.isfinite(place)])[::-1]
    if not ordered.size:
        return np.nan
    groups = [ordered[(ordered <= place) & (ordered > place - TIME_AXIS.one_end_px)] for place in ordered]
    enough = min(2 if ordered.size < 6 else 3, max(len(group) for group in groups))
    return float(outwards * next(group for group in groups if len(group) >= enough).mean())
