__all__ = ["PARTS", "LaidOut", "ReportOptions", "preview", "report_html", "report_pdf", "sheets"]

from . import preview, sheets
from .as_html import report_html
from .as_pdf import report_pdf
from .content import PARTS, ReportOptions
from .preview import LaidOut
