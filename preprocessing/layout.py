"""Layouts as data: which leads a page shows where, and the boxes that a reading puts around them."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.errors import Notice


@dataclass(frozen=True)
class LayoutForm:
    """How a page arranges its leads: names row by row, and the strips below them."""

    grid: tuple[tuple[str, ...], ...]
    strips: tuple[str, ...] = ()


_BY_FOUR = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))
_BY_TWO = (("I", "V1"), ("II", "V2"), ("III", "V3"), ("aVR", "V4"), ("aVL", "V5"), ("aVF", "V6"))

# A further layout is a further line.
LAYOUTS: dict[str, LayoutForm] = {
    "3x4": LayoutForm(_BY_FOUR),
    "3x4+1": LayoutForm(_BY_FOUR, ("II",)),
    "6x2": LayoutForm(_BY_TWO),
    "6x2+1": LayoutForm(_BY_TWO, ("II",)),
}


@dataclass(frozen=True)
class LeadBox:
    """Where one lead is printed, in pixels of the upright original.

    `role` is ``12-lead``, or ``rhythm`` for the strip that repeats a lead over the whole width. `start_s` is the time
    on the page's own clock at the left edge: the second column of a 3x4 page starts at 2.5 s.
    """

    lead: str
    role: str
    left: float
    top: float
    right: float
    bottom: float
    start_s: float = 0.0

    @property
    def key(self) -> str:
        """A name that no other box of the page has."""
        return f"{self.lead}_rhythm" if self.role == "rhythm" else self.lead

    @property
    def quad(self) -> tuple[tuple[float, float], ...]:
        """The corners (x, y), clockwise from the top left."""
        return (self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)


@dataclass(frozen=True)
class Layout:
    """The leads of a page. `confidence` is the share of independent checks that agree."""

    name: str
    confidence: float
    boxes: tuple[LeadBox, ...]
    preset: str = "standard"
    notices: tuple[Notice, ...] = ()
