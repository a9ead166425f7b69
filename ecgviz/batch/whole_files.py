"""Files that are there as a whole or not at all: a full disk leaves what was there before."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, and make its folder where it is missing.

    Parameters
    ----------
    path : Path
        Devices and pipes are written directly.
    content : bytes

    Raises
    ------
    OSError
        With the path as its ``filename``, also where the system names none: a disk that is full, or read only.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        # Hidden, so that no batch takes it for a report.
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
