"""The leads of a page, named and placed by its rows, dividers, calibration pulses and millimetres."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from preprocessing.dividers import Divider, column_splits, confirmed_splits, find_dividers
from preprocessing.errors import EcgImageError, Notice
from preprocessing.ink import VerticalRuns, ink_mask, vertical_runs
from preprocessing.layout import LAYOUTS, Layout, LayoutForm, LeadBox
from preprocessing.limb_order import in_cabrera_order
from preprocessing.page import Page
from preprocessing.rows import LEAST_ROWS, Pulses, find_baselines, find_pulses

PAGE_SECONDS = 10.0
SPEEDS_MM_S = (25.0, 50.0)
GAINS_MM_MV = (5.0, 10.0, 20.0)
LEAST_CONFIDENCE = 0.6
# Ten seconds of ECG take up most of a report's width, a border around it included.
LEAST_SHARE = 0.4


def find_leads(page: Page) -> tuple[Page, Layout]:
    """Find the leads of an upright page.

    Returns
    -------
    Page
        The page with what its landmarks tell of speed, gain and, where there is no grid, scale.
    Layout

    Raises
    ------
    EcgImageError
        ``not_an_ecg``, ``not_12_lead`` or ``layout_unknown``.
    """
    height, width = page.rgb.shape[:2]
    runs = vertical_runs(ink_mask(page.rgb, page.px_per_mm_x))
    pulses = find_pulses(runs, height)
    baselines = pulses.baselines if pulses is not None else find_baselines(runs, height, width, page.px_per_mm_y)
    looks_printed = page.scale_from == "grid" or pulses is not None
    if baselines.size < LEAST_ROWS:
        raise _too_few_rows(looks_printed, baselines.size)
    dividers = find_dividers(runs, baselines, pulses, max(2, round(page.px_per_mm_x)))
    ends = _inked_extent(runs, baselines, pulses, page.px_per_mm_x)
    named = _name(dividers, baselines.size, ends)
    if named is None and not looks_printed:
        raise _not_an_ecg()
    if named is None:
        raise _unknown(f"{baselines.size} rows of trace were found, and no columns of leads that go with them")
    name, splits = named
    left, right, even = _extent(splits, ends)
    if right - left < LEAST_SHARE * width:
        raise _unknown("The leads' columns do not span the page")
    form = LAYOUTS[name]
    columns = len(form.grid[0])
    edges = [left, *splits, right] if splits else list(np.linspace(left, right, columns + 1))
    seconds = PAGE_SECONDS / columns
    page = _with_facts(page, pulses, (right - left) / columns / seconds)
    boxes = _boxes(form, edges, baselines)
    if len(form.grid) == 6 and in_cabrera_order(runs, boxes[: 2 * 6 : 2]):
        raise EcgImageError(
            "layout_unknown",
            "The limb leads seem to stand in Cabrera's order, which cannot be read yet; print the report in the "
            "standard order.",
        )
    checks = {
        "pulses": pulses is not None,
        "dividers": bool(splits),
        "even_columns": even,
        "even_rows": _even(np.diff(baselines), 0.45),
        "scale": page.scale_from != "grid" or page.speed_from == "columns",
        "ink": all(_inked(runs, box) > 0.7 for box in boxes),
    }
    confidence = sum(checks.values()) / len(checks)
    if confidence < LEAST_CONFIDENCE:
        raise _unknown("The rows of trace do not fit any layout known here")
    notices = () if splits else (_COLUMNS_ASSUMED,)
    return page, Layout(name, round(confidence, 3), boxes, notices=notices)


_COLUMNS_ASSUMED = Notice(
    "columns_assumed",
    "No dividers are printed between the leads, so the rows were split into equal columns; check the boxes.",
)
_SCALE_FROM_COLUMNS = Notice(
    "scale_from_columns",
    "No millimetre grid was found, so the scale was taken from the columns, as ten seconds at 25 mm/s.",
)
_SCALE_DISAGREES = Notice(
    "scale_disagrees",
    "The grid and the length of the columns do not agree on a paper speed of 25 or 50 mm/s; 25 mm/s is assumed.",
)


def _unknown(what: str) -> EcgImageError:
    return EcgImageError(
        "layout_unknown",
        f"{what}; open the whole upright page, uncropped, in one of the layouts {', '.join(LAYOUTS)}.",
    )


def _not_an_ecg() -> EcgImageError:
    return EcgImageError(
        "not_an_ecg",
        "No rows of ECG trace on squared paper were found in this picture; open a scan or an export of a 12-lead "
        "ECG report.",
    )


def _too_few_rows(looks_printed: bool, rows: int) -> EcgImageError:
    if rows == 0 or not looks_printed:
        return _not_an_ecg()
    return EcgImageError(
        "not_12_lead",
        f"Only {rows} row{'s' * (rows > 1)} of trace could be found, which is less than a 12-lead page; open the "
        "whole page.",
    )


def _name(dividers: tuple[Divider, ...], rows: int, ends: tuple[float, float]) -> tuple[str, list[float]] | None:
    """Name the layout from the rows and the dividers, and return where its columns part."""
    for choose in (column_splits, confirmed_splits):
        for name, form in LAYOUTS.items():
            if rows == len(form.grid) + len(form.strips):
                splits = choose(dividers, len(form.grid), len(form.grid[0]), ends)
                if splits is not None:
                    return name, splits
    return ("3x4+1", []) if rows == 4 and not dividers else None


def _extent(splits: list[float], ends: tuple[float, float]) -> tuple[float, float, bool]:
    """Return where the first column starts, where the last one ends, and whether the columns are even."""
    left, right = ends
    if len(splits) > 1:
        pitch = float(np.median(np.diff(splits)))
        return splits[0] - pitch, splits[-1] + pitch, _even(np.diff(splits), 0.03)
    if len(splits) == 1:
        reach = right - splits[0]
        return splits[0] - reach, right, abs((splits[0] - left) / reach - 1) < 0.05
    return left, right, True


def _inked_extent(
    runs: VerticalRuns, baselines: np.ndarray, pulses: Pulses | None, px_per_mm: float
) -> tuple[float, float]:
    """Return the first and last column of trace, calibration pulses left out."""
    reach = 0.35 * float(np.median(np.diff(baselines)))
    starts, ends = [], []
    for baseline in baselines:
        near = np.abs((runs.top + runs.bottom) / 2 - baseline) < reach
        columns = np.unique(runs.x[near])
        if pulses is not None:
            foot = 5.0 * px_per_mm
            at_left = pulses.left < np.median(columns)
            beyond = pulses.right + foot if at_left else pulses.left - foot
            # The pulse's foot is drawn up to the trace or ends before it: the trace begins at the last gap.
            columns = _past_pulse(columns, pulses, beyond, at_left)
        pieces = np.split(columns, np.flatnonzero(np.diff(columns) > 6 * px_per_mm) + 1)
        trace = max(pieces, key=len)
        starts.append(float(trace[0]))
        ends.append(float(trace[-1]))
    return float(np.median(starts)), float(np.median(ends))


def _past_pulse(columns: np.ndarray, pulses: Pulses, beyond: float, at_left: bool) -> np.ndarray:
    """Drop the pulse and its feet from the inked columns of a row."""
    if at_left:
        rest = columns[columns > pulses.right + 1]
        gaps = np.flatnonzero((np.diff(rest) > 1) & (rest[:-1] < beyond))
        return rest[gaps[-1] + 1 :] if gaps.size else rest
    rest = columns[columns < pulses.left - 1]
    gaps = np.flatnonzero((np.diff(rest) > 1) & (rest[1:] > beyond))
    return rest[: gaps[0] + 1] if gaps.size else rest


def _even(steps: np.ndarray, tolerance: float) -> bool:
    return bool(np.all(np.abs(steps / np.median(steps) - 1) < tolerance))


def _with_facts(page: Page, pulses: Pulses | None, px_per_s: float) -> Page:
    """Fill in speed, gain and scale from the columns' ten seconds and the pulse's one millivolt."""
    if page.scale_from == "grid":
        fitting = [speed for speed in SPEEDS_MM_S if abs(px_per_s / page.px_per_mm_x / speed - 1) < 0.08]
        if fitting:
            page = replace(page, speed_mm_s=fitting[0], speed_from="columns")
        else:
            page = replace(page, notices=(*page.notices, _SCALE_DISAGREES))
    else:
        px_per_mm = px_per_s / SPEEDS_MM_S[0]
        page = replace(page, px_per_mm_x=px_per_mm, px_per_mm_y=px_per_mm, scale_from="columns")
        page = replace(page, notices=(*page.notices, _SCALE_FROM_COLUMNS))
    if pulses is not None:
        for gain in GAINS_MM_MV:
            if abs(pulses.height_px / page.px_per_mm_y / gain - 1) < 0.12:
                page = replace(page, gain_mm_mv=gain, gain_from="pulse")
    return page


def _boxes(form: LayoutForm, edges: list[float], baselines: np.ndarray) -> tuple[LeadBox, ...]:
    """Lay a box around each lead, halfway to the rows above and below."""
    middles = (baselines[:-1] + baselines[1:]) / 2
    tops = [2 * baselines[0] - middles[0], *middles]
    bottoms = [*middles, 2 * baselines[-1] - middles[-1]]
    seconds = PAGE_SECONDS / len(form.grid[0])
    boxes = [
        LeadBox(lead, "12-lead", edges[column], tops[row], edges[column + 1], bottoms[row], seconds * column)
        for row, leads in enumerate(form.grid)
        for column, lead in enumerate(leads)
    ]
    for row, lead in enumerate(form.strips, start=len(form.grid)):
        boxes.append(LeadBox(lead, "rhythm", edges[0], tops[row], edges[-1], bottoms[row]))
    return tuple(boxes)


def _inked(runs: VerticalRuns, box: LeadBox) -> float:
    """Return the share of a box's columns that hold ink."""
    inside = (runs.x >= box.left) & (runs.x < box.right) & (runs.bottom > box.top) & (runs.top < box.bottom)
    return np.unique(runs.x[inside]).size / max(1.0, box.right - box.left)
