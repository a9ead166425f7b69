"""The pages of a PDF, for a person to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

from preprocessing.picture import is_pdf, page_of_pdf

# A thumbnail of A4 is 250 pixels wide; more than a dozen pages are a document, not a report.
THUMBNAIL_DPI, MOST_PAGES = 30.0, 12


@dataclass(frozen=True)
class PdfPages:
    """The number of pages of a PDF, and the first `MOST_PAGES` as small pictures, shape (rows, columns, 3), uint8."""

    count: int
    thumbnails: tuple[np.ndarray, ...]


def pages_to_choose(data: bytes) -> PdfPages | None:
    """Return the pages of a PDF; None for one page, or another file.

    Raises
    ------
    EcgImageError
        As `decode`, when the PDF cannot be rendered.
    """
    if not is_pdf(data):
        return None
    first, count = page_of_pdf(data, 0, THUMBNAIL_DPI)
    if count == 1:
        return None
    others = (page_of_pdf(data, index, THUMBNAIL_DPI)[0] for index in range(1, min(count, MOST_PAGES)))
    return PdfPages(count, (first, *others))


def page_as_png(data: bytes, index: int) -> bytes:
    """Return one page of a PDF as a file of its own, at the resolution at which PDFs are read."""
    rgb, _ = page_of_pdf(data, index)
    file = BytesIO()
    Image.fromarray(rgb).save(file, "PNG", compress_level=1)
    return file.getvalue()
