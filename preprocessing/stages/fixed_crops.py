"""The paper's fixed crops, kept beside ours so that the two roads can be compared."""

from __future__ import annotations

from preprocessing.errors import EcgImageError
from preprocessing.lead_id import Role
from preprocessing.leads import LAYOUTS, Layout, LeadBox

PAGE_WIDTH_PX, PAGE_HEIGHT_PX = 2213, 1572
TOLERANCE_PX = 15
COLUMNS_PX = ((150, 643), (646, 1135), (1140, 1625), (1630, 2125))
ROWS_PX = ((300, 600), (600, 900), (900, 1200))
STRIP_PX = (150, 1250, 2125, 1480)


def paper_leads(height: int, width: int) -> Layout:
    """Place the thirteen leads at the paper's pixel constants.

    Parameters
    ----------
    height, width : int
        Size of the page in pixels.

    Raises
    ------
    EcgImageError
        ``paper_page_size`` when the page is not within 15 pixels of 2213 x 1572, for which alone the
        constants hold.
    """
    if abs(width - PAGE_WIDTH_PX) > TOLERANCE_PX or abs(height - PAGE_HEIGHT_PX) > TOLERANCE_PX:
        raise EcgImageError(
            "paper_page_size",
            f"The paper's crops are fixed to pages of {PAGE_WIDTH_PX} x {PAGE_HEIGHT_PX} pixels and this one is "
            f"{width} x {height}; use the standard crops, which measure the page.",
        )
    form = LAYOUTS["3x4+1"]
    leads = tuple(
        LeadBox(form.grid[row][column], Role.TWELVE_LEAD, left, top, right, bottom)
        for row, (top, bottom) in enumerate(ROWS_PX)
        for column, (left, right) in enumerate(COLUMNS_PX)
    )
    left, top, right, bottom = STRIP_PX
    return Layout("3x4+1", 1.0, (*leads, LeadBox("II", Role.RHYTHM, left, top, right, bottom)), "paper", ())
