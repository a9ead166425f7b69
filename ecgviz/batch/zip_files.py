"""The files of a zip archive, one at a time in memory, and never more of them than its limits allow.

Nothing is written to the disk, so a member's path can lead nowhere; it is only a name.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ecgviz.batch.files import NOT_A_PICTURE, BatchFile, as_error, of_the_system, refused
from ecgviz.study import START_BYTES, printable, seems_a_picture
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES

MOST_FILES = 2000
MOST_UNPACKED_BYTES = 2 * 2**30
# A drawn page as a bitmap shrinks to a hundredth; what shrinks further than this is paper without ink, or a bomb.
MOST_RATIO, RATIO_FROM_BYTES = 250, 2**20
ENCRYPTED_FLAG = 0x1
# The mark before each entry of an archive's list of contents.
_LISTED = b"PK\x01\x02"
_CHUNK_BYTES = 2**20
# What Python raises over an archive that is damaged or made to mislead; anything else is a bug and stays one.
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
    "damaged_zip", "This is no zip archive, or it is damaged; make it again, or give the files themselves."
)
_EMPTY_ZIP = Notice("empty_zip", "The zip archive holds no files; choose the one that holds the reports.")
_TOO_MANY = Notice(
    "too_many_files", f"The zip archive holds more than {MOST_FILES} files; make several smaller ones of it."
)
_ENCRYPTED = Notice("encrypted", "The file is locked with a password in its zip archive; pack it again without one.")
_METHOD = Notice("packing_unknown", "The file is packed in a way that is not read here; make an ordinary zip archive.")
_LARGE = Notice(
    "too_large", f"The file is larger than {MAX_BYTES // 2**20} MB; save the report as JPEG or at a lower resolution."
)
_BOMB = Notice(
    "unpacks_too_far",
    f"The file would grow to more than {MOST_RATIO} times its packed size, as no report does, so it was not unpacked.",
)
_TOTAL = Notice(
    "zip_too_large",
    f"With this file the zip archive would unpack to more than {MOST_UNPACKED_BYTES // 2**30} GB; make several smaller "
    "ones of it.",
)
_DAMAGED_FILE = Notice(
    "damaged_file", "The file is damaged in its zip archive; copy it from its source again and pack it anew."
)


def in_zip(stream: BinaryIO) -> list[BatchFile]:
    """List the files of a zip archive by name; what must not be unpacked is listed with its refusal.

    Folders, and what computers add of their own, are left out.

    Parameters
    ----------
    stream : file
        Stays in use as long as the files do.

    Raises
    ------
    EcgImageError
        ``damaged_zip``, ``empty_zip`` or ``too_many_files``.
    """
    try:
        # Before Python lists them: a small archive can name so many that the list alone fills the memory.
        if _listed(stream) > MOST_FILES:
            raise as_error(_TOO_MANY)
        archive = ZipFile(stream)
    except EcgImageError:
        raise
    except _DAMAGE as error:
        raise as_error(_DAMAGED_ZIP) from error
    members = [one for one in archive.infolist() if not one.is_dir() and not of_the_system(one.filename)]
    if not members:
        raise as_error(_EMPTY_ZIP)
    files, unpacked_bytes = [], 0
    for member in sorted(members, key=lambda one: one.filename):
        name, refusal = printable(member.filename), _refusal(member)
        if refusal is None and (unpacked_bytes := unpacked_bytes + member.file_size) > MOST_UNPACKED_BYTES:
            refusal = _TOTAL
        files.append(refused(name, refusal) if refusal else _member(archive, member, name))
    return files


def _refusal(member: ZipInfo) -> Notice | None:
    """Say why a member must not be unpacked. Python unpacks no more than the size that is looked at here."""
    if member.flag_bits & ENCRYPTED_FLAG:
        return _ENCRYPTED
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return _METHOD
    if member.file_size > max(RATIO_FROM_BYTES, MOST_RATIO * member.compress_size):
        return _BOMB
    return _LARGE if member.file_size > MAX_BYTES else None


def _member(archive: ZipFile, member: ZipInfo, name: str) -> BatchFile:
    def content() -> bytes:
        try:
            with archive.open(member) as packed:
                start = packed.read(START_BYTES)
                if not seems_a_picture(name, start):
                    raise as_error(NOT_A_PICTURE)
                return start + packed.read(MAX_BYTES)
        except EcgImageError:
            raise
        except _DAMAGE as error:
            raise as_error(_DAMAGED_FILE) from error

    return BatchFile(name, content)


def _listed(stream: BinaryIO) -> int:
    """Count the entries of an archive's list of contents without making that list."""
    stream.seek(0)
    count, kept = 0, b""
    while chunk := stream.read(_CHUNK_BYTES):
        kept += chunk
        count += kept.count(_LISTED)
        kept = kept[-len(_LISTED) + 1 :]
    return count
