"""Files that a command names, as bytes."""

from __future__ import annotations

from preprocessing.decode import MAX_BYTES
from preprocessing.errors import EcgImageError


def bytes_of(file: str) -> bytes:
    """Return a file's content; of an oversized one, the byte more that tells it.

    Raises
    ------
    EcgImageError
        ``unreadable_file`` when it cannot be opened.
    """
    try:
        with open(file, "rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise EcgImageError("unreadable_file", f"{file} could not be opened: {error.strerror}.") from error
