"""A file of a batch before its turn: a name that can be shown, and a way to its bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from preprocessing.errors import EcgImageError, Notice

NOT_A_PICTURE = Notice(
    "not_a_picture",
    "Neither its name nor its content is that of a picture or a PDF, so it was not tried; of a report in another "
    "format, export a picture.",
)
# What computers put beside a person's files.
_OF_THE_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class BatchFile:
    """A file whose turn comes.

    Attributes
    ----------
    file : str
        Its name as the person knows it, fit to be shown.
    content : callable
        Returns its bytes, or raises `EcgImageError` where they cannot be had or should not be tried.
    """

    file: str
    content: Callable[[], bytes]


def refused(file: str, why: Notice) -> BatchFile:
    """Return a file that is known to be refused before its turn."""

    def content() -> NoReturn:
        raise as_error(why)

    return BatchFile(file, content)


def as_error(why: Notice) -> EcgImageError:
    """Return a fresh error: one that is raised again and again would hold on to all that its first road held."""
    return EcgImageError(why.code, why.message)


def of_the_system(path: str) -> bool:
    """Tell whether a file is none of the person's own: hidden, or put there by the computer.

    Parameters
    ----------
    path : str
        Within the folder or the archive; its folders count as well.

    Examples
    --------
    >>> of_the_system("__MACOSX/reports/._a.png"), of_the_system("reports/a.png")
    (True, False)
    """
    parts = [part for part in re.split(r"[\\/]", path) if part not in {"", ".", ".."}]
    return any(part.startswith(".") or part.lower() in _OF_THE_SYSTEM for part in parts)
