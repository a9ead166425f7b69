"""Files from a command or an archive: their bytes, a printable name, and whether they look like images."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ecgviz.records import HEADER, RECORD_ENDINGS, seems_a_record
from preprocessing.errors import EcgImageError
from preprocessing.picture import MAX_BYTES, is_dicom

_PICTURES = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "heic", "heif", "avif", "gif", "pdf", "dcm", "dicom"]
# What may be uploaded: files of signals too.
ACCEPTED = [*_PICTURES, *RECORD_ENDINGS]
# The signature of a PDF may stand anywhere in these first bytes.
START_BYTES = 1024
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def bytes_of(file: str | Path) -> bytes:
    """Return a file's content; of an oversized one, one byte more than is allowed.

    The header of a WFDB record comes with the files beside it that it names, as an archive.

    Raises
    ------
    EcgImageError
        ``unreadable_file`` when it cannot be opened.
    """
    path = Path(file)
    if path.suffix == HEADER:
        # Loaded with the first record: the app's first page need not wait for it.
        from ecgviz.records import packed_record

        return packed_record(path.name, lambda name: _content(path.parent / name))
    return _content(path)


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise EcgImageError(
            "unreadable_file", f"{printable(str(file))} could not be opened: {error.strerror}."
        ) from error


def printable(name: str) -> str:
    """Replace unprintable characters of a file's name: control characters, direction marks, broken bytes.

    Examples
    --------
    >>> printable("beat\\nbeat.png")
    'beat\ufffdbeat.png'
    """
    return "".join(
        one if one.isprintable() or unicodedata.category(one) == "Zs" else "\N{REPLACEMENT CHARACTER}" for one in name
    )


def seems_a_picture(file: str, start: bytes) -> bool:
    """Return whether a file is worth decoding: by its name or first bytes, an image, a PDF, DICOM or signals.

    Parameters
    ----------
    file : str
        Its name.
    start : bytes
        Its first `START_BYTES`, or all of a shorter file.

    Examples
    --------
    >>> seems_a_picture("page.JPG", b""), seems_a_picture("page", b"%PDF-1.7"), seems_a_picture("notes.txt", b"ECG")
    (True, True, False)
    """
    if file.rpartition(".")[2].lower() in _PICTURES or start.startswith(_SIGNATURES) or b"%PDF-" in start:
        return True
    if is_dicom(start) or seems_a_record(start):
        return True
    # WebP, and HEIC and AVIF, begin with a length.
    return start[8:12] == b"WEBP" or start[4:8] == b"ftyp"
