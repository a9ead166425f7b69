"""A file of a batch before it is read: a printable name and a way to its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from ecgviz.records import HEADER
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES

NOT_A_PICTURE = Notice(
    "not_a_picture",
    "Neither name nor content is that of an image, a PDF, DICOM or signals, so the file was not read; export the "
    "report as an image or PDF.",
)
# Endings of files that belong to a WFDB record: samples and annotations.
_WITH_HEADER = (".dat", ".mat", ".atr", ".qrs", ".xws")
# Files that operating systems add.
_OF_THE_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class BatchFile:
    """A file to be read.

    Attributes
    ----------
    file : str
        Its name, printable.
    content : callable
        Returns its bytes, or raises `EcgImageError` where they are unavailable or must not be read.
    """

    file: str
    content: Callable[[], bytes]


def refused(file: str, why: Notice) -> BatchFile:
    """Return a file that is refused without being read."""

    def content() -> NoReturn:
        raise as_error(why)

    return BatchFile(file, content)


def sha256_of(file: BatchFile) -> str | None:
    """Return the hash of a file's bytes; None where they are unavailable or too many to be read."""
    try:
        data = file.content()
    except EcgImageError:
        return None
    return hashlib.sha256(data).hexdigest() if len(data) <= MAX_BYTES else None


def as_error(why: Notice) -> EcgImageError:
    """Return a new error: one raised repeatedly would keep its first traceback, and all it holds, in memory."""
    return EcgImageError(why.code, why.message)


def without_samples(paths: Sequence[str]) -> list[str]:
    """Leave out the files of samples that come with the header of a WFDB record, which is one file of the batch.

    Examples
    --------
    >>> without_samples(["a/100.dat", "a/100.hea", "b/100.dat"])
    ['a/100.hea', 'b/100.dat']
    """
    records = {path.removesuffix(HEADER) for path in paths if path.endswith(HEADER)}
    return [path for path in paths if not (path.endswith(_WITH_HEADER) and path.rpartition(".")[0] in records)]


def of_the_system(path: str) -> bool:
    """Return whether a file is hidden or was added by the operating system.

    Parameters
    ----------
    path : str
        Within the folder or archive; hidden folders count as well.

    Examples
    --------
    >>> of_the_system("__MACOSX/reports/._a.png"), of_the_system("reports/a.png")
    (True, False)
    """
    parts = [part for part in re.split(r"[\\/]", path) if part not in {"", ".", ".."}]
    return any(part.startswith(".") or part.lower() in _OF_THE_SYSTEM for part in parts)
