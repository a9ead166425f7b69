__all__ = [
    "Batch",
    "BatchFile",
    "Done",
    "ReportZip",
    "as_csv",
    "counted",
    "freed_memory",
    "how_far",
    "in_folder",
    "in_zip",
    "into_folder",
    "outcome",
    "progress_line",
    "report_files",
    "reports",
    "run",
    "signals",
    "sources",
    "summary",
    "table",
    "zip_files",
]

from . import freed_memory, report_files, run, sources, table, zip_files
from .files import BatchFile
from .report_files import ReportZip, into_folder, reports, signals
from .rows import as_csv, counted
from .run import Batch, Done
from .sources import in_folder
from .words import how_far, outcome, progress_line, summary
from .zip_files import in_zip
