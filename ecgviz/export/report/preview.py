"""The report as a PDF with images of its pages, for a preview before the download."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.drawing import data_url, webp
from ecgviz.export.report import report_pdf
from ecgviz.export.report.options import ReportOptions
from ecgviz.study import Study
from preprocessing.picture import pages_of_pdf

PREVIEW_DPI = 110


@dataclass(frozen=True)
class LaidOut:
    """A PDF, and images of its pages as data URLs."""

    pdf: bytes
    pages: tuple[str, ...]


def laid_out(study: Study, options: ReportOptions) -> LaidOut:
    """Write a report and render its pages."""
    pdf = report_pdf(study, options)
    return LaidOut(pdf, tuple(data_url(webp(page)) for page in pages_of_pdf(pdf, PREVIEW_DPI)))
