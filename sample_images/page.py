"""A report's page: a recording laid out in a style, printed on squared paper, with its ground truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sample_images.drawing import Drawing, DrawnLead
from sample_images.ink import lettering, print_ink, stroke
from sample_images.leads import Signal
from sample_images.paper import squared_paper
from sample_images.recording import Recording
from sample_images.style import PageStyle

DIVIDER_REACH_MM = 5.5


def draw_page(recording: Recording, page: PageStyle | None = None) -> Drawing:
    """Draw a recording, simulated or real, as a printed report.

    Parameters
    ----------
    recording : printed as far as it lasts; the rest of the paper stays empty
    page : the style; None is `PageStyle()`

    Returns
    -------
    Drawing
        The image with the exact quad, samples and ink of every lead.
    """
    page = page or PageStyle()
    leads = place_leads(recording, page)
    coverage = lettering(page.shape_px, list(_texts(recording, page)))
    pen_px = page.ink_width_mm * page.px_per_mm
    for line_px, width_px in _ruling(page):
        stroke(coverage, line_px, width_px)
    for lead in leads:
        stroke(coverage, lead.trace_px, pen_px)
    return Drawing(
        print_ink(squared_paper(page), coverage, page.ink_rgb),
        "ecg",
        page.px_per_mm,
        leads,
        recording.label,
        recording.rhythm,
        page.layout,
        page.speed_mm_s,
        page.gain_mm_mv,
        recording.rate_hz,
        recording.heart_rate_bpm,
        recording.seed,
    )


def place_leads(recording: Recording, page: PageStyle) -> tuple[DrawnLead, ...]:
    """Lay out every lead on the page: its cell, its time window and the position of each sample."""
    columns = page.plan.columns
    baselines_mm = page.row_baselines_mm
    cells = [
        (lead, "12-lead", row, column, columns)
        for row, names in enumerate(page.plan.rows)
        for column, lead in enumerate(names)
    ]
    cells += [(lead, "rhythm", len(page.plan.rows) + nth, 0, 1) for nth, lead in enumerate(page.plan.strips)]
    placed = []
    for lead, role, row, column, share in cells:
        width_mm = page.trace_width_mm / share
        left_mm = page.trace_left_mm + column * width_mm
        window_s = width_mm / page.speed_mm_s
        start_s = column * window_s
        # The tolerance keeps a sample on the window's edge despite rounding.
        first, stop = (int(np.ceil(s * recording.rate_hz - 1e-6)) for s in (start_s, start_s + window_s))
        samples_mv = recording.lead(lead)[first:stop].copy()
        times_s = (first + np.arange(samples_mv.size)) / recording.rate_hz
        x_mm = left_mm + (times_s - start_s) * page.speed_mm_s
        y_mm = baselines_mm[row] - samples_mv * page.gain_mm_mv
        top_mm, bottom_mm = (baselines_mm[row] + half * page.row_pitch_mm for half in (-0.5, 0.5))
        right_mm = left_mm + width_mm
        quad_mm = [(left_mm, top_mm), (right_mm, top_mm), (right_mm, bottom_mm), (left_mm, bottom_mm)]
        placed.append(
            DrawnLead(
                lead,
                role,
                _pixels(np.array(quad_mm), page),
                first / recording.rate_hz,
                samples_mv,
                _pixels(np.column_stack([x_mm, y_mm]), page),
            )
        )
    return tuple(placed)


def _pixels(points_mm: Signal, page: PageStyle) -> Signal:
    """Convert millimetres from the sheet's corner to pixels with integer centres."""
    return points_mm * page.px_per_mm - 0.5


def _ruling(page: PageStyle) -> Iterator[tuple[Signal, float]]:
    """Yield calibration pulses, dividers and rules, each as points and width in pixels."""
    pen_px = page.ink_width_mm * page.px_per_mm
    gap_mm, foot_mm, top_mm = page.pulse_mm
    starts_mm = {
        "left": page.trace_left_mm - gap_mm - 2 * foot_mm - top_mm,
        "right": page.trace_left_mm + page.trace_width_mm + gap_mm,
    }
    for y_mm in page.row_baselines_mm:
        if page.calibration in starts_mm:
            x_mm = starts_mm[page.calibration] + np.cumsum([0, foot_mm, 0, top_mm, 0, foot_mm])
            up_mm = np.array([0, 0, 1, 1, 0, 0]) * page.gain_mm_mv
            yield _pixels(np.column_stack([x_mm, y_mm - up_mm]), page), pen_px
    lead_rows_mm = page.row_baselines_mm[: len(page.plan.rows)]
    spans_mm = {
        "none": [],
        "short": [(y_mm, y_mm) for y_mm in lead_rows_mm],
        "full": [(lead_rows_mm[0], lead_rows_mm[-1])],
    }
    reach_mm = DIVIDER_REACH_MM if page.dividers == "full" else min(2.5, page.row_pitch_mm / 6)
    for column in range(1, page.plan.columns):
        x = page.trace_left_mm + column * page.trace_width_mm / page.plan.columns
        for top, bottom in spans_mm[page.dividers]:
            yield _pixels(np.array([(x, top - reach_mm), (x, bottom + reach_mm)]), page), pen_px
    for left_mm, y_mm, right_mm, thick_mm in page.rules_mm:
        yield _pixels(np.array([(left_mm, y_mm), (right_mm, y_mm)]), page), thick_mm * page.px_per_mm


def _texts(recording: Recording, page: PageStyle) -> Iterator[tuple[str, tuple[float, float], float, str]]:
    """Yield every line of text with position and size in pixels, and its anchor."""
    scale = page.px_per_mm
    facts = {
        "speed": f"{page.speed_mm_s:g}",
        "gain": f"{page.gain_mm_mv:g}",
        "rate": "--" if recording.heart_rate_bpm is None else f"{recording.heart_rate_bpm:.0f}",
        "layout": page.layout,
        "seed": "--" if recording.seed is None else f"{recording.seed:06d}",
    }
    for text in page.texts:
        place = (text.x_mm * scale, text.y_mm * scale)
        yield text.text.format(**facts), place, text.size_mm * scale, text.anchor
    if not page.names:
        return
    right_mm, up_mm = page.name_mm
    # Close rows leave less room above the baseline.
    up_mm = max(up_mm, -0.42 * page.row_pitch_mm)
    rows = (*page.plan.rows, *((strip,) for strip in page.plan.strips))
    for names, y_mm in zip(rows, page.row_baselines_mm, strict=True):
        for column, name in enumerate(names):
            x_mm = page.trace_left_mm + column * page.trace_width_mm / len(names) + right_mm
            yield name, (x_mm * scale, (y_mm + up_mm) * scale), page.name_size_mm * scale, "ls"
