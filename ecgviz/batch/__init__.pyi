__all__ = [
    "ALL",
    "ANSWERS",
    "DUPLICATES",
    "KINDS",
    "MOST_KEPT_BYTES",
    "MOST_SENT_BYTES",
    "PROGRAM_ERROR",
    "WARNINGS",
    "Batch",
    "BatchFile",
    "Done",
    "Filters",
    "ReportZip",
    "as_csv",
    "counted",
    "frame",
    "freed_memory",
    "how_far",
    "in_folder",
    "in_zip",
    "into_folder",
    "layouts",
    "nameless",
    "of_uploads",
    "outcome",
    "progress_line",
    "report_files",
    "reports",
    "run",
    "sources",
    "summary",
    "zip_files",
]

from . import freed_memory, report_files, run, sources, zip_files
from .files import BatchFile
from .report_files import KINDS, MOST_KEPT_BYTES, ReportZip, into_folder, reports
from .rows import as_csv, counted
from .run import PROGRAM_ERROR, Batch, Done
from .sources import MOST_SENT_BYTES, in_folder, of_uploads
from .table import ALL, ANSWERS, DUPLICATES, WARNINGS, Filters, frame, layouts, nameless
from .words import how_far, outcome, progress_line, summary
from .zip_files import in_zip
