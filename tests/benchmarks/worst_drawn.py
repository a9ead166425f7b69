"""The worst drawn leads as one picture: each page's own crop, the true trace and the read one over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from preprocessing.page import Page
from preprocessing.traces import Trace, trace_leads
from sample_images import DrawnLead
from tests.benchmarks.drawn_signals import Task, read
from tests.benchmarks.trace_scores import Score, key_of

COLUMNS = 2
PANEL_PX, CAPTION_PX, MARGIN_PX = (620, 210), 26, 8
AROUND_MM = 4.0
# A stray trace is shown so far beyond the true one.
STRAY_MM = 10.0
# Lines are drawn larger and shrunk, which smooths them.
OVERSAMPLED = 2
# The true line is wider and shows on both sides of the read one.
TRUE_PX, READ_PX = 4, 2
TRUE_RGB, READ_RGB, TEXT_RGB = (0, 80, 200), (225, 85, 0), (30, 30, 30)


def worst_sheet(worst: Sequence[Score], folder: Path) -> Image.Image:
    """Draw and read the pages of some scores again, and show their leads, two side by side."""
    panel_width, panel_height = PANEL_PX[0] + MARGIN_PX, PANEL_PX[1] + CAPTION_PX + MARGIN_PX
    rows = -(-len(worst) // COLUMNS)
    size = (COLUMNS * panel_width + MARGIN_PX, rows * panel_height + CAPTION_PX + 2 * MARGIN_PX)
    sheet = Image.new("RGB", size, "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=15)
    pen.text((MARGIN_PX, MARGIN_PX), "blue: as drawn", fill=TRUE_RGB, font=font)
    pen.text((MARGIN_PX + 140, MARGIN_PX), "orange: as read", fill=READ_RGB, font=font)
    for number, one in enumerate(worst):
        left = MARGIN_PX + number % COLUMNS * panel_width
        top = CAPTION_PX + MARGIN_PX + number // COLUMNS * panel_height
        panel, is_read = _panel(one, folder)
        kind = one.style if one.split in ("styles", "other") else f"{one.split}, {one.style}"
        caption = f"{kind}: row {one.row}, {one.lead.replace('_', ' ')}, {one.snr_db:.1f} dB"
        pen.text((left, top), caption + ("" if is_read else ", not read"), fill=TEXT_RGB, font=font)
        sheet.paste(panel, (left, top + CAPTION_PX))
    return sheet


def _panel(one: Score, folder: Path) -> tuple[Image.Image, bool]:
    """Return the crop around one lead with its two traces, and whether there is a read one."""
    seen, page, layout = read(Task(one.split, one.style, one.row, by_truth=False, folder=folder))
    lead = next(lead for lead in seen.leads if key_of(lead) == one.lead)
    traces = {trace.key: trace for trace in trace_leads(page, layout)} if page and layout else {}
    lines = [(lead.trace_px, TRUE_RGB, TRUE_PX)]
    if page and one.lead in traces:
        lines.append((_places(page, traces[one.lead]), READ_RGB, READ_PX))
    left, top, right, bottom = _extent(lead, [points for points, *_ in lines], seen.px_per_mm)
    # Beyond the picture's edge there is nothing to show.
    left, top = max(0.0, left), max(0.0, top)
    right, bottom = min(seen.image.shape[1], right), min(seen.image.shape[0], bottom)
    scale = min(PANEL_PX[0] / (right - left), PANEL_PX[1] / (bottom - top)) * OVERSAMPLED
    size = round((right - left) * scale), round((bottom - top) * scale)
    crop = Image.fromarray(seen.image).resize(size, Image.Resampling.LANCZOS, box=(left, top, right, bottom))
    pen = ImageDraw.Draw(crop)
    for points, rgb, width in lines:
        for piece in _pieces((points + 0.5 - (left, top)) * scale):
            pen.line([tuple(point) for point in piece], fill=rgb, width=width * OVERSAMPLED, joint="curve")
    shown = crop.resize((size[0] // OVERSAMPLED, size[1] // OVERSAMPLED), Image.Resampling.LANCZOS)
    return shown, len(lines) > 1


def _places(page: Page, trace: Trace) -> np.ndarray:
    """Return where the samples of a trace lie in the picture, shape (n, 2) of x, y; NaN where none was read."""
    x, y = trace.origin_px
    samples = np.arange(trace.mv.size)
    return page.to_picture(np.column_stack([x + samples * trace.px_per_sample, y - trace.mv * trace.px_per_mv]))


def _extent(lead: DrawnLead, lines: Sequence[np.ndarray], px_per_mm: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is shown: the true trace, and the read one near it."""
    low, high = np.nanmin(lead.trace_px, axis=0), np.nanmax(lead.trace_px, axis=0)
    stray = STRAY_MM * px_per_mm
    both = np.clip(np.concatenate(lines), low - stray, high + stray)
    around = AROUND_MM * px_per_mm
    return (*(np.nanmin(both, axis=0) - around).tolist(), *(np.nanmax(both, axis=0) + around).tolist())


def _pieces(points: np.ndarray) -> list[np.ndarray]:
    """Split a line where it has gaps."""
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    return [points[run] for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1) if run.size > 1]
