"""Layouts of the leads on a page, as data: rows of lead names and the strips below them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """Rows of leads; each column is the time window after the previous one. Strips span the page."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    strips: tuple[str, ...] = ()

    @property
    def columns(self) -> int:
        """Number of columns of leads."""
        return len(self.rows[0])

    @property
    def row_count(self) -> int:
        """Number of rows, strips included."""
        return len(self.rows) + len(self.strips)


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in text.split("/"))


# Separate from the reader's lists: ground truth must not depend on the code that it tests. A test compares the two.
_3X4 = _rows("I aVR V1 V4 / II aVL V2 V5 / III aVF V3 V6")
_6X2 = _rows("I V1 / II V2 / III V3 / aVR V4 / aVL V5 / aVF V6")
_12X1 = _rows("I / II / III / aVR / aVL / aVF / V1 / V2 / V3 / V4 / V5 / V6")
# Cabrera's order follows the frontal plane in steps of 30 degrees, with aVR inverted.
_CABRERA_6X2 = _rows("aVL V1 / I V2 / -aVR V3 / II V4 / aVF V5 / III V6")
_CABRERA_12X1 = _rows("aVL / I / -aVR / II / aVF / III / V1 / V2 / V3 / V4 / V5 / V6")

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("3x4", _3X4),
        Layout("3x4+1", _3X4, ("II",)),
        Layout("3x4+2", _3X4, ("II", "V1")),
        Layout("3x4+3", _3X4, ("II", "V1", "V5")),
        Layout("6x2", _6X2),
        Layout("6x2+1", _6X2, ("II",)),
        Layout("12x1", _12X1),
        Layout("cabrera-6x2", _CABRERA_6X2),
        Layout("cabrera-12x1", _CABRERA_12X1),
    )
}
