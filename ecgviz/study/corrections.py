"""What a person sets by hand where a page was misread or not read, and its effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from preprocessing.errors import Notice
from preprocessing.leads import (
    PAGE_SECONDS,
    SCALE_FROM_COLUMNS,
    Layout,
    LeadBox,
    fits_length,
    guess_layout,
    layout_at,
    lines_of,
    other_page_seconds,
    timed_boxes,
)
from preprocessing.page import UPRIGHT, Page, Turn
from preprocessing.recorder_settings import USUAL_GAIN_MM_MV, USUAL_SPEED_MM_S

BY_HAND = "by_hand"
# Lines closer than this leave no room for a lead.
LEAST_GAP_PX = 8.0
Edges = tuple[float, float, float, float]

_LAYOUT_BY_HAND = Notice(
    "layout_by_hand",
    "The layout was set by hand. Names, boxes, scale, speed and gain were not checked.",
)


@dataclass(frozen=True)
class Corrections:
    """A layout, its lines and its scale as a person set them, in pixels of the flat, upright page.

    Attributes
    ----------
    layout : str
        One of `LAYOUTS`.
    columns, rows : tuple of float
        Edges of the columns from left to right and of the rows, strips included, from top to bottom.
    speed_mm_s, gain_mm_mv : float
    px_per_mm : tuple of two float or None
        Pixels per millimetre along x and y. None keeps the grid's, or without a grid assumes that the columns span
        ten seconds.
    boxes : tuple of (key, (left, top, right, bottom))
        Boxes that were moved individually, by `LeadBox.key`.
    strips : tuple of str
        Leads of the strips; empty for the layout's default.
    turn : Turn
        How the page had been turned upright when they were set.
    """

    layout: str
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    speed_mm_s: float = USUAL_SPEED_MM_S
    gain_mm_mv: float = USUAL_GAIN_MM_MV
    px_per_mm: tuple[float, float] | None = None
    boxes: tuple[tuple[str, Edges], ...] = ()
    strips: tuple[str, ...] = ()
    turn: Turn = UPRIGHT

    @property
    def frame(self) -> Edges:
        """Left, top, right and bottom of all lines."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]


def start_from(page: Page, layout: Layout | None) -> Corrections:
    """Return corrections that change nothing, or without a layout, a first guess from the rows of ink."""
    if layout is None:
        layout = guess_layout(page)
    return _laid(layout, page)


def corrected(page: Page, corrections: Corrections) -> tuple[Page, Layout]:
    """Apply corrections to a page.

    Parameters
    ----------
    page : Page
        As read, or as `find_page` measured it where no leads were found, turned as the corrections have it.
    corrections : Corrections

    Returns
    -------
    Page
        With the speed, gain and scale set.
    Layout
        With a notice that it was set by hand, and without confidence: nothing was checked.
    """
    layout = layout_at(corrections.layout, corrections.columns, corrections.rows)
    scale_x, scale_y, scale_from = page.px_per_mm_x, page.px_per_mm_y, page.scale_from
    if corrections.px_per_mm is not None:
        scale_x, scale_y, scale_from = (*corrections.px_per_mm, BY_HAND)
    elif scale_from != "grid":
        span_px = corrections.columns[-1] - corrections.columns[0]
        scale_x = scale_y = span_px / PAGE_SECONDS / corrections.speed_mm_s
        scale_from = "columns"
        page = page.with_facts(notices=(*page.notices, SCALE_FROM_COLUMNS))
    seconds = _seconds(corrections, None if scale_from == "columns" else scale_x)
    own = dict(corrections.boxes)
    named = _with_strips(layout.boxes, corrections.strips)
    boxes = tuple(_moved(box, own.get(box.key)) for box in timed_boxes(named, seconds))
    page = page.with_facts(
        px_per_mm_x=scale_x,
        px_per_mm_y=scale_y,
        scale_from=scale_from,
        speed_mm_s=corrections.speed_mm_s,
        speed_from=BY_HAND,
        gain_mm_mv=corrections.gain_mm_mv,
        gain_from=BY_HAND,
    )
    return page, replace(layout, boxes=boxes, preset=BY_HAND, notices=(_LAYOUT_BY_HAND,), seconds=seconds)


def with_layout(corrections: Corrections, name: str) -> Corrections:
    """Return another layout in the same frame, with equal columns and rows."""
    columns, rows = lines_of(name)
    left, top, right, bottom = corrections.frame
    return replace(
        corrections,
        layout=name,
        columns=tuple(np.linspace(left, right, columns + 1).tolist()),
        rows=tuple(np.linspace(top, bottom, rows + 1).tolist()),
        boxes=(),
        strips=(),
    )


def with_frame(corrections: Corrections, frame: Edges) -> Corrections:
    """Stretch all lines to another frame; boxes moved individually stay."""
    left, top, right, bottom = frame
    return with_lines(
        corrections, _stretched(corrections.columns, left, right), _stretched(corrections.rows, top, bottom)
    )


def with_lines(corrections: Corrections, columns: Sequence[float], rows: Sequence[float]) -> Corrections:
    """Move the lines, each kept beyond the previous one.

    Raises
    ------
    ValueError
        When the number of lines is not the layout's.
    """
    if (len(columns), len(rows)) != (len(corrections.columns), len(corrections.rows)):
        raise ValueError("a layout keeps its number of lines")
    return replace(corrections, columns=_rising(columns), rows=_rising(rows))


def with_box(corrections: Corrections, key: str, edges: Edges | None) -> Corrections:
    """Move one lead's box individually, or with None return it to the lines."""
    others = tuple((name, box) for name, box in corrections.boxes if name != key)
    if edges is None:
        return replace(corrections, boxes=others)
    left, top, right, bottom = edges
    box = (left, top, max(right, left + LEAST_GAP_PX), max(bottom, top + LEAST_GAP_PX))
    return replace(corrections, boxes=(*others, (key, box)))


def _laid(layout: Layout, page: Page) -> Corrections:
    """Take the lines from a layout's boxes."""
    rows = layout.boxes_by_row
    columns = list(zip(*(row for row in rows if not row[0].is_strip), strict=True))
    lefts = [float(np.median([box.left for box in column])) for column in columns]
    right = float(np.median([box.right for box in columns[-1]]))
    tops = [float(np.median([box.top for box in row])) for row in rows]
    bottom = max(box.bottom for box in layout.boxes)
    by_hand = (page.px_per_mm_x, page.px_per_mm_y) if page.scale_from == BY_HAND else None
    return Corrections(
        layout.name,
        _rising([*lefts, right]),
        _rising([*tops, bottom]),
        page.speed_mm_s,
        page.gain_mm_mv,
        by_hand,
        strips=tuple(box.lead for box in layout.boxes if box.is_strip),
        turn=page.turn,
    )


def _seconds(corrections: Corrections, px_per_mm: float | None) -> float:
    """Return the duration of the page: full-width leads by their length, columns the usual seconds."""
    if px_per_mm is None:
        return PAGE_SECONDS
    seconds = (corrections.columns[-1] - corrections.columns[0]) / px_per_mm / corrections.speed_mm_s
    if fits_length(seconds, PAGE_SECONDS):
        return PAGE_SECONDS
    shown = other_page_seconds(seconds, len(corrections.columns) == 2)
    return PAGE_SECONDS if shown is None else shown


def _with_strips(boxes: Sequence[LeadBox], strips: Sequence[str]) -> tuple[LeadBox, ...]:
    """Name the strips, the last of the boxes."""
    first = len(boxes) - len(strips)
    return (*boxes[:first], *(replace(box, lead=lead) for box, lead in zip(boxes[first:], strips, strict=True)))


def _moved(box: LeadBox, edges: Edges | None) -> LeadBox:
    """Return the box with other edges. Its time remains its column's: all leads share one time axis."""
    if edges is None:
        return box
    left, top, right, bottom = edges
    return replace(box, left=left, top=top, right=right, bottom=bottom)


def _stretched(lines: Sequence[float], first: float, last: float) -> list[float]:
    shares = (np.asarray(lines) - lines[0]) / (lines[-1] - lines[0])
    return [first + float(share) * (last - first) for share in shares]


def _rising(lines: Sequence[float]) -> tuple[float, ...]:
    kept = [float(lines[0])]
    for line in lines[1:]:
        kept.append(max(float(line), kept[-1] + LEAST_GAP_PX))
    return tuple(kept)
