"""Printed leads as signals: millivolts over seconds, each sample with its place on the page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy
from PIL import Image

from preprocessing.budget import limited
from preprocessing.leads import Layout, LeadBox
from preprocessing.page import NAMES_STRIDE, Page
from preprocessing.traces.column_breaks import with_breaks
from preprocessing.traces.config import ENDS, INK, PEN, TRACE
from preprocessing.traces.divider_bars import give_back_strokes
from preprocessing.traces.divider_places import divider_places
from preprocessing.traces.lead_paths import lead_paths
from preprocessing.traces.lead_signal import RATE_HZ, Trace
from preprocessing.traces.path_costs import Band
from preprocessing.traces.pen import pen_line, stroke_edges
from preprocessing.traces.stroke_colour import coloured_ink
from preprocessing.traces.stroke_ends import at_page_ends, find_ends, touched, without_strays
from preprocessing.traces.time_axis import TimeAxis, time_axes
from preprocessing.traces.trace_ink import trace_ink


@limited()
def trace_leads(page: Page, layout: Layout) -> tuple[Trace, ...]:
    """Digitise every lead of a page.

    Parameters
    ----------
    page : Page
        Upright, and flat to within a few pixels.
    layout : Layout
        Where its leads are, to within a few pixels.

    Returns
    -------
    tuple of Trace
        One for each of the layout's boxes, in their order.
    """
    shape = page.rgb.shape[:2]
    labels = ("trace", "print", "pulse", "divider")
    trace, printed, pulse, divider = (page.maps.at_full_size(label, shape) for label in labels)
    in_names = _in_names(page)
    page.maps.forget_enlarged()
    give_back_strokes(trace, divider, layout, page.px_per_mm_x)
    anything, beside = (trace, printed, pulse, divider), pulse + divider
    others = np.maximum(printed, np.maximum(pulse, divider))
    sure = (trace > INK.level) & (others < INK.level)

    def followed(layout: Layout, known: list[TimeAxis] | None = None) -> tuple[list[TimeAxis], list[Trace]]:
        """Follow the strokes in a layout's boxes; return their time axes, fitted unless known, and the leads."""
        places = divider_places(divider, layout, page.px_per_mm_x)
        ink = trace_ink(trace, printed, beside, layout, page.px_per_mm_x)
        ink = coloured_ink(ink, page, others, layout, places.values())
        ink *= _darkening(ink, layout)
        np.minimum(ink, 1, out=ink)
        bands = _bands(ink, page, layout)
        hidden = [_hidden(pulse, divider, band, page.px_per_mm_y) for band in bands]
        edges = without_strays(
            ink, layout, bands, _edges(ink, in_names, sure, bands, page.px_per_mm_x), page.px_per_mm_x
        )
        radius = _pen_radius(edges)
        if known is None:
            ends = find_ends(ink, layout, bands, edges, page.px_per_mm_x, radius)
            touching = touched(anything, pulse, ends.px, bands, edges, page.px_per_mm_x)
            ends.px[touching, 0] = np.nan
            ends = with_breaks(ends, ink, layout.boxes, bands, edges, page.px_per_mm_x, radius, touching)
        axes = time_axes(page, layout, ends, radius, places) if known is None else known
        leads = zip(layout.boxes, axes, bands, edges, hidden, strict=True)
        return axes, [_trace(page, box, axis, band, edge, covered, radius) for box, axis, band, edge, covered in leads]

    axes, traces = followed(layout)
    moved = _moved(layout, axes, TRACE.moved_mm * page.px_per_mm_x, shape[1])
    if moved != layout:
        # The strokes show that columns begin or end elsewhere, so that ink beside the boxes belongs to them.
        _, traces = followed(moved, axes)
    return tuple(traces)


def _in_names(page: Page) -> np.ndarray:
    """Mark where the printed name of a lead may hide a stroke, shape (rows, columns), bool."""
    maps = page.maps
    rows, columns = maps.of("print").shape
    around, wide = (2 * round(mm * maps.px_per_mm) + 1 for mm in (INK.around_print_mm, INK.name_reach_mm))
    centres = maps.names.max(axis=0) > INK.name_seen * 255
    near = scipy.ndimage.maximum_filter(centres, -(-wide // NAMES_STRIDE)).repeat(NAMES_STRIDE, 0)
    printed = scipy.ndimage.maximum_filter(maps.of("print") > INK.faint_print * 255, around)
    printed &= near.repeat(NAMES_STRIDE, 1)[:rows, :columns]
    return np.asarray(Image.fromarray(printed).resize(page.rgb.shape[1::-1], Image.Resampling.NEAREST))


def _moved(layout: Layout, axes: list[TimeAxis], least_px: float, columns: int) -> Layout:
    """Return a layout with its boxes where its leads begin and end, where that is further off than `least_px`.

    A lead whose time axis lies beyond the picture's columns keeps its box: that axis is wrong.
    """
    boxes = []
    for box, axis in zip(layout.boxes, axes, strict=True):
        left, right = axis.start_px, box.right if box.is_strip else axis.at(axis.seconds)
        if min(right, columns) - max(left, 0) <= least_px:
            left, right = box.left, box.right
        if abs(left - box.left) > least_px:
            box = replace(box, left=left)
        if abs(right - box.right) > least_px:
            box = replace(box, right=right)
        boxes.append(box)
    return replace(layout, boxes=tuple(boxes))


def _hidden(pulse: np.ndarray, divider: np.ndarray, band: Band, px_per_mm: float) -> np.ndarray:
    """Mark the columns of a band in which a divider or a pulse hides the trace near its level."""
    reach_px = TRACE.hidden_reach_mm * px_per_mm
    rows = slice(max(0, round(band.baseline - reach_px)), round(band.baseline + reach_px) + 1)
    over = np.maximum(*(label[rows, band.left : band.right] for label in (pulse, divider)))
    return np.asarray(over.mean(axis=0) > TRACE.hidden)


def _darkening(ink: np.ndarray, layout: Layout) -> float:
    """Return the factor that gives a usual column of a stroke full ink: thin strokes are pale everywhere."""
    darkest = [
        ink[max(0, round(box.top)) : round(box.bottom), max(0, round(box.left)) : round(box.right)].max(axis=0)
        for box in layout.boxes
    ]
    usual = float(np.median(np.concatenate(darkest)))
    return 1 / max(usual, INK.palest_stroke)


def _bands(ink: np.ndarray, page: Page, layout: Layout) -> list[Band]:
    """Return where each lead may run: around the row of its box with the most ink, and beyond the page's ends."""
    rows, columns = ink.shape
    outside = ENDS.outside_mm * page.px_per_mm_x
    bands = []
    for box, (at_left, at_right) in zip(layout.boxes, at_page_ends(layout, page.px_per_mm_x), strict=True):
        first, stop = max(0, round(box.top)), min(rows, round(box.bottom))
        baseline = first + _densest_row(ink[first:stop, max(0, round(box.left)) : round(box.right)], page.px_per_mm_y)
        left = max(0, round(box.left - (outside if at_left else TRACE.column_slack_px)))
        right = min(columns, round(box.right + (outside if at_right else TRACE.column_slack_px)))
        reach = TRACE.reach_mm * page.px_per_mm_y
        bands.append(Band(left, right, baseline, reach, box.bottom - box.top))
    return bands


def _densest_row(ink: np.ndarray, px_per_mm: float) -> float:
    """Return the row of a box around which most of its ink lies, but for a frame's straight line beside a trace."""
    smooth_px, ruled_px, apart_px = (mm * px_per_mm for mm in (TRACE.smooth_mm, TRACE.ruled_mm, TRACE.apart_mm))
    profile = ink.sum(axis=1)
    densest = int(scipy.ndimage.gaussian_filter1d(profile, smooth_px).argmax())
    away = np.abs(np.arange(profile.size) - densest)
    inked = ink > INK.level
    is_ruled = inked[away <= ruled_px].any(axis=0).mean() > TRACE.ruled_share
    if is_ruled and inked[away > apart_px].any(axis=0).mean() > TRACE.beside_share:
        profile = np.where(away > ruled_px + 1, profile, 0)
        densest = int(scipy.ndimage.gaussian_filter1d(profile, smooth_px).argmax())
    return float(densest)


def _edges(
    ink: np.ndarray, in_names: np.ndarray, sure: np.ndarray, bands: list[Band], px_per_mm: float
) -> list[np.ndarray]:
    """Return the stroke's edges along each band, in the bands' order.

    `in_names` marks where the name of a lead may hide a stroke and `sure` ink that is a trace's for certain, shape
    (rows, columns), bool.
    """
    reach_px = round(PEN.beyond_path_mm * px_per_mm)
    paths, touching = lead_paths(ink, in_names, bands, px_per_mm)
    return stroke_edges(ink, [band.left for band in bands], paths, reach_px, sure, np.concatenate(touching))


def _pen_radius(edges: list[np.ndarray]) -> float:
    """Return half the pen's width: a low quantile of the strokes' widths, measured square to their slope."""
    widths = np.concatenate(
        [(lower - upper) / np.hypot(1, np.gradient((upper + lower) / 2)) for upper, lower in edges if upper.size > 1]
    )
    widths = widths[np.isfinite(widths)]
    width = float(np.quantile(widths, PEN.width_quantile)) if widths.size else 0.0
    return max(PEN.width_min_px, width) / 2


def _trace(
    page: Page,
    box: LeadBox,
    axis: TimeAxis,
    band: Band,
    edges: np.ndarray,
    hidden: np.ndarray,
    radius: float,
) -> Trace:
    """Digitise one lead between the edges of its stroke."""
    start_px = axis.start_px
    samples = round(axis.seconds * RATE_HZ)
    px_per_sample, px_per_mv = float(axis.px_per_s / RATE_HZ), float(page.px_per_mm_y * page.gain_mm_mv)
    columns = np.arange(band.left, band.left + edges.shape[1])
    own = (columns >= start_px - 0.5) & (columns <= start_px + (samples - 1) * px_per_sample + 0.5)
    upper, lower = np.where(own & ~hidden, edges, np.nan)
    line = pen_line(upper, lower, radius)
    at = start_px + px_per_sample * np.arange(samples)
    bridge_px = max(TRACE.bridge_min_px, TRACE.bridge_max_s * axis.px_per_s)
    rows = _resampled(columns, line, at, bridge_px, hidden, px_per_sample)
    read = np.isfinite(rows)
    level = _most_frequent(rows[read], TRACE.level_mm * page.px_per_mm_y) if read.any() else band.baseline
    mv = ((level - rows) / px_per_mv).astype(np.float32)
    place = (float(start_px), float(level))
    scale = float(px_per_sample), float(px_per_mv)
    return Trace(box.lead, box.role, axis.start_s, mv, float(read.mean()), place, *scale, axis.spread_s)


def _resampled(
    columns: np.ndarray, line: np.ndarray, at: np.ndarray, bridge: float, hidden: np.ndarray, sample_px: float
) -> np.ndarray:
    """Return the line at other columns; NaN in gaps wider than `bridge` pixels, not counting hidden ones.

    Beyond its first and last ink the line is known for one sample of `sample_px` pixels; where something hides its end
    it goes on level for `TRACE.hidden_max_s`, so that it begins when its clock does.
    """
    inked = np.flatnonzero(np.isfinite(line))
    if inked.size < 4:
        return np.full(at.size, np.nan)
    known = columns[inked]
    rows = scipy.interpolate.CubicSpline(known, line[inked])(np.clip(at, known[0], known[-1]))
    # Distances along columns that nothing hides.
    open_columns = np.cumsum(~hidden)
    ends = open_columns[inked]
    after = np.clip(np.searchsorted(known, at), 1, known.size - 1)
    apart = ends[after] - ends[after - 1] > bridge
    far_px = TRACE.hidden_max_s * RATE_HZ * sample_px
    before = hidden[max(0, inked[0] - round(far_px)) : inked[0]].any()
    behind = hidden[inked[-1] + 1 : inked[-1] + 1 + round(far_px)].any()
    outside = (at < known[0] - (far_px if before else sample_px)) | (at > known[-1] + (far_px if behind else sample_px))
    return np.where(apart | outside, np.nan, rows)


def _most_frequent(rows: np.ndarray, width: float) -> float:
    """Return the mean of the densest band of values of this width."""
    ordered = np.sort(rows)
    last = np.searchsorted(ordered, ordered + width, side="right")
    first = int(np.argmax(last - np.arange(ordered.size)))
    return float(np.mean(ordered[first : last[first]]))
