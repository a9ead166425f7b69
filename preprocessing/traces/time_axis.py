"""Where on the page each lead begins, with sub-pixel accuracy, how long it is, and how many pixels a second takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from preprocessing.leads import Layout
from preprocessing.page import Page
from preprocessing.traces.agreed_ends import agreed_place
from preprocessing.traces.clock_spread import spread_px
from preprocessing.traces.pen_caps import CAP_COSTS, without_caps
from preprocessing.traces.printed_columns import (
    PrintedColumns,
    TimeMark,
    begin_mark,
    box_mark,
    cut_at_squares,
    end_mark,
    fitted_columns,
    line_mark,
    strip_end_marks,
)
from preprocessing.traces.slant import find_slant
from preprocessing.traces.stroke_ends import StrokeEnds
from preprocessing.traces.time_config import TIME_AXIS


@dataclass(frozen=True)
class TimeAxis:
    """The first sample of a lead lies at column `start_px`; a second takes `px_per_s`.

    `start_s` is its time on the page's own clock, `seconds` its duration, and `spread_s` how far from the chosen
    beginning others lie that the page allows.
    """

    start_px: float
    px_per_s: float
    start_s: float
    seconds: float
    spread_s: float = field(default=0.0, compare=False)

    def at(self, time_s: float) -> float:
        """Return the column at which a time since the lead's first sample is printed."""
        return self.start_px + time_s * self.px_per_s


def lengths_s(layout: Layout) -> list[float]:
    """Return the usual duration of each lead, in the boxes' order: the step between columns, or the whole page."""
    starts = sorted({box.start_s for box in layout.boxes})
    if len(starts) > 1:
        column_s = float(min(np.diff(starts)))
        return [starts[-1] + column_s if box.is_strip else column_s for box in layout.boxes]
    longest = max((box.right - box.left for box in layout.boxes), default=1.0)
    shares = [min((1, 2, 4), key=lambda n: abs(longest / n / (box.right - box.left) - 1)) for box in layout.boxes]
    return [layout.seconds / share for share in shares]


def time_axes(
    page: Page, layout: Layout, ends: StrokeEnds, radius: float, dividers: dict[float, float]
) -> list[TimeAxis]:
    """Fit the time axis of every lead.

    Parameters
    ----------
    page : Page
    layout : Layout
        Its boxes are accurate to a few millimetres.
    ends : StrokeEnds
        First and last edge of the ink of each lead; NaN where another lead follows or none was found.
    radius : float
        Half the pen's width in pixels.
    dividers : dict of float to float
        Middles of dividers near left edges of boxes. They are drawn where a column's time begins.

    Returns
    -------
    list of TimeAxis
        One for each box, in their order.
    """
    lengths = lengths_s(layout)
    late_px = _late_px(layout, ends.px)
    upright = ends.px - late_px[:, None]
    axes: dict[int, TimeAxis] = {}
    for columns, strips in _groups(page, layout):
        usual_s = lengths[columns[0][0]]
        fits = [
            _fit(page, layout, columns, strips, usual_s, without_caps(upright, ends.angle, cap, radius), dividers, cost)
            for cap, cost in CAP_COSTS.items()
        ]
        fit = min(fits, key=lambda each: each.cost)
        px_per_s = page.px_per_mm_x * page.speed_mm_s
        spread_s = spread_px((each.places for each in fits), fit.start_px, px_per_s) / px_per_s
        for index, axis in _axes_of(page, layout, fit, columns, strips, usual_s).items():
            axes[index] = replace(axis, spread_s=spread_s)
    return [replace(axes[index], start_px=axes[index].start_px + late_px[index]) for index in range(len(layout.boxes))]


def _late_px(layout: Layout, ends_px: np.ndarray) -> np.ndarray:
    """Return how far to the right of its place each lead begins because the page's columns lean, shape (boxes,)."""
    rows = np.array([(box.top + box.bottom) / 2 for box in layout.boxes])
    kinds = [(box.start_s, box.is_strip) for box in layout.boxes]
    groups = [np.array([kind == each for each in kinds]) for kind in dict.fromkeys(kinds)]
    slant = find_slant([(rows[group], ends_px[group, side]) for group in groups for side in (0, 1)])
    return np.asarray(slant * (rows - rows.mean()))


Group = tuple[list[list[int]], list[int]]


def _groups(page: Page, layout: Layout) -> list[Group]:
    """Return which boxes are fitted together: the columns of a page and its strips, or each box that stands apart."""
    boxes = layout.boxes
    leads = [index for index, box in enumerate(boxes) if not box.is_strip]
    starts = sorted({boxes[index].start_s for index in leads})
    columns = [[index for index in leads if boxes[index].start_s == start] for start in starts]
    near_px = TIME_AXIS.one_column_mm * page.px_per_mm_x
    lefts = [[boxes[index].left for index in column] for column in columns]
    middles = [float(np.median(each)) for each in lefts]
    steps = np.diff(middles)
    together = all(np.ptp(each) < near_px for each in lefts)
    even = bool(np.all(steps > 0)) and (steps.size < 2 or np.ptp(steps) < TIME_AXIS.uneven * np.median(steps))
    if not columns or not together or not even:
        return [([[index]], []) for index in range(len(boxes))]
    strips = [index for index, box in enumerate(boxes) if box.is_strip]
    beside = [index for index in strips if abs(boxes[index].left - middles[0]) < near_px]
    return [(columns, beside), *(([[index]], []) for index in strips if index not in beside)]


def _fit(
    page: Page,
    layout: Layout,
    columns: list[list[int]],
    strips: list[int],
    usual_s: float,
    ends: np.ndarray,
    dividers: dict[float, float],
    cap_cost: float,
) -> PrintedColumns:
    """Fit columns that stand in line, and strips that begin with the first of them."""
    px_per_s = page.px_per_mm_x * page.speed_mm_s
    usual_px = usual_s * px_per_s
    lefts = [float(np.median([layout.boxes[index].left for index in column])) for column in columns]
    earliest = _hidden_by_pulse(layout, lefts[0], page.px_per_mm_x)
    marks, misfit = _marks(lefts, columns, strips, ends, dividers, page.px_per_mm_x)
    # A box that begins at the foot of a pulse does not show where its lead does.
    marks += _box_marks(lefts)[earliest is not None :]
    stops = agreed_place(ends[strips, 1], 1)
    if stops.weight:
        # Strips end where they like more often than leads do.
        marks += strip_end_marks(stops.x_px, len(columns), usual_px, TIME_AXIS.strip_weight * stops.weight)
    found_px = (lefts[0] if earliest is None else earliest, lefts[0])
    fit = fitted_columns(marks, found_px, usual_px, px_per_s, page.px_per_mm_x, page.scale_from == "grid")
    more = misfit + cap_cost
    return replace(fit, cost=fit.cost + more, places=np.add(fit.places, (0.0, more)))


def _axes_of(
    page: Page, layout: Layout, fit: PrintedColumns, columns: list[list[int]], strips: list[int], usual_s: float
) -> dict[int, TimeAxis]:
    scale_known, px_per_mm = page.scale_from == "grid", page.px_per_mm_x
    starts_s = [box.start_s for box in layout.boxes]
    px_per_s, seconds = px_per_mm * page.speed_mm_s, usual_s
    if scale_known and len(columns) > 1 and cut_at_squares(fit.width_px, usual_s * px_per_s, px_per_mm):
        seconds = fit.width_px / px_per_s
    else:
        px_per_s = fit.width_px / usual_s
    found = {}
    for number, column in enumerate(columns):
        for index in column:
            start_s = starts_s[index] if seconds == usual_s else starts_s[columns[0][0]] + number * seconds
            found[index] = TimeAxis(fit.at(number), px_per_s, start_s, seconds)
    whole_s = usual_s * len(columns)
    return found | {index: TimeAxis(fit.start_px, px_per_s, starts_s[index], whole_s) for index in strips}


def _marks(
    lefts: Sequence[float],
    columns: list[list[int]],
    strips: list[int],
    ends: np.ndarray,
    dividers: dict[float, float],
    px_per_mm: float,
) -> tuple[list[TimeMark], float]:
    """Return what shows where columns begin and end, ink and dividers, and how badly the rows' ink agrees."""
    lines = [_divider(left, dividers, TIME_AXIS.divider_mm * px_per_mm) for left in lefts]
    hidden_px = TIME_AXIS.hidden_mm * px_per_mm
    marks, misfit = [], 0.0
    for number, column in enumerate(columns):
        line, following = lines[number], lines[number + 1] if number + 1 < len(lines) else None
        begins = agreed_place(ends[column if number else [*column, *strips], 0], -1)
        # What seems to be an end beside a divider is where the divider hides the trace.
        if begins.weight and (not number or line is None or abs(begins.x_px - line) > hidden_px):
            marks.append(begin_mark(begins.x_px, number, begins.weight))
            misfit += begins.misfit
        stops = agreed_place(ends[column, 1], 1)
        if stops.weight and (following is None or abs(stops.x_px - following) > hidden_px):
            marks.append(end_mark(stops.x_px, number, stops.weight))
            misfit += stops.misfit
        if line is not None:
            marks.append(line_mark(line, number))
    return marks, misfit


def _box_marks(lefts: Sequence[float]) -> list[TimeMark]:
    weights = (TIME_AXIS.inner_box_weight if number else TIME_AXIS.first_box_weight for number in range(len(lefts)))
    return [box_mark(left, number, weight) for number, (left, weight) in enumerate(zip(lefts, weights, strict=True))]


def _hidden_by_pulse(layout: Layout, left: float, px_per_mm: float) -> float | None:
    """Return where a pulse begins that may hide the beginning of the first column; None where none stands there."""
    if layout.evidence is None or not layout.evidence.pulses:
        return None
    begins, ends = (float(np.median([pulse[side] for pulse in layout.evidence.pulses])) for side in (0, 2))
    return begins if begins < left and abs(ends - left) < TIME_AXIS.pulse_foot_mm * px_per_mm else None


def _divider(left: float, dividers: dict[float, float], near_px: float) -> float | None:
    """Return the middle of the divider at the left of a column."""
    near = [middle for edge, middle in dividers.items() if abs(edge - left) < near_px]
    return min(near, key=lambda middle: abs(middle - left), default=None)
