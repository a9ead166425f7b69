"""Pages that are cheap to read, for benchmarks of what is around the reading: 0.4 s of processor time each."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache
from pathlib import Path

from PIL import Image

from sample_images import RHYTHMS, PageStyle, draw_page, simulate

# The least that is read as twelve leads in good trust: ten seconds in three rows, 882x252 pixels.
STYLE = PageStyle(
    layout="3x4",
    dpi=80,
    width_mm=280.0,
    height_mm=80.0,
    chart_mm=(4.0, 4.0, 276.0, 76.0),
    trace_left_mm=18.0,
    texts=(),
)
# Hearts that are drawn; further files repeat them with another number in their metadata, so that their hashes differ.
HEARTS = 320
# The last chunk of a PNG.
END_BYTES = 12


def write_small_pages(folder: Path, files: int) -> None:
    """Write pages that all differ in their bytes, and among `HEARTS` also in what they show."""
    folder.mkdir(parents=True)
    for number in range(files):
        (folder / f"{number:05d}.png").write_bytes(small_page(number))


def small_page(number: int) -> bytes:
    """Return a page as PNG; every number gives other bytes."""
    page, note = _as_png(number % HEARTS), b"tEXtNumber\0" + str(number).encode()
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    return page[:-END_BYTES] + chunk + page[-END_BYTES:]


@lru_cache(maxsize=HEARTS)
def small_picture(heart: int) -> Image.Image:
    """Draw a page."""
    names = [name for name, kind in RHYTHMS.items() if kind.label]
    return Image.fromarray(draw_page(simulate(names[heart % len(names)], seed=heart), STYLE).image)


@lru_cache(maxsize=HEARTS)
def _as_png(heart: int) -> bytes:
    written = io.BytesIO()
    small_picture(heart).save(written, "PNG")
    return written.getvalue()
