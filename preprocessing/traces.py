"""The printed leads as signals: millivolts over seconds, each sample with its place on the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter1d

from preprocessing.ink_path import Band
from preprocessing.layout import Layout, LeadBox
from preprocessing.lead_paths import lead_paths
from preprocessing.page import Page
from preprocessing.ruling import erase_ruling
from preprocessing.stroke import pen_line, stroke_edges
from preprocessing.time_axis import TimeAxis, lengths_s, time_axes

RATE_HZ = 500
REACH_MM = 42.0
# How far beyond a page's first and last column its trace's ends are looked for, and from how far inside.
OUTSIDE_MM, INSIDE_MM = 5.0, 20.0
# By how much a box's edge between two columns may be off.
COLUMN_SLACK_PX = 6.0
LEAST_PEN_PX = 1.0
PEN_QUANTILE = 0.3
# Paler than this nothing is taken for ink.
PALEST_INK = 0.3
# By how much a way may miss the tips of its stroke.
BEYOND_WAY_MM = 2.5
# What a divider hides is carried over; a longer stretch without ink is a gap.
LONGEST_BRIDGE_S = 0.012


@dataclass(frozen=True)
class Trace:
    """One lead as a signal.

    Attributes
    ----------
    lead, role : str
        As in its `LeadBox`.
    start_s : float
        Time of the first sample on the page's own clock.
    mv : ndarray, shape (n,), float32
        Samples at `RATE_HZ`, in mV; NaN where nothing is printed or read. 0 mV is the lead's most frequent level.
    quality : float
        0 to 1: the share of its time that was read.
    origin_px : tuple of float
        Where sample 0 would lie at 0 mV: column and row of the page.
    px_per_sample, px_per_mv : float
        Sample i at v mV lies at (x + i * px_per_sample, y - v * px_per_mv).
    """

    lead: str
    role: str
    start_s: float
    mv: np.ndarray
    quality: float
    origin_px: tuple[float, float]
    px_per_sample: float
    px_per_mv: float

    @property
    def key(self) -> str:
        """A name that no other trace of the page has."""
        return f"{self.lead}_rhythm" if self.role == "rhythm" else self.lead


def trace_leads(page: Page, layout: Layout) -> tuple[Trace, ...]:
    """Read every lead of a page.

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
    ink = page.ink
    ink = np.minimum(ink * _darkening(ink, layout), 1)
    hidden, dividers = erase_ruling(ink, layout, page.px_per_mm_x)
    bands = _bands(ink, page, layout)
    edges = _edges(ink, hidden, bands, page.px_per_mm_x)
    radius = _pen_radius(edges)
    axes = time_axes(page, layout, _ends(ink, layout, bands, edges, page), radius, dividers)
    leads = zip(layout.boxes, axes, lengths_s(layout), bands, edges, strict=True)
    return tuple(_trace(page, *lead, radius, hidden) for lead in leads)


def _darkening(ink: np.ndarray, layout: Layout) -> float:
    """Return by how much to darken ink so that a column of a stroke has full ink: thin ones are pale everywhere."""
    darkest = [
        ink[max(0, round(box.top)) : round(box.bottom), max(0, round(box.left)) : round(box.right)].max(axis=0)
        for box in layout.boxes
    ]
    usual = float(np.median(np.concatenate(darkest)))
    return 1 / max(usual, PALEST_INK)


def _bands(ink: np.ndarray, page: Page, layout: Layout) -> list[Band]:
    """Say where each lead may run: around the row in its box that holds the most ink, and beyond the page's ends."""
    rows, columns = ink.shape
    page_left, page_right = min(box.left for box in layout.boxes), max(box.right for box in layout.boxes)
    outside = OUTSIDE_MM * page.px_per_mm_x
    bands = []
    for box in layout.boxes:
        first, stop = max(0, round(box.top)), min(rows, round(box.bottom))
        profile = ink[first:stop, max(0, round(box.left)) : round(box.right)].sum(axis=1)
        baseline = first + float(gaussian_filter1d(profile, 0.5 * page.px_per_mm_y).argmax())
        at_left, at_right = box.left - page_left < outside, page_right - box.right < outside
        left = max(0, round(box.left - (outside if at_left else COLUMN_SLACK_PX)))
        right = min(columns, round(box.right + (outside if at_right else COLUMN_SLACK_PX)))
        reach = REACH_MM * page.px_per_mm_y
        bands.append(Band(left, right, baseline, reach, box.bottom - box.top))
    return bands


def _edges(ink: np.ndarray, hidden: np.ndarray, bands: list[Band], px_per_mm: float) -> list[np.ndarray]:
    """Return the stroke's edges along each band, in the bands' order."""
    reach_px = round(BEYOND_WAY_MM * px_per_mm)
    paths = zip(bands, lead_paths(ink, hidden, bands, px_per_mm), strict=True)
    return [stroke_edges(ink, band.left, path.enters, path.leaves, reach_px) for band, path in paths]


def _pen_radius(edges: list[np.ndarray]) -> float:
    """Return half the pen's width: what the thinner third of all columns shows, sloping strokes seen squarely."""
    widths = np.concatenate(
        [(lower - upper) / np.hypot(1, np.gradient((upper + lower) / 2)) for upper, lower in edges if upper.size > 1]
    )
    widths = widths[np.isfinite(widths)]
    return max(LEAST_PEN_PX, float(np.quantile(widths, PEN_QUANTILE))) / 2 if widths.size else LEAST_PEN_PX / 2


def _ends(ink: np.ndarray, layout: Layout, bands: list[Band], edges: list[np.ndarray], page: Page) -> np.ndarray:
    """Return where the ink of each lead begins and ends, shape (boxes, 2); NaN where paper does not follow."""
    inside = INSIDE_MM * page.px_per_mm_x
    ends = np.full((len(bands), 2), np.nan)
    for index, (box, band, edge) in enumerate(zip(layout.boxes, bands, edges, strict=True)):
        inked = np.isfinite(edge[0])
        gaps = np.flatnonzero(~inked[: round(box.left + inside) - band.left])
        if gaps.size:
            ends[index, 0] = _stroke_end(ink, band.left, edge, int(gaps[-1]) + 1, -1)
        start = max(0, round(box.right - inside) - band.left)
        gaps = np.flatnonzero(~inked[start:])
        if gaps.size:
            ends[index, 1] = _stroke_end(ink, band.left, edge, start + int(gaps[0]) - 1, 1)
    return ends


def _stroke_end(ink: np.ndarray, left: int, edges: np.ndarray, last: int, outwards: int) -> float:
    """Return where a stroke ends beyond its last inked column, by the shades of its last columns.

    Whichever way it runs, a round pen reaches its radius beyond its last point there.
    """
    columns = left + last + outwards * np.arange(-3, 4)
    inner = [last - 2 * outwards, last - outwards, last]
    if min(columns.min(), *inner) < 0 or columns.max() >= ink.shape[1] or max(inner) >= edges.shape[1]:
        return np.nan
    if not np.isfinite(edges[:, inner]).all():
        return np.nan
    top, bottom = edges[0, inner].min(), edges[1, inner].max()
    darkest = ink[max(0, round(top) - 2) : round(bottom) + 3, columns].max(axis=0)
    return float(columns[0] + outwards * (np.minimum(1, darkest / darkest[:3].mean()).sum() - 0.5))


def _trace(
    page: Page,
    box: LeadBox,
    axis: TimeAxis,
    length_s: float,
    band: Band,
    edges: np.ndarray,
    radius: float,
    hidden: np.ndarray,
) -> Trace:
    """Read one lead between its edges of ink."""
    start_px = axis.at(box.start_s)
    samples = round(length_s * RATE_HZ)
    px_per_sample = axis.px_per_s / RATE_HZ
    px_per_mv = page.px_per_mm_y * page.gain_mm_mv
    columns = np.arange(band.left, band.left + edges.shape[1])
    own = (columns >= start_px - 0.5) & (columns <= start_px + (samples - 1) * px_per_sample + 0.5)
    # No divider crosses a strip.
    hidden = hidden[columns] & (box.role != "rhythm")
    upper, lower = np.where(own & ~hidden, edges, np.nan)
    line = pen_line(upper, lower, radius)
    at = start_px + px_per_sample * np.arange(samples)
    rows = _resampled(columns, line, at, max(2.5, LONGEST_BRIDGE_S * axis.px_per_s), hidden)
    read = np.isfinite(rows)
    level = _most_frequent(rows[read], 0.5 * page.px_per_mm_y) if read.any() else band.baseline
    mv = ((level - rows) / px_per_mv).astype(np.float32)
    place = (float(start_px), float(level))
    return Trace(box.lead, box.role, box.start_s, mv, float(read.mean()), place, float(px_per_sample), float(px_per_mv))


def _resampled(columns: np.ndarray, line: np.ndarray, at: np.ndarray, bridge: float, hidden: np.ndarray) -> np.ndarray:
    """Return the line at other places, NaN where no column holds it within `bridge`, not counting hidden ones."""
    inked = np.flatnonzero(np.isfinite(line))
    if inked.size < 4:
        return np.full(at.size, np.nan)
    known = columns[inked]
    rows = CubicSpline(known, line[inked])(np.clip(at, known[0], known[-1]))
    # Distances along paper that a divider does not hide.
    open_px = np.interp(at, columns, np.cumsum(~hidden))
    ends = np.cumsum(~hidden)[inked]
    after = np.clip(np.searchsorted(known, at), 1, known.size - 1)
    apart = ends[after] - ends[after - 1] > bridge
    outside = (open_px < ends[0] - bridge) | (open_px > ends[-1] + bridge)
    return np.where(apart | outside, np.nan, rows)


def _most_frequent(rows: np.ndarray, width: float) -> float:
    """Return the level around which most of the values lie, to within `width`."""
    ordered = np.sort(rows)
    last = np.searchsorted(ordered, ordered + width, side="right")
    first = int(np.argmax(last - np.arange(ordered.size)))
    return float(np.mean(ordered[first : last[first]]))
