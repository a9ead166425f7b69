"""Where a page's columns of leads begin and how long they are, from all marks of time on it together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from preprocessing.traces.clock_spread import allowed
from preprocessing.traces.time_config import COLUMN_FIT


@dataclass(frozen=True)
class TimeMark:
    """A place where something shows a known time of the columns.

    The place is ``start + widths * width + gaps * gap + caps * cap + lines * line - samples * sample``, where `cap` is
    by how much a stroke's ink reaches further than its pen should, `line` how far lines between columns are drawn
    beside their place, and `sample` the time by which a drawn recording ends early.

    Attributes
    ----------
    x_px : float
    widths, gaps, caps, lines, samples : int
        How often each unknown counts.
    weight : float
        How sure the mark is, 0 to 1.
    """

    x_px: float
    widths: int
    gaps: int
    caps: int
    lines: int
    samples: int
    weight: float


def begin_mark(x_px: float, column: int, weight: float = 1.0) -> TimeMark:
    """Return the mark of a stroke that begins with a column, counted from 0."""
    return TimeMark(x_px, column, column, -1, 0, 0, weight)


def end_mark(x_px: float, column: int, weight: float = 1.0) -> TimeMark:
    """Return the mark of a stroke that ends with a column."""
    return TimeMark(x_px, column + 1, column, 1, 0, 1, weight)


def strip_end_marks(x_px: float, columns: int, usual_px: float, weight: float = 1.0) -> list[TimeMark]:
    """Return the marks of a strip that ends when all columns do, or with its usual duration; no gaps interrupt it."""
    return [
        TimeMark(x_px, columns, 0, 1, 0, 1, weight / 2),
        TimeMark(x_px - columns * usual_px, 0, 0, 1, 0, 1, weight / 2),
    ]


def line_mark(x_px: float, column: int, weight: float = 1.0) -> TimeMark:
    """Return the mark of a line that is drawn where a column begins."""
    return TimeMark(x_px, column, column, 0, 1, 0, weight)


def box_mark(x_px: float, column: int, weight: float = 1.0) -> TimeMark:
    """Return the mark of a box that was found where a column begins."""
    return TimeMark(x_px, column, column, 0, 0, 0, weight)


@dataclass(frozen=True)
class PrintedColumns:
    """Columns of leads, all of one width and with one gap between them, in pixels of the page.

    `cost` speaks against them, half of squared standard deviations; `places`, (n, 2), are beginnings and their costs.
    """

    start_px: float
    width_px: float
    gap_px: float
    cost: float
    places: np.ndarray = field(default_factory=lambda: np.empty((0, 2)), repr=False, compare=False)

    def at(self, column: int) -> float:
        """Return where a column begins, counted from 0."""
        return self.start_px + column * (self.width_px + self.gap_px)


def fitted_columns(
    marks: Sequence[TimeMark],
    found_px: tuple[float, float],
    usual_px: float,
    px_per_s: float,
    px_per_mm: float,
    scale_known: bool,
) -> PrintedColumns:
    """Find the columns that explain most marks.

    Parameters
    ----------
    marks : sequence of TimeMark
    found_px : tuple of float
        Earliest and latest place where the first column was found to begin, each to a few millimetres. They differ
        where a calibration pulse hides it.
    usual_px : float
        Width of a column of the usual duration, by the scale of the page.
    px_per_s, px_per_mm : float
    scale_known : bool
        Whether the scale comes from a grid. Otherwise the columns themselves set it.

    Returns
    -------
    PrintedColumns
        Without any mark, usual columns where the first one was found.

    Notes
    -----
    Marks are wrong now and then: a name covers the beginning of a trace, a pulse touches it, a pale end is missed. Each
    pair of marks therefore proposes columns, and the proposal wins that leaves the fewest marks unexplained. Usual
    columns without gaps need no reason; shorter ones, gaps, and slow recordings need several marks to speak for them.
    """
    best = PrintedColumns(found_px[1], usual_px, 0.0, np.inf)
    if not marks:
        return best
    table = np.array([(m.widths, m.gaps, m.caps, m.lines, m.samples) for m in marks], dtype=float)
    x_px, weight = np.array([m.x_px for m in marks]), np.array([m.weight for m in marks])
    tried = []
    for rate_hz in (COLUMN_FIT.usual_rate_hz, COLUMN_FIT.slow_rate_hz):
        places = x_px + table[:, 4] * px_per_s / rate_hz - table[:, 3] * COLUMN_FIT.line_late_px
        widths, gaps = _proposals(places, table, usual_px, px_per_mm, scale_known)
        # Every mark proposes a start for every width and gap.
        starts = places[:, None] - np.outer(table[:, 0], widths) - np.outer(table[:, 1], gaps)
        exactly_px = np.where(table[:, 3] != 0, COLUMN_FIT.one_line_px, COLUMN_FIT.mark_px)[:, None, None]
        off = np.abs(starts[None, :, :] - starts[:, None, :]) / exactly_px
        unexplained = np.minimum(off**2 / 2, COLUMN_FIT.unexplained)
        cost = np.einsum("m,mkp->kp", weight, unexplained)
        cost += ((starts - np.clip(starts, *found_px)) / (COLUMN_FIT.found_mm * px_per_mm)) ** 2 / 2
        # Leads usually begin where their pulse ends.
        inside_mm = np.clip(found_px[1] - starts, 0, found_px[1] - found_px[0]) / px_per_mm
        cost += COLUMN_FIT.inside_pulse * np.minimum(inside_mm / COLUMN_FIT.inside_mm, 1)
        cost += (
            _prior_cost(widths, gaps, usual_px, px_per_mm, scale_known)
            + (rate_hz != COLUMN_FIT.usual_rate_hz) * COLUMN_FIT.slow
        )
        tried.append(allowed(starts, cost))
        which = np.unravel_index(int(cost.argmin()), cost.shape)
        if cost[which] < best.cost:
            start, width, gap = starts[which], widths[which[1]], gaps[which[1]]
            explained = off[:, which[0], which[1]] ** 2 / 2 < COLUMN_FIT.unexplained
            weights = weight * explained
            refined = _refined(px_per_mm, places, table, weights, (start, width, gap), usual_px, scale_known)
            best = PrintedColumns(*refined, float(cost[which]))
    return replace(best, places=np.concatenate(tried))


def cut_at_squares(width_px: np.ndarray | float, usual_px: float, px_per_mm: float) -> np.ndarray:
    """Return whether columns are shorter than usual by whole millimetres, as recorders cut them at their own grid.

    Examples
    --------
    >>> bool(cut_at_squares(310.0, 312.5, 5.0)), bool(cut_at_squares(309.5, 312.5, 5.0))
    (True, False)
    """
    width_mm = np.asarray(width_px) / px_per_mm
    is_whole = np.abs(width_mm - np.round(width_mm)) < COLUMN_FIT.whole_mm
    return np.asarray(is_whole & (np.asarray(width_px) / usual_px < 1 - COLUMN_FIT.usual_share))


def _proposals(
    places: np.ndarray, table: np.ndarray, usual_px: float, px_per_mm: float, scale_known: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return the widths and the gaps of columns that pairs of marks propose."""
    found = [(usual_px, 0.0)]
    most_px = COLUMN_FIT.gap_max_mm * px_per_mm
    least_px = max(COLUMN_FIT.gap_min_px, COLUMN_FIT.gap_min_mm * px_per_mm)
    lowest, highest = (COLUMN_FIT.shortest, COLUMN_FIT.longest) if scale_known else COLUMN_FIT.unscaled
    alone = [usual_px]
    if scale_known and not table[:, 1].any():
        # A single column may end anywhere, which says nothing about the scale.
        lowest, highest = 1 - COLUMN_FIT.usual_share, 1 + COLUMN_FIT.usual_share
    elif scale_known:
        usual_mm = usual_px / px_per_mm
        whole_mm = np.arange(np.ceil(COLUMN_FIT.shortest * usual_mm), usual_mm * (1 - COLUMN_FIT.usual_share))
        found += [(float(width_mm * px_per_mm), 0.0) for width_mm in whole_mm]
    for apart, widths, gaps in _pairs(places, table):
        if widths and lowest < apart / widths / usual_px < highest:
            found.append((apart / widths, 0.0))
            if not gaps:
                alone.append(apart / widths)
    for apart, widths, gaps in _pairs(places, table):
        if gaps:
            each = ((width, (apart - widths * width) / gaps) for width in alone)
            found += [(width, gap) for width, gap in each if least_px < gap < most_px]
    widths_px, gaps_px = np.array(found).T
    return widths_px, gaps_px


def _pairs(places: np.ndarray, table: np.ndarray) -> Iterator[tuple[float, int, int]]:
    """Yield how far pairs of marks are apart, and how many widths and gaps lie between them; boxes are too coarse."""
    seen = np.flatnonzero(table[:, 2:4].any(axis=1))
    for i in seen:
        for j in seen[seen < i]:
            widths, gaps = table[i, :2] - table[j, :2]
            sign = 1 if widths >= 0 else -1
            yield sign * float(places[i] - places[j]), int(sign * widths), int(sign * gaps)


def _prior_cost(
    widths: np.ndarray, gaps: np.ndarray, usual_px: float, px_per_mm: float, scale_known: bool
) -> np.ndarray:
    """Return how much has to speak for columns of these widths and gaps."""
    share = widths / usual_px - 1
    if not scale_known:
        return (share / COLUMN_FIT.unscaled_share) ** 2 / 2 + (gaps > 0) * COLUMN_FIT.gap
    usual = (share / COLUMN_FIT.scale_share) ** 2 / 2
    reason = np.where(cut_at_squares(widths, usual_px, px_per_mm), COLUMN_FIT.cut, COLUMN_FIT.other_scale)
    other = reason + (share / COLUMN_FIT.other_share) ** 2 / 2
    return np.asarray(np.minimum(usual, other) + (gaps > 0) * COLUMN_FIT.gap)


def _refined(
    px_per_mm: float,
    places: np.ndarray,
    table: np.ndarray,
    weight: np.ndarray,
    proposed: tuple[float, float, float],
    usual_px: float,
    scale_known: bool,
) -> tuple[float, float, float]:
    """Fit start, width and gap to the explained marks, by least squares with what is known beforehand.

    How far caps and lines reach is fitted beside them.
    """
    start, width, gap = proposed
    share = width / usual_px - 1
    is_usual = scale_known and abs(share) < COLUMN_FIT.usual_share
    is_cut = scale_known and bool(cut_at_squares(width, usual_px, px_per_mm))
    if is_usual or is_cut:
        width = usual_px if is_usual else round(width / px_per_mm) * px_per_mm
    share_px = (COLUMN_FIT.scale_share if is_usual or is_cut else COLUMN_FIT.unscaled_share) * usual_px
    # What is known beforehand of each unknown, and how exactly: start and gap are free, but for a gap that is none.
    known = np.array([start, width, gap, 0.0, 0.0])
    to_px = np.array(
        [COLUMN_FIT.free_px, share_px, COLUMN_FIT.free_px if gap > 0 else 1e-6, COLUMN_FIT.cap_px, COLUMN_FIT.line_px]
    )
    # Boxes decide between proposals and move none of them.
    is_line, is_end = table[:, 3] != 0, table[:, 2] != 0
    scale = np.sqrt(weight) * (is_line / COLUMN_FIT.one_line_px + is_end / COLUMN_FIT.end_px)
    rows = np.column_stack([np.ones(places.size), table[:, :4]]) * scale[:, None]
    solved = np.linalg.lstsq(
        np.vstack([rows, np.diag(1 / to_px)]), np.append(places * scale, known / to_px), rcond=None
    )[0]
    return float(solved[0]), float(solved[1]), float(solved[2]) if gap > 0 else 0.0
