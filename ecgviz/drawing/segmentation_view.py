"""What the segmentation into leads rests on, drawn over the page: landmarks, and what each pixel was taken for."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ecgviz.drawing.pictures import fitted
from preprocessing.leads import Layout
from preprocessing.page import PIXEL_LABELS, PixelMaps

ROW, COLUMN, PULSE, NAME, CHOSEN = (11, 106, 117), (194, 87, 26), (124, 77, 160), (42, 125, 46), (176, 0, 82)
# By the label; grid is pale, because it covers most of a page.
LABEL_COLOURS = dict(
    zip(
        PIXEL_LABELS,
        ((11, 106, 117), (238, 190, 180), (70, 80, 200), (124, 77, 160), (217, 114, 43), (150, 150, 150)),
        strict=True,
    )
)
LEGEND_PX, SWATCH_PX = 34, 18
PAPER, INK = (255, 255, 255), (29, 43, 46)


def found_on_page(rgb: np.ndarray, layout: Layout, chosen: str, max_width_px: int = 1600) -> np.ndarray:
    """Draw rows, columns, pulses and printed names where they were found, and one lead's box.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        The page as read; not modified.
    layout : Layout
        Without evidence, as when it was set by hand, its boxes alone are drawn.
    chosen : str
        `LeadBox.key` of the lead to emphasise.
    max_width_px : int
        Wider pages are shrunk first, so that lines and names stay legible.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    page = fitted(rgb, max_width_px).convert("RGB")
    scale = page.width / rgb.shape[1]
    line_px = max(2, round(page.width / 700))
    font = ImageFont.load_default(size=max(12, round(page.width / 84)))
    draw = ImageDraw.Draw(page)
    found = layout.evidence
    if found is not None:
        top, bottom = min(box.top for box in layout.boxes), max(box.bottom for box in layout.boxes)
        for column in found.columns:
            draw.line((column * scale, top * scale, column * scale, bottom * scale), COLUMN, line_px)
        left, right = found.columns[0] * scale, found.columns[-1] * scale
        for number, row in enumerate(found.baselines, start=1):
            _dashes(draw, left, right, row * scale, line_px)
            draw.text((max(2, left - 5 * line_px), row * scale), f"{number}", font=font, fill=ROW, anchor="rs")
        for pulse in found.pulses:
            draw.rectangle(tuple(edge * scale for edge in pulse), outline=PULSE, width=line_px)
            draw.text((pulse[0] * scale, pulse[1] * scale - line_px), "1 mV", font=font, fill=PULSE, anchor="ls")
        for name in found.names or ():
            around = (name.left - 3, name.top - 3, name.right + 3, name.bottom + 3)
            draw.rectangle(tuple(edge * scale for edge in around), outline=NAME, width=line_px)
    for box in layout.boxes:
        corners = tuple(edge * scale for edge in (box.left, box.top, box.right, box.bottom))
        if box.key == chosen:
            draw.rectangle(corners, outline=CHOSEN, width=2 * line_px)
        place = (corners[0] + 3 * line_px, corners[1] + 2 * line_px)
        draw.text(place, box.id.name, font=font, fill=CHOSEN if box.key == chosen else INK,
                  stroke_width=line_px, stroke_fill=PAPER)  # fmt: skip
    return np.asarray(page)


def label_map(maps: PixelMaps, kept: tuple[float, float, float, float] | None = None) -> np.ndarray:
    """Draw what the segmentation network takes each pixel for, under a legend.

    Parameters
    ----------
    maps : PixelMaps
    kept : tuple of left, top, right, bottom, optional
        Shares of the maps' width and height: what lies outside is left white.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    rows, columns = maps.labels.shape[1:]
    shown = np.full((rows, columns, 3), 255, np.float32)
    # Grid first: strokes lie over it.
    for label in ("outside", "grid", "divider", "print", "pulse", "trace"):
        share = maps.of(label)[..., None].astype(np.float32) / 255
        shown += share * (np.array(LABEL_COLOURS[label], np.float32) - shown)
    if kept is not None:
        left, top, right, bottom = np.rint(np.array(kept) * (columns, rows, columns, rows)).astype(int)
        inside = np.zeros((rows, columns, 1), bool)
        inside[top:bottom, left:right] = True
        shown = np.where(inside, shown, np.float32(255))
    sheet = Image.new("RGB", (columns, rows + LEGEND_PX), PAPER)
    sheet.paste(Image.fromarray(np.rint(shown).astype(np.uint8)), (0, LEGEND_PX))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=SWATCH_PX)
    x, gap = 8.0, (LEGEND_PX - SWATCH_PX) // 2
    for label, colour in LABEL_COLOURS.items():
        draw.rectangle((x, gap, x + SWATCH_PX, gap + SWATCH_PX), colour)
        draw.text((x + SWATCH_PX + 6, gap - 2), label, font=font, fill=INK)
        x += SWATCH_PX + 22 + draw.textlength(label, font=font)
    return np.asarray(sheet)


def _dashes(draw: ImageDraw.ImageDraw, left: float, right: float, y: float, line_px: int) -> None:
    dash = 8 * line_px
    for x in np.arange(left, right, 2 * dash):
        draw.line((x, y, min(x + dash, right), y), ROW, line_px)
