__all__ = [
    "COMPARISON_HEAD",
    "PARTS",
    "LaidOut",
    "ReportOptions",
    "comparison_pdf",
    "comparison_rows",
    "preview",
    "report_html",
    "report_pdf",
    "sheets",
]

from . import preview, sheets
from .as_html import report_html
from .as_pdf import report_pdf
from .comparison import COMPARISON_HEAD, comparison_pdf, comparison_rows
from .options import PARTS, ReportOptions
from .preview import LaidOut
