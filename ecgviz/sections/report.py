"""The parts of the page Report: its options, the preview and the downloads."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, controls, of_report, session
from ecgviz.export import SIGNAL_FORMATS, dicom_report
from ecgviz.export.report import PARTS, LaidOut, ReportOptions, report_html
from ecgviz.export.report import preview as pdf_preview
from ecgviz.study import Corrections, Study, name_of

# What fits the first page beside the rest.
COMMENT_MAX = 600
HIDING = (
    "Paints over everything outside the traces. Print and handwriting between the traces stay: check the image before "
    "you share the report."
)
SHOWN = "The report shows header and margins with everything printed there."


def options(report: Report) -> ReportOptions:
    """Let a person choose the parts of the report."""
    hidden = st.toggle("Hide header and margins in the report", key=Controls.report_hidden.key, help=HIDING,
                       persist_state="session")  # fmt: skip
    if not hidden:
        st.warning(SHOWN, icon=":material/info:")
    chosen = st.pills("Parts", list(PARTS), key=Controls.report_parts.key, format_func=PARTS.__getitem__,
                      selection_mode="multi", default=list(PARTS), wrap=True, persist_state="session")  # fmt: skip
    comment, reader, day = _of_reader()
    parts = tuple(part for part in PARTS if part in chosen)
    return ReportOptions(hidden, report.title, parts, comment, reader, day, session.measured_by_hand())


def _of_reader() -> tuple[str, str, str]:
    """Let the reader add a comment, a name and a date to the summary; none of them is filled in."""
    comment = st.text_area("Your comment", key=Controls.report_comment.key, max_chars=COMMENT_MAX, height=100,
                           persist_state="session")  # fmt: skip
    name, day = st.columns(2)
    reader = name.text_input("Your name", key=Controls.report_reader.key, max_chars=80, persist_state="session")
    on = day.date_input("Date", None, key=Controls.report_date.key, format="YYYY-MM-DD", persist_state="session")
    kept = len(session.measured_by_hand())
    if kept:
        st.caption(f"{kept} of your measurements from Signals go{'es' * (kept == 1)} into the summary.")
    return comment, reader, "" if on is None else on.isoformat()


def preview(report: Report, study: Study, chosen: ReportOptions) -> None:
    """Show the PDF page by page, as printed."""
    pages = laid_out(report.sha256, study.how, chosen, study).pages
    numbers = list(range(1, len(pages) + 1))
    if controls.report_page not in numbers:
        controls.report_page = 1
    st.segmented_control(
        "Page of the PDF", numbers, key=Controls.report_page.key, required=True, persist_state="session"
    )
    number = controls.report_page
    with st.container(border=True):
        st.image(pages[number - 1], width="stretch", alt=f"Page {number} of {len(pages)} of the report as a PDF")


def downloads(report: Report, study: Study, chosen: ReportOptions) -> None:
    """Offer both files, named by the hash."""
    name = name_of(report.sha256)
    with st.spinner("Laying out the report"):
        laid = laid_out(report.sha256, study.how, chosen, study)
    pages = len(laid.pages)
    with st.container(horizontal=True, gap="small"):
        st.download_button("PDF", lambda: laid.pdf, f"{name}.pdf", "application/pdf", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        st.download_button("HTML", lambda: report_html(study, chosen), f"{name}.html", "text/html", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        st.download_button("DICOM", lambda: dicom_report(study, laid.pdf), f"{name}.dcm", "application/dicom",
                           on_click="ignore", icon=":material/download:")  # fmt: skip
        fhir = SIGNAL_FORMATS["fhir"]
        st.download_button(fhir.title, lambda: fhir.write(study, lambda _: laid.pdf), f"{name}.{fhir.ending}",
                           fhir.mime, on_click="ignore", icon=":material/download:")  # fmt: skip
    st.caption(
        f"PDF: {pages} page{'s' * (pages > 1)}, {len(laid.pdf) / 1000:.0f} kB, true scale when printed at 100%. HTML: "
        "one self-contained page, better for screen readers. DICOM: the PDF as an object for an archive. FHIR: "
        "signals, measurements and the PDF. None contains the file's name."
    )


@of_report(st.cache_resource, max_entries=4)
def laid_out(sha256: str, how: str | Corrections, options: ReportOptions, _study: Study) -> LaidOut:
    """Return the report as a PDF with images of its pages."""
    return pdf_preview.laid_out(_study, options)
