"""Tiny valid files of every format, for mutation: `python -m tests.fuzz_seeds FOLDER` writes them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from tests.dicom_objects import bytes_of, capture, document
from tests.hostile_files import CATALOG, PAGES, pdf_of, stream
from tests.signal_files import aecg_file, csv_file, dicom_waveform, edf_file, recording, wfdb_zip

# Pillow writes HEIC only after this.
pillow_heif.register_heif_opener()

# Samples a second of the signals: files stay small, and all formats allow it.
RATE_HZ = 100.0
# Reading a file of signals draws a page and reads it, which takes a second; pictures of the seeds are too small for it.
SIGNAL_SEEDS = frozenset({"waveform.dcm", "record.zip", "table.csv", "record.edf", "record.xml"})


def seeds() -> dict[str, Callable[[], bytes]]:
    """Return a function for each seed, by a name that ends in the format's usual ending."""
    turned = Image.Exif()
    turned[0x0112] = 6
    return {
        "grey.png": lambda: _saved("PNG", mode="L"),
        "deep.png": lambda: _saved("PNG", mode="I;16"),
        "palette.png": lambda: _saved("PNG", mode="P"),
        "clear.png": lambda: _saved("PNG", mode="RGBA"),
        "frames.png": lambda: _frames("PNG"),
        "baseline.jpg": lambda: _saved("JPEG", exif=turned),
        "progressive.jpg": lambda: _saved("JPEG", progressive=True),
        "cmyk.jpg": lambda: _saved("JPEG", mode="CMYK"),
        "lossy.webp": lambda: _saved("WEBP"),
        "lossless.webp": lambda: _saved("WEBP", lossless=True),
        "frames.webp": lambda: _frames("WEBP"),
        "page.avif": lambda: _saved("AVIF"),
        "page.heic": lambda: _saved("HEIF"),
        "raw.tiff": lambda: _saved("TIFF", exif=turned),
        "packed.tiff": lambda: _saved("TIFF", compression="tiff_lzw"),
        "fax.tiff": lambda: _saved("TIFF", mode="1", compression="group4"),
        "frames.tiff": lambda: _frames("TIFF"),
        "page.bmp": lambda: _saved("BMP"),
        "page.gif": lambda: _saved("GIF"),
        "frames.gif": lambda: _frames("GIF"),
        "picture.pdf": lambda: _saved("PDF"),
        "lines.pdf": _pdf_of_lines,
        "capture.dcm": lambda: bytes_of(capture(np.asarray(_picture()))),
        "document.dcm": lambda: bytes_of(document(_pdf_of_lines())),
        "waveform.dcm": lambda: dicom_waveform(_signals(), RATE_HZ),
        "record.zip": lambda: wfdb_zip(_signals(), RATE_HZ),
        "table.csv": lambda: csv_file(_signals(), RATE_HZ),
        "record.edf": lambda: edf_file(_signals(), RATE_HZ),
        "record.xml": lambda: aecg_file(_signals(), RATE_HZ),
    }


@cache
def _signals() -> np.ndarray:
    return recording(RATE_HZ)


def _picture(shift: int = 0) -> Image.Image:
    """A picture of 64 x 60 pixels in which every byte of a decoder's output differs from its neighbours."""
    y, x = np.mgrid[:60, :64]
    return Image.fromarray(np.stack([x * 4, y * 4, (x + y + shift) * 2], axis=2).astype(np.uint8))


def _saved(file_format: str, mode: str = "RGB", **options: object) -> bytes:
    picture = _picture() if mode == "RGB" else _picture().convert("L" if mode == "I;16" else mode)
    written = io.BytesIO()
    (picture.convert("I;16") if mode == "I;16" else picture).save(written, file_format, **options)
    return written.getvalue()


def _frames(file_format: str) -> bytes:
    written = io.BytesIO()
    _picture().save(written, file_format, save_all=True, append_images=[_picture(20), _picture(40)])
    return written.getvalue()


def _pdf_of_lines() -> bytes:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 40 30] /Contents 4 0 R /Resources << >> >>"
    return pdf_of([CATALOG, PAGES, page, stream(b"1 0 0 RG 0 0 m 40 30 l S 0 30 m 40 0 l S")])


def main() -> None:
    """Write the seeds into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in seeds().items():
        (folder / name).write_bytes(build())


if __name__ == "__main__":
    main()
