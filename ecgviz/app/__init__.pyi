__all__ = [
    "PAPER",
    "Report",
    "caches",
    "chart_downloads",
    "editor",
    "entrance",
    "of_report",
    "report_view",
    "session",
    "studies",
    "ui",
    "unchecked_charts",
]

from . import caches, chart_downloads, editor, entrance, report_view, session, studies, ui, unchecked_charts
from .caches import of_report
from .session import PAPER, Report
