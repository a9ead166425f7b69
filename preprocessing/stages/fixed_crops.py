"""The fixed crops of the article, kept beside the standard crops so that both can be compared."""

from __future__ import annotations

from preprocessing.errors import EcgImageError
from preprocessing.lead_id import Role
from preprocessing.leads import LAYOUTS, Layout, LeadBox
from preprocessing.stages.config import ARTICLE


def article_crops(height: int, width: int) -> Layout:
    """Place the thirteen leads at the pixel constants of the article.

    Parameters
    ----------
    height, width : int
        Size of the page, in pixels.

    Raises
    ------
    EcgImageError
        ``paper_page_size`` when the page is not within 15 pixels of 2213 x 1572: the constants hold for no other
        size.

    Examples
    --------
    >>> article_crops(1572, 2213).boxes[0].quad[0]
    (150, 300)
    """
    off_px = max(abs(width - ARTICLE.page_width_px), abs(height - ARTICLE.page_height_px))
    if off_px > ARTICLE.tolerance_px:
        raise EcgImageError(
            "paper_page_size",
            f"The article's crops fit only pages of {ARTICLE.page_width_px} x {ARTICLE.page_height_px} pixels; this "
            f"page has {width} x {height}. Use the standard crops instead.",
        )
    form = LAYOUTS["3x4+1"]
    leads = tuple(
        LeadBox(form.grid[row][column], Role.TWELVE_LEAD, left, top, right, bottom)
        for row, (top, bottom) in enumerate(ARTICLE.rows_px)
        for column, (left, right) in enumerate(ARTICLE.columns_px)
    )
    left, top, right, bottom = ARTICLE.strip_px
    return Layout("3x4+1", 1.0, (*leads, LeadBox("II", Role.RHYTHM, left, top, right, bottom)), "paper", ())
