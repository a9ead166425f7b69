"""Labels from a CSV with the columns ``file,label`` or ``sha256,label``."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.classes import CLASSES
from preprocessing.errors import EcgImageError

SEPARATORS = ",;\t"
# Of a table of 2000 files; larger ones are something else.
MOST_BYTES = 2 * 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BY_WORDS = {label.casefold(): label for label in CLASSES}


@dataclass(frozen=True)
class Labels:
    """The true class of reports by file name or hash.

    Attributes
    ----------
    key : str
        ``file`` or ``sha256``: the column that names the reports.
    by_key : dict of str to str
        The class of each, as in `CLASSES`.
    """

    key: Literal["file", "sha256"]
    by_key: dict[str, str]


def labels_from_csv(data: bytes) -> Labels:
    """Read labels; other columns, blank lines and lines that begin with ``#`` are skipped.

    Classes are compared without regard to case; comma, semicolon and tab separate columns.

    Raises
    ------
    EcgImageError
        ``labels_unreadable``, ``labels_columns``, ``label_unknown``, ``labels_hash`` or ``label_twice``, with the line.
    """
    rows = _rows(_text(data))
    try:
        _, header = next(rows)
    except StopIteration:
        raise EcgImageError("labels_unreadable", "The table of labels is empty; choose the one with labels.") from None
    names = [name.strip().casefold() for name in header]
    key: Literal["file", "sha256"] = "sha256" if "sha256" in names else "file"
    if key not in names or "label" not in names:
        raise EcgImageError(
            "labels_columns",
            f"The table of labels has the columns {', '.join(names) or 'none'}; its first line must name file and "
            "label, or sha256 and label.",
        )
    at, label_at = names.index(key), names.index("label")
    by_key: dict[str, str] = {}
    for line, cells in rows:
        padded = [*cells, *[""] * len(names)]
        name = _key(key, padded[at], line)
        if name in by_key:
            raise EcgImageError("label_twice", f"Line {line} of the labels names '{name}' a second time; keep one.")
        by_key[name] = _class(padded[label_at], line)
    return Labels(key, by_key)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise EcgImageError(
            "labels_unreadable", f"The table of labels is larger than {MOST_BYTES // 2**20} MB; choose a smaller one."
        )
    try:
        # Spreadsheets begin UTF-8 with a byte order mark.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EcgImageError("labels_unreadable", "The table of labels is not text; save it as CSV in UTF-8.") from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each line that says something, and its cells."""
    first = next((line for line in text.splitlines() if line.strip() and line[0] != "#"), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise EcgImageError(
            "labels_unreadable", f"Line {reader.line_num} of the labels is damaged; save the table as CSV again."
        ) from error


def _key(kind: str, cell: str, line: int) -> str:
    name = cell.strip().casefold() if kind == "sha256" else cell.strip().replace("\\", "/")
    if kind == "sha256" and not _SHA256.fullmatch(name):
        raise EcgImageError(
            "labels_hash", f"Line {line} of the labels has no sha256 of 64 hexadecimal digits; copy it from the table."
        )
    if not name:
        raise EcgImageError("labels_columns", f"Line {line} of the labels names no file; fill it in or remove it.")
    return name


def _class(cell: str, line: int) -> str:
    words = " ".join(re.split(r"[\s_-]+", cell.strip())).casefold()
    if words not in _BY_WORDS:
        raise EcgImageError(
            "label_unknown",
            f"Line {line} has the label '{cell.strip()}', which is no class; write one of {', '.join(CLASSES)}.",
        )
    return _BY_WORDS[words]
