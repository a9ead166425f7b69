"""A report to take away: one study as a PDF and as a page of HTML, both with the same content."""

from __future__ import annotations

from ecgviz.export.report.as_html import report_html
from ecgviz.export.report.content import PARTS, ReportOptions
from ecgviz.study.study import Study

__all__ = ["PARTS", "ReportOptions", "report_html", "report_pdf"]


def report_pdf(study: Study, options: ReportOptions | None = None) -> bytes:
    """Write the report as a PDF.

    ReportLab is loaded with the first one: the app's first page need not wait for it.
    """
    from ecgviz.export.report import as_pdf

    return as_pdf.report_pdf(study, options)
