"""The pieces of the page Report: what goes into it, how it looks, and the downloads."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ecgviz.app import Report, of_report, studies
from ecgviz.export.report import PARTS, LaidOut, ReportOptions, report_html
from ecgviz.export.report import preview as pdf_preview
from ecgviz.study import Corrections, Study, naming

NETWORK_PARTS = {"networks", "leads"}
HIDING = (
    "Paints over everything outside the traces in the report's picture. What is printed or written between the traces "
    "stays, so look at the picture before you give the report away."
)
SHOWN = "Header and margins stay in the picture, with all that is printed there."


def options(report: Report) -> ReportOptions:
    """Let a person choose what goes into the report."""
    hidden = st.toggle("Hide header and margins in the report", key="report_hidden", help=HIDING,
                       persist_state="session")  # fmt: skip
    if not hidden:
        st.warning(SHOWN, icon=":material/info:")
    chosen = st.pills("Parts", list(PARTS), key="report_parts", format_func=PARTS.__getitem__, selection_mode="multi",
                      default=list(PARTS), wrap=True, persist_state="session")  # fmt: skip
    return ReportOptions(hidden, report.title, tuple(part for part in PARTS if part in chosen))


def asked(report: Report, study: Study, chosen: ReportOptions) -> Study:
    """Ask the networks where the report is to say what they say."""
    if not NETWORK_PARTS & set(chosen.parts):
        return study
    return replace(study, prediction=studies.prediction(report, study))


def preview(report: Report, study: Study, chosen: ReportOptions) -> None:
    """Show the PDF page by page, as it will be printed."""
    pages = laid_out(report.sha256, study.how, chosen, study).pages
    numbers = list(range(1, len(pages) + 1))
    if st.session_state["report_page"] not in numbers:
        st.session_state["report_page"] = 1
    st.segmented_control("Page of the PDF", numbers, key="report_page", required=True, persist_state="session")
    number = st.session_state["report_page"]
    with st.container(border=True):
        st.image(pages[number - 1], width="stretch", alt=f"Page {number} of {len(pages)} of the report as a PDF")


def downloads(report: Report, study: Study, chosen: ReportOptions) -> None:
    """Offer both files, named by the hash, and say what they are."""
    name = naming.name_of(report.sha256)
    with st.spinner("Laying out the report"):
        laid = laid_out(report.sha256, study.how, chosen, study)
    pages = len(laid.pages)
    with st.container(horizontal=True, gap="small"):
        st.download_button("PDF", lambda: laid.pdf, f"{name}.pdf", "application/pdf", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        st.download_button("HTML", lambda: report_html(study, chosen), f"{name}.html", "text/html", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
    st.caption(
        f"PDF: {pages} page{'s' * (pages > 1)}, {len(laid.pdf) / 1000:.0f} kB. Printed at 100%, the traces are at "
        "25 mm/s and 10 mm/mV. The HTML says the same on one page that needs nothing but itself, and is the better one "
        "for a screen reader. Neither holds the name of the file."
    )


@of_report(st.cache_resource, max_entries=4)
def laid_out(sha256: str, how: str | Corrections, options: ReportOptions, _study: Study) -> LaidOut:
    """Return the report as a PDF with pictures of its pages."""
    return pdf_preview.laid_out(_study, options)
