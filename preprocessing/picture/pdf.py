"""Pages of a PDF as pixels, rendered in a child process with limits of time, memory and pixels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

import numpy as np

from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture.config import FILES, PDF
from preprocessing.picture.limited_process import LimitExceededError, Limits, ProcessEndedError, ProcessPool
from preprocessing.picture.pdf_renderer import REQUEST

_RENDERERS = ProcessPool(
    Path(__file__).with_name("pdf_renderer.py"),
    most=PDF.processes,
    most_requests=PDF.pages_per_process,
    most_idle_bytes=PDF.most_idle_mb * 2**20,
    every_seconds=PDF.watch_every_seconds,
)


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
        ``unsupported_format`` when a password is needed; ``damaged_file``; ``too_large``, also for a page that takes
        more time or memory than `PDF` allows.
    """
    rgb, pages = page_of_pdf(data, 0, PDF.dpi, max_pixels)
    if pages == 1:
        return rgb, ()
    return rgb, (Notice("first_page", f"The PDF has {pages} pages; only the first is read."),)


def pages_of_pdf(data: bytes, dpi: float) -> list[np.ndarray]:
    """Render every page of a PDF, shape (rows, columns, 3), uint8 each; raises as `first_page_of_pdf`."""
    first, pages = page_of_pdf(data, 0, dpi)
    return [first, *(page_of_pdf(data, index, dpi)[0] for index in range(1, pages))]


def page_of_pdf(
    data: bytes, index: int, dpi: float = PDF.dpi, max_pixels: int = FILES.max_pixels
) -> tuple[np.ndarray, int]:
    """Render one page, the first is 0; return its pixels and the number of pages. Raises as `first_page_of_pdf`."""
    memory = PDF.most_memory_mb * 2**20
    request = REQUEST.pack(len(data), index, dpi, max_pixels, round(PDF.most_seconds), memory)
    limits = Limits(PDF.most_seconds, PDF.most_wall_seconds, memory)
    try:
        answer, rgb = _RENDERERS.ask([request, data], _received, limits)
    except LimitExceededError as error:
        needed = "memory" if error.limit == "memory" else "time"
        raise EcgImageError(
            "too_large",
            f"The PDF needs too much {needed} to be rendered. Print the report to a new PDF, or export it as an image.",
        ) from error
    except ProcessEndedError as error:
        raise _damaged() from error
    if rgb is None:
        raise _refusal(answer)
    return rgb, int(answer["pages"])


def _received(stream: IO[bytes]) -> tuple[dict[str, Any], np.ndarray | None]:
    """Read the child's answer: what it states, and the pixels unless it states an error."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    answer: dict[str, Any] = json.loads(line)
    if "error" in answer:
        return answer, None
    rows, columns, channels = answer["rows"], answer["columns"], answer["channels"]
    padded = np.empty((rows, answer["stride"]), np.uint8)
    if stream.readinto(padded.data) < padded.size:  # type: ignore[attr-defined]
        raise EOFError
    pixels = padded[:, : columns * channels].reshape(rows, columns, channels)
    return answer, np.repeat(pixels, 3, axis=2) if channels == 1 else np.ascontiguousarray(pixels[..., :3])


def _refusal(answer: dict[str, Any]) -> EcgImageError:
    if answer["error"] == "locked":
        return EcgImageError(
            "unsupported_format", "The PDF is protected by a password. Save a copy without one and open that."
        )
    if answer["error"] == "no_such_page":
        return EcgImageError("damaged_file", "The PDF has no pages. Export the report again.")
    if answer["error"] == "too_large":
        width, height = answer["inches"]
        return EcgImageError(
            "too_large",
            f"The PDF's page is {width:.1f} x {height:.1f} inches, too large for a report. Export the report alone on "
            "A4 or Letter paper.",
        )
    return _damaged()


def _damaged() -> EcgImageError:
    return EcgImageError("damaged_file", "The PDF is damaged or incomplete. Export it again.")
