"""Pages of a PDF as pixels."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture.config import PDF

if TYPE_CHECKING:
    import pypdfium2 as pdfium

POINTS_PER_INCH = 72
# PDFium keeps global state and must not be entered from two threads.
_ONE_AT_A_TIME = threading.Lock()


def first_page_of_pdf(data: bytes, max_pixels: int) -> tuple[np.ndarray, tuple[Notice, ...]]:
    """Render the first page of a PDF at `PDF.dpi`.

    Parameters
    ----------
    data : bytes
    max_pixels : int
        A page that needs more is refused.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    tuple of Notice

    Raises
    ------
    EcgImageError
        ``unsupported_format`` when a password is needed, ``damaged_file``, ``too_large``.
    """
    # PDFium is loaded with the first PDF: most reports are images, and the app's first page need not wait for it.
    import pypdfium2 as pdfium

    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise EcgImageError(
                    "unsupported_format", "The PDF is protected by a password. Save a copy without one and open that."
                ) from error
            raise _damaged() from error
        try:
            return _first_page(document, max_pixels)
        finally:
            document.close()


def pages_of_pdf(data: bytes, dpi: float) -> list[np.ndarray]:
    """Render every page of an intact PDF, shape (rows, columns, 3), uint8 each."""
    import pypdfium2 as pdfium

    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(data)
        try:
            rendered = [page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True).to_numpy() for page in document]
            return [page[..., :3].copy() for page in rendered]
        finally:
            document.close()


def _first_page(document: pdfium.PdfDocument, max_pixels: int) -> tuple[np.ndarray, tuple[Notice, ...]]:
    import pypdfium2 as pdfium

    pages = len(document)
    if pages == 0:
        raise EcgImageError("damaged_file", "The PDF has no pages. Export the report again.")
    try:
        page = document[0]
        scale = PDF.dpi / POINTS_PER_INCH
        width, height = page.get_size()
        if not 0 < width * height * scale**2 <= max_pixels:
            raise EcgImageError(
                "too_large",
                f"The PDF's page is {width / POINTS_PER_INCH:.1f} x {height / POINTS_PER_INCH:.1f} inches, too "
                "large for a report. Export the report alone on A4 or Letter paper.",
            )
        rendered = page.render(scale=scale, fill_color=(255, 255, 255, 255), rev_byteorder=True).to_numpy()
    except pdfium.PdfiumError as error:
        raise _damaged() from error
    rgb = np.ascontiguousarray(rendered[..., :3]) if rendered.ndim == 3 else np.repeat(rendered[..., None], 3, axis=2)
    if pages == 1:
        return rgb.copy(), ()
    return rgb.copy(), (Notice("first_page", f"The PDF has {pages} pages; only the first is read."),)


def _damaged() -> EcgImageError:
    return EcgImageError("damaged_file", "The PDF is damaged or incomplete. Export it again.")
