"""Sources of a batch by address: a list of files, or a place that `fsspec` can open, such as an object store.

The process that reads a file opens it: its bytes do not pass through the one that lists it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ecgviz.batch.files import NOT_A_PICTURE, BatchFile, as_error, of_the_system, without_samples
from ecgviz.batch.sources import on_disk
from ecgviz.records import HEADER, packed_record
from ecgviz.study import START_BYTES, printable, seems_a_picture
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES

SCHEME = "://"
_UNREACHABLE = Notice("unreadable_file", "The file could not be opened at its address; check that it is there.")
_LIST_UNREADABLE = Notice("list_unreadable", "The list of files is no text; write one path or address per line.")


def in_list(path: Path) -> list[BatchFile]:
    """List the files that a text file names, one path or address per line; paths are relative to the text file.

    Raises
    ------
    EcgImageError
        ``list_unreadable``.
    OSError
        When it cannot be opened.
    """
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    except UnicodeDecodeError as error:
        raise as_error(_LIST_UNREADABLE) from error
    named = dict.fromkeys(line for line in lines if line and not line.startswith("#"))
    return [_named(line, path.parent) for line in named]


def at_address(address: str) -> list[BatchFile]:
    """List the files of a folder at an address, subfolders included, by name; or the one file that it names.

    Raises
    ------
    EcgImageError
        ``source_unreachable`` when nothing is there, or what opens such addresses is not installed.
    """
    import fsspec

    try:
        system, root = fsspec.core.url_to_fs(address)
        found = system.find(root)
    except (OSError, ImportError, ValueError) as error:
        raise EcgImageError(
            "source_unreachable", f"Nothing could be listed at this address: {error}. Check the address."
        ) from error
    if not found:
        raise EcgImageError("source_unreachable", "Nothing is at this address, or it is empty; check the address.")
    folder = "" if found == [root] else root.rstrip("/") + "/"
    inside = [path for path in sorted(found) if not of_the_system(path.removeprefix(folder))]
    return [
        BatchFile(printable(path.removeprefix(folder)), partial(_at, system.unstrip_protocol(path)))
        for path in without_samples(inside)
    ]


def _named(line: str, folder: Path) -> BatchFile:
    return BatchFile(printable(line), partial(_at, line) if SCHEME in line else partial(on_disk, folder / line))


def _at(address: str) -> bytes:
    """Return the bytes of a file at an address, no more than are read of a file."""
    if address.endswith(HEADER):
        folder, _, own = address.rpartition("/")
        return packed_record(own, lambda name: _bytes(f"{folder}/{name}"))
    data = _bytes(address)
    if not seems_a_picture(address, data[:START_BYTES]):
        raise as_error(NOT_A_PICTURE)
    return data


def _bytes(address: str) -> bytes:
    import fsspec

    try:
        with fsspec.open(address, "rb") as file:
            data: bytes = file.read(MAX_BYTES + 1)
    except (OSError, ImportError, ValueError) as error:
        raise as_error(_UNREACHABLE) from error
    return data
