"""A report to take away: one study as a PDF and as a page of HTML, both with the same content."""

from ecgviz.report.as_html import report_html
from ecgviz.report.as_pdf import report_pdf
from ecgviz.report.content import PARTS, ReportOptions

__all__ = ["PARTS", "ReportOptions", "report_html", "report_pdf"]
