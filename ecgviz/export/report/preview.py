"""The report as a PDF together with pictures of its pages, as a person looks at it before taking it away."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.drawing import data_url, webp
from ecgviz.export.report import report_pdf
from ecgviz.export.report.content import ReportOptions
from ecgviz.study import Study
from preprocessing.picture import pages_of_pdf

PREVIEW_DPI = 110


@dataclass(frozen=True)
class LaidOut:
    """A PDF, and the addresses of pictures of its pages."""

    pdf: bytes
    pages: tuple[str, ...]


def laid_out(study: Study, options: ReportOptions) -> LaidOut:
    """Lay a report out."""
    pdf = report_pdf(study, options)
    return LaidOut(pdf, tuple(data_url(webp(page)) for page in pages_of_pdf(pdf, PREVIEW_DPI)))
