"""Sources of a batch: a folder, a zip archive, or uploads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Protocol

from ecgviz.batch.files import NOT_A_PICTURE, BatchFile, as_error, of_the_system, refused, without_samples
from ecgviz.batch.zip_files import in_zip
from ecgviz.records import HEADER
from ecgviz.study import START_BYTES, bytes_of, printable, seems_a_picture
from preprocessing.errors import EcgImageError, Notice

# Uploads stay in memory with their batch, because each report can be opened from its row. With the reports written and
# the memory of reading, a session stays within 300 MB.
MOST_SENT_BYTES = 100 * 2**20
SENT_TOO_MUCH = Notice(
    "batch_too_large",
    f"With this file the upload exceeds {MOST_SENT_BYTES // 2**20} MB; upload fewer files, or use the command line.",
)
_NO_FILE = Notice("unreadable_file", "This is not a regular file, or its link is broken; copy the file itself here.")


class Upload(Protocol):
    """An uploaded file."""

    name: str

    def getvalue(self) -> bytes:
        """Return its bytes."""


def of_uploads(uploads: Iterable[Upload]) -> list[BatchFile]:
    """List uploaded files in order, with a zip archive replaced by its files.

    A zip archive that cannot be opened is one refused file.
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
    """List the files of a folder and its subfolders by name, without following links to folders.

    Parameters
    ----------
    folder : Path
    leave_out : Path
        Folder of the results, which may lie inside and is skipped.

    Raises
    ------
    OSError
        When the folder cannot be listed.
    """
    next(folder.iterdir(), None)  # `walk` silently skips a folder that cannot be opened.
    paths = sorted(_within(folder, leave_out.resolve()), key=lambda path: path.relative_to(folder).as_posix())
    names = without_samples([path.relative_to(folder).as_posix() for path in paths])
    return [BatchFile(printable(name), partial(on_disk, folder / name)) for name in names]


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


def on_disk(path: Path) -> bytes:
    """Return the bytes of a file of a folder."""
    # Reading a special file, such as a pipe, could block the batch for ever.
    if not os.path.isfile(path):  # noqa: PTH113 - unlike Path.is_file, it never raises
        raise as_error(_NO_FILE)
    data = bytes_of(str(path))
    if path.suffix != HEADER and not seems_a_picture(path.name, data[:START_BYTES]):
        raise as_error(NOT_A_PICTURE)
    return data
