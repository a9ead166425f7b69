"""Scans of a JPEG and strips of a TIFF, counted before a decoder works through them one by one."""

from __future__ import annotations

import re
import struct

from preprocessing.errors import EcgImageError
from preprocessing.picture.config import FILES

# What ends a scan's data: any marker but a stuffed byte, a restart and fill bytes.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
# TIFF types whose values are single bytes: profiles and notes, which are read as a whole.
_BYTES = (1, 2, 6, 7)


def refuse_too_many_parts(data: bytes) -> None:
    """Refuse a JPEG of too many scans and a TIFF of too many strips; leave every other file alone.

    Raises
    ------
    EcgImageError
        ``too_complex``.

    Examples
    --------
    >>> refuse_too_many_parts(b"not an image")
    """
    if data.startswith(b"\xff\xd8"):
        too_many = _scans(data, FILES.max_scans) > FILES.max_scans
    elif data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        too_many = _longest_table(data) > FILES.max_strips
    else:
        return
    if too_many:
        raise EcgImageError(
            "too_complex",
            "The image is stored in more parts than any scanner or camera writes. Open it in another program and save "
            "it again.",
        )


def _scans(data: bytes, most: int) -> int:
    """Count the scans of a JPEG, at most one more than `most`."""
    scans, at = 0, 2
    while scans <= most and (marker := _NEXT_MARKER.search(data, at)):
        kind, at = data[marker.start() + 1], marker.end()
        if kind == _END_OF_IMAGE:
            break
        scans += kind == _START_OF_SCAN
        if len(data) < at + 2:
            break
        at += int.from_bytes(data[at : at + 2], "big")
    return scans


def _longest_table(data: bytes) -> int:
    """Return how many numbers the longest table of a TIFF's first image has; 0 where it cannot be read."""
    order = "<" if data[:2] == b"II" else ">"
    is_big = data[2:4] in (b"+\0", b"\0+")
    try:
        (start,) = struct.unpack_from(order + "Q", data, 8) if is_big else struct.unpack_from(order + "I", data, 4)
        (entries,) = struct.unpack_from(order + ("Q" if is_big else "H"), data, start)
        entry, first = (order + "HHQ8x", start + 8) if is_big else (order + "HHI4x", start + 2)
        size = struct.calcsize(entry)
        # A file cannot hold more entries than fit into it, whatever it states.
        fit = max(0, min(entries, (len(data) - first) // size))
        fields = struct.iter_unpack(entry, data[first : first + fit * size])
        return max((count for _, kind, count in fields if kind not in _BYTES), default=0)
    except (struct.error, OverflowError):
        # An offset of 64 bits may lie beyond any memory.
        return 0
