"""The files of a zip archive, unpacked one at a time in memory and within limits.

Nothing is written to disk, so a member's path is only a name.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ecgviz.batch.files import NOT_A_PICTURE, BatchFile, as_error, of_the_system, refused, without_samples
from ecgviz.records import HEADER, packed_record
from ecgviz.study import START_BYTES, printable, seems_a_picture
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES

MOST_FILES = 2000
MOST_UNPACKED_BYTES = 2 * 2**30
# A drawn page as a bitmap compresses to a hundredth; beyond this ratio a file is empty paper or a zip bomb.
MOST_RATIO, RATIO_FROM_BYTES = 250, 2**20
ENCRYPTED_FLAG = 0x1
# The signature of each entry of the central directory.
_ENTRY = b"PK\x01\x02"
_CHUNK_BYTES = 2**20
# What Python raises for damaged or malicious archives; anything else is a bug and stays visible.
_DAMAGE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    IndexError,
)

_DAMAGED_ZIP = Notice(
    "damaged_zip", "The file is not a zip archive, or it is damaged; create it again, or choose the files themselves."
)
_EMPTY_ZIP = Notice("empty_zip", "The zip archive holds no files; choose the one that holds the reports.")
_TOO_MANY = Notice("too_many_files", f"The zip archive holds more than {MOST_FILES} files; split it into smaller ones.")
_ENCRYPTED = Notice(
    "encrypted", "The file is password-protected in its zip archive; create the archive again without a password."
)
_METHOD = Notice(
    "packing_unknown", "The compression method of this file is not supported; create a standard zip archive."
)
_LARGE = Notice(
    "too_large", f"The file is larger than {MAX_BYTES // 2**20} MB; save the report as JPEG or at a lower resolution."
)
_BOMB = Notice(
    "unpacks_too_far",
    f"The file would unpack to more than {MOST_RATIO} times its size, as no report does, so it was not unpacked.",
)
_TOTAL = Notice(
    "zip_too_large",
    f"With this file the zip archive would unpack to more than {MOST_UNPACKED_BYTES // 2**30} GB; split it.",
)
_NO_SAMPLES = Notice(
    "unreadable_file", "A file of samples that this WFDB header names is not beside it in the zip archive; add it."
)
_DAMAGED_FILE = Notice(
    "damaged_file", "The file is damaged in its zip archive; copy it from its source and create the archive again."
)


def in_zip(stream: BinaryIO) -> list[BatchFile]:
    """List the files of a zip archive by name, those that must not be unpacked as refused.

    Folders and files added by operating systems are skipped.

    Parameters
    ----------
    stream : file
        Must stay open while the files are in use.

    Raises
    ------
    EcgImageError
        ``damaged_zip``, ``empty_zip`` or ``too_many_files``.
    """
    try:
        # Before Python lists them: a small archive can name enough entries to fill the memory.
        if _entry_count(stream) > MOST_FILES:
            raise as_error(_TOO_MANY)
        archive = ZipFile(stream)
    except EcgImageError:
        raise
    except _DAMAGE as error:
        raise as_error(_DAMAGED_ZIP) from error
    members = [one for one in archive.infolist() if not one.is_dir() and not of_the_system(one.filename)]
    if not members:
        raise as_error(_EMPTY_ZIP)
    wanted = set(without_samples([one.filename for one in members]))
    files, unpacked_bytes = [], 0
    for member in sorted(members, key=lambda one: one.filename):
        name, refusal = printable(member.filename), _refusal(member)
        if refusal is None and (unpacked_bytes := unpacked_bytes + member.file_size) > MOST_UNPACKED_BYTES:
            refusal = _TOTAL
        if member.filename in wanted:
            files.append(refused(name, refusal) if refusal else _member(archive, member, name))
    return files


def in_zip_at(path: Path) -> list[BatchFile]:
    """List the files of a zip archive on disk, as `in_zip`; any process that sees the archive can open them.

    Raises
    ------
    EcgImageError
        As `in_zip`.
    OSError
        When the archive cannot be opened.
    """
    found = path.stat()
    at = path.resolve(), found.st_mtime_ns, found.st_size
    return [BatchFile(one.file, partial(_content_at, at, place)) for place, one in enumerate(_opened_at(*at))]


def _content_at(at: tuple[Path, int, int], place: int) -> bytes:
    return _opened_at(*at)[place].content()


# Open as long as its files are read; with time and size in the key, an archive that was replaced is opened anew.
@lru_cache(maxsize=1)
def _opened_at(path: Path, modified_ns: int, size: int) -> list[BatchFile]:
    return in_zip(path.open("rb"))


def _refusal(member: ZipInfo) -> Notice | None:
    """Return why a member must not be unpacked. Python unpacks no more than the size checked here."""
    if member.flag_bits & ENCRYPTED_FLAG:
        return _ENCRYPTED
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return _METHOD
    if member.file_size > max(RATIO_FROM_BYTES, MOST_RATIO * member.compress_size):
        return _BOMB
    return _LARGE if member.file_size > MAX_BYTES else None


def _member(archive: ZipFile, member: ZipInfo, name: str) -> BatchFile:
    if name.endswith(HEADER):
        folder, _, own = member.filename.rpartition("/")
        return BatchFile(
            name, lambda: packed_record(own, lambda file: _beside(archive, f"{folder}/{file}".lstrip("/")))
        )

    def content() -> bytes:
        data = _unpacked(archive, member)
        if not seems_a_picture(name, data[:START_BYTES]):
            raise as_error(NOT_A_PICTURE)
        return data

    return BatchFile(name, content)


def _beside(archive: ZipFile, path: str) -> bytes:
    """Return a file of a record."""
    try:
        member = archive.getinfo(path)
    except KeyError as error:
        raise as_error(_NO_SAMPLES) from error
    if (refusal := _refusal(member)) is not None:
        raise as_error(refusal)
    return _unpacked(archive, member)


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    try:
        with archive.open(member) as packed:
            return packed.read(MAX_BYTES + 1)
    except _DAMAGE as error:
        raise as_error(_DAMAGED_FILE) from error


def _entry_count(stream: BinaryIO) -> int:
    """Count the entries of the central directory without building a list of them."""
    stream.seek(0)
    count, kept = 0, b""
    while chunk := stream.read(_CHUNK_BYTES):
        kept += chunk
        count += kept.count(_ENTRY)
        kept = kept[-len(_ENTRY) + 1 :]
    return count
