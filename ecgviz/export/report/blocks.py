"""Plain blocks of a report, which the PDF and the HTML both render."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A paragraph. `kind` is ``plain``, ``strong`` for the prediction, ``warning``, or ``small`` for notes."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows; `shares` are probabilities that shade the other cells.

    With `folded`, it is shown only when a reader opens it under these words, or in print in grey. `widths` are the
    columns' shares of a printed line, the first for the names; without, columns beside the names are equally wide.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[tuple[float, ...], ...] = ()
    folded: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A JPEG with its size in pixels and its alternative text; in a PDF it is at most `high_mm` high."""

    jpeg: bytes
    width_px: int
    height_px: int
    alt: str
    high_mm: float = 125.0
