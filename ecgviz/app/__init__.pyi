__all__ = [
    "ARTICLE",
    "Control",
    "ControlSet",
    "Controls",
    "Report",
    "SessionSlot",
    "caches",
    "chart_downloads",
    "chosen_settings",
    "controls",
    "entrance",
    "garbage",
    "header",
    "layout_editor",
    "of_report",
    "opening",
    "pdf_choice",
    "refused_view",
    "report_view",
    "session",
    "studies",
    "ui",
    "unchecked_charts",
    "widget_state",
]

from . import (
    caches,
    chart_downloads,
    chosen_settings,
    entrance,
    garbage,
    header,
    layout_editor,
    opening,
    pdf_choice,
    refused_view,
    report_view,
    session,
    studies,
    ui,
    unchecked_charts,
    widget_state,
)
from .all_controls import ARTICLE, Controls, controls
from .caches import of_report
from .session_state import Report, SessionSlot
from .widget_state import Control, ControlSet
