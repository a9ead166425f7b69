"""The pages of a PDF of several: as thumbnails to choose from, and the next one where a page is no report."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import session
from ecgviz.app.caches import of_report
from ecgviz.app.session_state import Report
from ecgviz.drawing import pictures
from ecgviz.study import PdfPages, page_as_png, pages_to_choose
from preprocessing.errors import EcgImageError

# Refusals of what a page shows; others are of the file, and hold for every page of it.
OF_A_PAGE = ("not_an_ecg", "not_12_lead", "layout_unknown", "too_small", "too_blurred")
# A report stands on one of the first pages; each costs up to seconds.
MOST_TRIED = 4
CARD_PX = 120


def to_next(report: Report, refusal: EcgImageError) -> bool:
    """Make the next page of a PDF current where one was refused for what it shows; return whether there is one."""
    pages = _pages(report)
    if report.is_chosen or refusal.code not in OF_A_PAGE:
        return False
    if pages is None or report.page >= min(pages.count, MOST_TRIED):
        return False
    st.toast(f"Page {report.page} was not read as a report. Page {report.page + 1} is tried.")
    _open(report, report.page + 1, is_chosen=False)
    return True


def show(report: Report) -> None:
    """Show the pages of a PDF of several as thumbnails, each opens its page."""
    pages = _pages(report)
    if pages is None:
        return
    st.caption(f"The PDF has {pages.count} pages; page {report.page} is open. Choose another:")
    with st.container(horizontal=True, gap="small", key="cards_pdf"):
        for number, thumbnail in enumerate(pages.thumbnails, start=1):
            with st.container(width=CARD_PX, gap="xsmall", key=f"card_page_{number}"):
                st.image(pictures.jpeg(thumbnail), width="stretch", alt=f"Page {number} of the PDF")
                st.button(f"Page {number}", key=f"pdf_page_{number}", width="stretch",
                          disabled=number == report.page, on_click=_open, args=(report, number, True))  # fmt: skip


def _open(report: Report, number: int, is_chosen: bool) -> None:
    pdf = report.pdf or report.data
    file = report.file.removesuffix(f", page {report.page}")
    if number == 1:
        session.keep_page(pdf, file, b"", 1, is_chosen)
    else:
        session.keep_page(page_as_png(pdf, number - 1), f"{file}, page {number}", pdf, number, is_chosen)


def _pages(report: Report) -> PdfPages | None:
    return _thumbnails(report.sha256, report.pdf or report.data)


@of_report(st.cache_data, max_entries=2)
def _thumbnails(sha256: str, _pdf: bytes) -> PdfPages | None:
    """Return the pages of the PDF that a report is a page of; None where there is one, or none can be rendered."""
    try:
        return pages_to_choose(_pdf)
    except EcgImageError:
        return None
