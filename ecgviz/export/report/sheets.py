"""The traces on millimetre paper at 25 mm/s and 10 mm/mV, on as many sheets as needed; plain geometry.

A sheet fits on A4 landscape, where ten seconds are 250 mm. Its unit is a hundredth of a millimetre: every sample lies
at an integer, and nothing is rounded on the way to paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from ecgviz.drawing import GAIN_MM_MV, SPEED_MM_S
from ecgviz.study import Study
from preprocessing.traces import RATE_HZ, Trace

UNITS_MM = 100
WIDTH_MM, HIGHEST_MM = 277, 167
# Position of 0 s, and width of the calibration pulse to its left: 1 mV for 0.2 s.
ZERO_MM, PULSE_MM = 15, 5
SECONDS = 10.0
# Room for pages slightly longer than ten seconds.
SLACK_S = (WIDTH_MM - ZERO_MM) / SPEED_MM_S - SECONDS
NAME_MM, NAME_OVER_MM, FOOT_MM = 4, 12, 5
LEAST_ABOVE_MM, LEAST_BELOW_MM, MOST_ABOVE_MM, MOST_BELOW_MM = 11, 3, 95, 60
SQUARES = "Printed at 100%, a thick square is 5 mm: 0.2 s wide and 0.5 mV high."
CLIPPED = "Clipped at the sheet's edge."


@dataclass(frozen=True)
class Label:
    """Text that starts at (x, y); y is its baseline."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Sheet:
    """One sheet; positions in hundredths of a millimetre from its top left, y downwards.

    Attributes
    ----------
    width, height : int
        Size of the grid.
    traces : tuple of ndarray, shape (n, 2), int
        Polylines without gaps.
    pulses, borders : tuple of ndarray, shape (n, 2), int
        Calibration pulses, and lines where a column of leads starts.
    names, seconds : tuple of Label
        Labels of the leads and of the time axis.
    words : str
        Description of the sheet.
    others : tuple of ndarray, shape (n, 2), int
        Polylines of another report that lie over the traces.
    """

    width: int
    height: int
    traces: tuple[np.ndarray, ...]
    pulses: tuple[np.ndarray, ...]
    borders: tuple[np.ndarray, ...]
    names: tuple[Label, ...]
    seconds: tuple[Label, ...]
    words: str
    others: tuple[np.ndarray, ...] = ()


@dataclass(frozen=True)
class _Row:
    """Leads side by side from one time on, with their extent above and below 0 mV in mm."""

    pieces: tuple[tuple[Trace, np.ndarray, float], ...]
    from_s: float
    above_mm: int
    below_mm: int

    @property
    def height_mm(self) -> int:
        return NAME_MM + self.above_mm + self.below_mm


def sheets(study: Study) -> list[Sheet]:
    """Lay out the traces row by row, as on the page."""
    laid: list[list[_Row]] = []
    for from_s in _starts(study.traces):
        # Later seconds start a new sheet.
        laid += _distributed([_row(traces, from_s) for traces in _rows(study) if _ends_s(traces) > from_s])
    return [_sheet(rows, number, len(laid)) for number, rows in enumerate(laid, start=1)]


def _distributed(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Distribute rows evenly over as few sheets as possible."""
    room_mm = HIGHEST_MM - FOOT_MM
    fewest = len(_filled(rows, room_mm))
    least_mm = max(row.height_mm for row in rows)
    return next(filled for mm in range(least_mm, room_mm + 1) if len(filled := _filled(rows, mm)) <= fewest)


def _filled(rows: Sequence[_Row], room_mm: int) -> list[list[_Row]]:
    """Fill sheets one after another."""
    laid: list[list[_Row]] = [[]]
    for row in rows:
        if laid[-1] and sum(one.height_mm for one in laid[-1]) + row.height_mm > room_mm:
            laid.append([])
        laid[-1].append(row)
    return laid


def _rows(study: Study) -> list[tuple[Trace, ...]]:
    """Return the traces of each row; strips are rows of their own."""
    return [tuple(study.trace(box.key) for box in row) for row in study.layout.boxes_by_row]


def _starts(traces: Sequence[Trace]) -> list[float]:
    """Return the first second of each set of sheets."""
    more = max(0.0, _ends_s(traces) - SECONDS - SLACK_S)
    return [SECONDS * number for number in range(1 + ceil(more / SECONDS))]


def _ends_s(traces: Sequence[Trace]) -> float:
    return max(trace.end_s for trace in traces)


def _row(traces: Sequence[Trace], from_s: float) -> _Row:
    last = _ends_s(traces) <= from_s + SECONDS + SLACK_S
    until_s = from_s + SECONDS + (SLACK_S if last else 0.0)
    pieces = []
    for trace in traces:
        first = max(0, ceil((from_s - trace.start_s) * RATE_HZ - 1e-6))
        stop = max(0, ceil((until_s - trace.start_s) * RATE_HZ - 1e-6))
        if trace.mv[first:stop].size:
            pieces.append((trace, trace.mv[first:stop].astype(float), trace.start_s + first / RATE_HZ))
    every = np.concatenate([np.empty(0), *(mv[np.isfinite(mv)] for _, mv, _ in pieces)]) * GAIN_MM_MV
    above = min(MOST_ABOVE_MM, max(LEAST_ABOVE_MM, ceil(every.max(initial=0))))
    below = min(MOST_BELOW_MM, max(LEAST_BELOW_MM, ceil(-every.min(initial=0)) + 1))
    return _Row(tuple(pieces), from_s, above, below)


def _sheet(rows: Sequence[_Row], number: int, of: int) -> Sheet:
    height_mm = sum(row.height_mm for row in rows) + FOOT_MM
    traces, pulses, borders, names = [], [], [], []
    top_mm, clipped = 0, False
    for row in rows:
        zero_mm = top_mm + NAME_MM + row.above_mm
        pulses.append(_pulse(zero_mm))
        for trace, mv, start_s in row.pieces:
            mm = mv * GAIN_MM_MV
            outside = (mm > row.above_mm) | (mm < -row.below_mm)
            clipped = clipped or bool(outside.any())
            x_mm = ZERO_MM + (start_s - row.from_s) * SPEED_MM_S
            traces += polylines(np.where(outside, np.nan, mm), x_mm, zero_mm)
            # A name is placed just above the start of its lead.
            near = mm[: round(NAME_OVER_MM / SPEED_MM_S * RATE_HZ)]
            over = min(float(np.nanmax(near, initial=0.0)), row.above_mm) + 1
            names.append(Label(trace.id.name, _units(x_mm + 1), _units(max(zero_mm - over, top_mm + 3.5))))
            if start_s > row.from_s:
                ends = [(x_mm, top_mm + NAME_MM), (x_mm, top_mm + row.height_mm)]
                borders.append(np.rint(np.array(ends) * UNITS_MM).astype(int))
        top_mm += row.height_mm
    seconds = [
        Label(f"{rows[0].from_s + second:g} s", _units(ZERO_MM + second * SPEED_MM_S + 0.5), _units(height_mm - 1.2))
        for second in range(floor((WIDTH_MM - ZERO_MM) / SPEED_MM_S) + 1)
    ]
    listed = ", ".join(trace.id.name for row in rows for trace, _, _ in row.pieces)
    words = f"Sheet {number} of {of}: {listed}; 25 mm/s and 10 mm/mV." + f" {CLIPPED}" * clipped
    size = WIDTH_MM * UNITS_MM, height_mm * UNITS_MM
    return Sheet(*size, tuple(traces), tuple(pulses), tuple(borders), tuple(names), tuple(seconds), words)


def polylines(mm: np.ndarray, x_mm: float, zero_mm: float) -> list[np.ndarray]:
    """Return a lead as polylines without gaps and without points on a straight line between their neighbours."""
    x = np.rint((x_mm + np.arange(mm.size) / RATE_HZ * SPEED_MM_S) * UNITS_MM)
    points = np.column_stack([x, np.rint((zero_mm - mm) * UNITS_MM)])
    read = np.flatnonzero(np.isfinite(mm))
    runs = np.split(read, np.flatnonzero(np.diff(read) > 1) + 1) if read.size else []
    return [_without_collinear(points[run].astype(int)) for run in runs]


def _without_collinear(points: np.ndarray) -> np.ndarray:
    steps = np.diff(points, axis=0)
    bends = np.any(steps[1:] != steps[:-1], axis=1)
    return points[np.concatenate([[True], bends, [True]])] if len(points) > 1 else np.repeat(points, 2, axis=0)


def _pulse(zero_mm: float) -> np.ndarray:
    left, high = ZERO_MM - 2 * PULSE_MM, zero_mm - GAIN_MM_MV
    corners = [(-2, zero_mm), (0, zero_mm), (0, high), (PULSE_MM, high), (PULSE_MM, zero_mm), (PULSE_MM + 2, zero_mm)]
    return np.asarray(np.rint(np.array([(left + x, y) for x, y in corners]) * UNITS_MM), int)


def _units(mm: float) -> int:
    return round(mm * UNITS_MM)
