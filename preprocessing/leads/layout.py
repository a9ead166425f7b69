"""Layouts as data: which leads a page shows where, and the boxes around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from preprocessing.errors import Notice
from preprocessing.lead_id import OfLead, Role

if TYPE_CHECKING:
    from preprocessing.leads.evidence import LayoutEvidence

# Duration of a page from its first column to its last, unless the page shows another.
PAGE_SECONDS = 10.0


@dataclass(frozen=True)
class LayoutForm:
    """How a page arranges its leads: names row by row, and the strips below them."""

    grid: tuple[tuple[str, ...], ...]
    strips: tuple[str, ...] = ()
    order: str = "standard"

    @property
    def rows(self) -> int:
        """Rows of trace, strips included."""
        return len(self.grid) + len(self.strips)

    @property
    def columns(self) -> int:
        """Columns of leads."""
        return len(self.grid[0])

    @property
    def arrangement(self) -> str:
        """Rows by columns of the twelve leads, and the number of strips: ``3x4+1``."""
        strips = f"+{len(self.strips)}" if self.strips else ""
        return f"{len(self.grid)}x{self.columns}{strips}"


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in text.split("/"))


_BY_FOUR = _rows("I aVR V1 V4 / II aVL V2 V5 / III aVF V3 V6")
_BY_TWO = _rows("I V1 / II V2 / III V3 / aVR V4 / aVL V5 / aVF V6")
_BY_ONE = _rows("I / II / III / aVR / aVL / aVF / V1 / V2 / V3 / V4 / V5 / V6")
# Cabrera's order goes round the frontal plane in steps of 30 degrees, with aVR inverted.
_CABRERA_BY_FOUR = _rows("aVL II V1 V4 / I aVF V2 V5 / -aVR III V3 V6")
_CABRERA_BY_TWO = _rows("aVL V1 / I V2 / -aVR V3 / II V4 / aVF V5 / III V6")
_CABRERA_BY_ONE = _rows("aVL / I / -aVR / II / aVF / III / V1 / V2 / V3 / V4 / V5 / V6")

# To add a layout, add a line. Strips have the names that most recorders print; names found on a page take precedence.
LAYOUTS: dict[str, LayoutForm] = {
    "3x4": LayoutForm(_BY_FOUR),
    "3x4+1": LayoutForm(_BY_FOUR, ("II",)),
    "3x4+2": LayoutForm(_BY_FOUR, ("II", "V1")),
    "3x4+3": LayoutForm(_BY_FOUR, ("II", "V1", "V5")),
    "6x2": LayoutForm(_BY_TWO),
    "6x2+1": LayoutForm(_BY_TWO, ("II",)),
    "12x1": LayoutForm(_BY_ONE),
    "12x1+1": LayoutForm(_BY_ONE, ("II",)),
    "3x4 Cabrera": LayoutForm(_CABRERA_BY_FOUR, (), "cabrera"),
    "3x4+1 Cabrera": LayoutForm(_CABRERA_BY_FOUR, ("II",), "cabrera"),
    "6x2 Cabrera": LayoutForm(_CABRERA_BY_TWO, (), "cabrera"),
    "6x2+1 Cabrera": LayoutForm(_CABRERA_BY_TWO, ("II",), "cabrera"),
    "12x1 Cabrera": LayoutForm(_CABRERA_BY_ONE, (), "cabrera"),
}


@dataclass(frozen=True)
class LeadBox(OfLead):
    """Where one lead is printed, in pixels of the flat, upright page.

    `start_s` is the time at the left edge on the page's own clock: the second column of a 3x4 page starts at 2.5 s.
    """

    left: float
    top: float
    right: float
    bottom: float
    start_s: float = 0.0

    @property
    def quad(self) -> tuple[tuple[float, float], ...]:
        """The corners (x, y), clockwise from the top left."""
        return (self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)


def boxes_between(
    name: str, columns: Sequence[float], rows: Sequence[float], ends: Sequence[float] = ()
) -> tuple[LeadBox, ...]:
    """Place a layout's boxes between the edges of its columns and rows, strips included, on a page of ten seconds.

    Parameters
    ----------
    name : str
        One of `LAYOUTS`.
    columns, rows : sequence of float
        Edges from left to right and from top to bottom, in pixels of the page; one more than columns and rows.
    ends : sequence of float
        Where each column ends; by default where the next one begins.
    """
    form = LAYOUTS[name]
    seconds = PAGE_SECONDS / form.columns
    ends = ends or columns[1:]
    boxes = [
        LeadBox(lead, Role.TWELVE_LEAD, columns[column], rows[row], ends[column], rows[row + 1], seconds * column)
        for row, leads in enumerate(form.grid)
        for column, lead in enumerate(leads)
    ]
    for row, lead in enumerate(form.strips, start=len(form.grid)):
        boxes.append(LeadBox(lead, Role.RHYTHM, columns[0], rows[row], columns[-1], rows[row + 1]))
    return tuple(boxes)


@dataclass(frozen=True)
class Layout:
    """The leads of a page.

    `name` is one of `LAYOUTS`. `confidence` is the share of independent checks that agree; one without a verdict counts
    half. `seconds` is the duration of the page from left to right. `evidence` is what it rests on, and `probability`
    how probable it is beside all others, where the leads were found on the page.
    """

    name: str
    confidence: float
    boxes: tuple[LeadBox, ...]
    preset: str = "standard"
    notices: tuple[Notice, ...] = ()
    seconds: float = PAGE_SECONDS
    evidence: LayoutEvidence | None = None
    probability: float | None = None

    @property
    def form(self) -> LayoutForm:
        """How its leads are arranged."""
        return LAYOUTS[self.name]

    @property
    def boxes_by_row(self) -> list[tuple[LeadBox, ...]]:
        """Its leads from top to bottom: rows of leads beside each other, then each strip alone."""
        columns = self.form.columns
        strips_from = len(self.form.grid) * columns
        beside = [self.boxes[first : first + columns] for first in range(0, strips_from, columns)]
        return [*beside, *((strip,) for strip in self.boxes[strips_from:])]
