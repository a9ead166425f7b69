"""Where the files of a batch come from: a folder, a zip archive, or what the browser sent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Protocol

from ecgviz.batch.files import NOT_A_PICTURE, BatchFile, as_error, of_the_system, refused
from ecgviz.batch.zip_files import in_zip
from ecgviz.study import START_BYTES, bytes_of, printable, seems_a_picture
from preprocessing.errors import EcgImageError, Notice

# What was sent stays in memory as long as its batch does, so that each report can be opened. With the reports that are
# made of it, and what reading takes, a session stays within 300 MB.
MOST_SENT_BYTES = 100 * 2**20
SENT_TOO_MUCH = Notice(
    "batch_too_large",
    f"With this file more than {MOST_SENT_BYTES // 2**20} MB were sent at once; send fewer files, or read them by the "
    "command line.",
)
_NO_FILE = Notice("unreadable_file", "This is no ordinary file, or it leads nowhere; copy the file itself here.")


class Upload(Protocol):
    """What the browser sent."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


def of_uploads(uploads: Iterable[Upload]) -> list[BatchFile]:
    """List uploaded files in their order, those of a zip archive in its place.

    A zip archive that cannot be opened is one file with its refusal.
    """
    files, sent_bytes = [], 0
    for upload in uploads:
        name, data = printable(upload.name), upload.getvalue()
        sent_bytes += len(data)
        if sent_bytes > MOST_SENT_BYTES:
            files.append(refused(name, SENT_TOO_MUCH))
        elif name.lower().endswith(".zip"):
            files += _of_zip(name, data)
        else:
            files.append(BatchFile(name, upload.getvalue))
    return files


def in_folder(folder: Path, leave_out: Path) -> list[BatchFile]:
    """List the files of a folder and of those within it, by name; links to other folders are not followed.

    Parameters
    ----------
    folder : Path
    leave_out : Path
        Where results are written: it may lie in the folder, and is no part of the batch.

    Raises
    ------
    OSError
        When the folder cannot be listed.
    """
    next(folder.iterdir(), None)  # `walk` would pass over a folder that cannot be opened without a word.
    paths = sorted(_within(folder, leave_out.resolve()), key=lambda path: path.relative_to(folder).as_posix())
    return [BatchFile(printable(path.relative_to(folder).as_posix()), partial(_on_disk, path)) for path in paths]


def _of_zip(name: str, data: bytes) -> list[BatchFile]:
    try:
        return [BatchFile(f"{name}/{one.file}", one.content) for one in in_zip(BytesIO(data))]
    except EcgImageError as refusal:
        return [refused(name, Notice(refusal.code, refusal.message))]


def _within(folder: Path, leave_out: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = [one for one in folders if not of_the_system(one) and (here / one).resolve() != leave_out]
        yield from (here / name for name in names if not of_the_system(name))


def _on_disk(path: Path) -> bytes:
    # What is no ordinary file, such as a pipe, could keep a batch waiting for ever.
    if not os.path.isfile(path):  # noqa: PTH113 - unlike the path's own, it raises nothing
        raise as_error(_NO_FILE)
    data = bytes_of(str(path))
    if not seems_a_picture(path.name, data[:START_BYTES]):
        raise as_error(NOT_A_PICTURE)
    return data
