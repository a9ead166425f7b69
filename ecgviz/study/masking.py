"""A page without patient data in its margins: everything outside the traces is painted over.

Text between or over the traces stays, so check a masked page before passing it on.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from ecgviz.study.corrections import Edges
from ecgviz.study.outlines import frame_in_picture
from ecgviz.study.study import Study

GREY = 190
# Margins kept: part of the calibration pulses beside the leads, and their names above the traces.
BESIDE_MM, ABOVE_MM, BELOW_MM = 3.0, 4.0, 1.5


def kept_edges(study: Study) -> Edges:
    """Return left, top, right and bottom of the part kept, in whole pixels of the flat page.

    Boxes of the first row often reach into the header, so the traces set the limits above and below.
    """
    page, boxes = study.page, study.layout.boxes
    height, width = page.rgb.shape[:2]
    beside = BESIDE_MM * page.px_per_mm_x
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    rows = [trace.origin_px[1] - trace.mv[np.isfinite(trace.mv)] * trace.px_per_mv for trace in study.traces]
    if drawn := [row for row in rows if row.size]:
        top = max(top, min(float(row.min()) for row in drawn) - ABOVE_MM * page.px_per_mm_y)
        bottom = min(bottom, max(float(row.max()) for row in drawn) + BELOW_MM * page.px_per_mm_y)
    left, right = min(box.left for box in boxes) - beside, max(box.right for box in boxes) + beside
    return (
        max(0.0, float(np.ceil(left))),
        max(0.0, float(np.ceil(top))),
        min(width - 1.0, float(np.floor(right))),
        min(height - 1.0, float(np.floor(bottom))),
    )


def page_shown(study: Study, hidden: bool) -> np.ndarray:
    """Return the flat page whole, or with `hidden` masked; shape (rows, columns, 3), uint8."""
    rgb = study.page.rgb
    return masked_page(rgb, kept_edges(study)) if hidden else rgb


def masked_page(rgb: np.ndarray, kept: Edges) -> np.ndarray:
    """Paint over a flat page outside the part kept.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        Not modified.
    kept : Edges
        As `kept_edges` returns it; both ends are kept.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8

    Examples
    --------
    >>> import numpy as np
    >>> masked_page(np.zeros((3, 4, 3), np.uint8), (1.0, 1.0, 2.0, 1.0))[:, :, 0].tolist()
    [[190, 190, 190, 190], [190, 0, 0, 190], [190, 190, 190, 190]]
    """
    left, top, right, bottom = map(int, kept)
    stays = np.s_[top : bottom + 1, left : right + 1]
    masked = np.full_like(rgb, GREY)
    masked[stays] = rgb[stays]
    return masked


def masked_picture(study: Study) -> np.ndarray:
    """Return the original image masked, however the page lies in it; shape (rows, columns, 3), uint8."""
    height, width = study.image.rgb.shape[:2]
    corners = [(float(x), float(y)) for x, y in frame_in_picture(study.page, kept_edges(study))]
    stays = Image.new("1", (width, height))
    ImageDraw.Draw(stays).polygon(corners, fill=1)
    return np.where(np.asarray(stays)[:, :, None], study.image.rgb, np.uint8(GREY))
