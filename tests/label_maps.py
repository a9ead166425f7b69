"""Pages whose pixels are labelled by what was drawn, so that a test does not depend on how well the network labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from preprocessing.page import NAMES, NAMES_STRIDE, PIXEL_LABELS, Page, PixelMaps
from sample_images import Drawing, PageStyle, Recording, draw_page
from sample_images.ink import stroke
from sample_images.page import _ruling


def maps_of(shape: tuple[int, int], px_per_mm: float, **shares: np.ndarray) -> PixelMaps:
    """Return maps of some labels, each given as a share in [0, 1]; the other labels are nowhere, and so are names."""
    labels = np.zeros((len(PIXEL_LABELS), *shape), np.uint8)
    for label, share in shares.items():
        labels[PIXEL_LABELS.index(label)] = np.rint(255 * np.asarray(share, float))
    rows, columns = (-(-side // NAMES_STRIDE) for side in shape)
    return PixelMaps(labels, np.zeros((len(NAMES), rows, columns), np.uint8), px_per_mm)


def with_maps(page: Page, **shares: np.ndarray) -> Page:
    """Return a page with maps of its pixels, as `maps_of` takes them."""
    labelled = replace(page)
    labelled.__dict__["maps"] = maps_of(page.rgb.shape[:2], page.px_per_mm_x, **shares)
    return labelled


def drawn_page(recording: Recording, style: PageStyle) -> tuple[Page, Drawing]:
    """Draw a page and label its pixels; its scale is that of its grid, or assumed and right where it has none."""
    drawing = draw_page(recording, style)
    coverage = {label: np.zeros(style.shape_px, np.uint8) for label in ("trace", "print", "pulse", "divider")}
    pen_px = style.ink_width_mm * style.px_per_mm
    for lead in drawing.leads:
        stroke(coverage["trace"], lead.trace_px, pen_px)
    for points, width_px in _ruling(style):
        label = "pulse" if len(points) > 2 else "divider" if points[0, 0] == points[1, 0] else "print"
        stroke(coverage[label], points, width_px)
    scale_from = "assumed" if style.grid == "none" else "grid"
    page = Page(drawing.image, style.px_per_mm, style.px_per_mm, scale_from)
    return with_maps(page, **{label: share / 255 for label, share in coverage.items()}), drawing
