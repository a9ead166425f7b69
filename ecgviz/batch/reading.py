"""One file of a batch, read: its row, its reading, and the files made from it. Any process can do it."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecgviz.batch.files import as_error
from ecgviz.batch.freed_memory import release_memory
from ecgviz.batch.report_files import report_of, signals_of
from ecgviz.batch.rows import Row, row_of
from ecgviz.batch.settings import NONE, RunSettings
from ecgviz.drawing import pictures
from ecgviz.records import opened
from ecgviz.study import open_study, reading_from, refusal, refusal_of
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES

THUMBNAIL_WIDTH_PX = 160
PROGRAM_ERROR = Notice(
    "program_error",
    "An error in ecgviz ended the reading of this file; the others were read. The log shows where. Please report it to "
    "the project, without the image.",
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """The result of one file.

    Attributes
    ----------
    row : Row
    line : str
        Its reading as JSON, of about 10 kB.
    thumbnail : bytes
        WebP of a few kB; empty without an image, or where none was wanted.
    """

    row: Row
    line: str
    thumbnail: bytes


@dataclass(frozen=True)
class FileResult:
    """What came of a file.

    Attributes
    ----------
    done : Done
    report : tuple of str and bytes, or None
        Name, from the hash, and content of its report.
    signals : tuple of (str, bytes)
        The same of its signals, one in each format.
    """

    done: Done
    report: tuple[str, bytes] | None = None
    signals: tuple[tuple[str, bytes], ...] = ()


def read_file(data: bytes, file: str, settings: RunSettings, thumbnail: bool) -> FileResult:
    """Read a file of a batch; a refusal and a fault of ecgviz are results too.

    Parameters
    ----------
    data : bytes
    file : str
        Its name, printable.
    settings : RunSettings
    thumbnail : bool
        Whether to make one.
    """
    try:
        study = open_study(data, file, with_models=settings.networks, settings=settings.stages)
        reading, rgb = reading_from(study), study.image.rgb
        report = None if settings.reports == NONE else report_of(study, settings.reports)
        signals = signals_of(study, settings.signals)
    except EcgImageError as error:
        return FileResult(_done(refusal_of(data, file, error), _rgb(data) if thumbnail else None))
    except Exception:
        # The one broad except: a bug over one file must not end the batch. It stays visible in the row, in the log
        # with its traceback, and in the command's exit code.
        _LOG.exception("A program error ended the reading of one file of a batch")
        return FileResult(fault(file, hash_of(data)))
    finally:
        release_memory()
    return FileResult(_done(reading, rgb if thumbnail else None, report and report[0]), report, signals)


def unavailable(file: str, error: EcgImageError, sha256: str | None = None) -> Done:
    """Return the result of a file whose bytes are unavailable, or were not read to the end."""
    return _done(refusal(file, sha256, error))


def fault(file: str, sha256: str | None) -> Done:
    """Return the result of a file whose reading ended in a fault of ecgviz, or ended the process."""
    return _done(refusal(file, sha256, as_error(PROGRAM_ERROR)))


def hash_of(data: bytes) -> str | None:
    """Return the sha256 of a file's bytes; None where they are too many to be read."""
    return hashlib.sha256(data).hexdigest() if len(data) <= MAX_BYTES else None


def duplicate(first: Done, file: str) -> Done:
    """Return the result of the same bytes under another name."""
    line = json.dumps({**json.loads(first.line), "file": file}, ensure_ascii=False)
    return replace(first, line=line, row=replace(first.row, file=file, duplicate_of=first.row.file))


def _done(reading: dict[str, Any], rgb: np.ndarray | None = None, report: str | None = None) -> Done:
    small = b"" if rgb is None else pictures.webp(rgb, THUMBNAIL_WIDTH_PX)
    return Done(row_of(reading, report), json.dumps(reading, ensure_ascii=False), small)


def _rgb(data: bytes) -> np.ndarray | None:
    """Return the image of a refused file, where it can be decoded."""
    try:
        return opened(data).image.rgb
    except EcgImageError:
        return None
