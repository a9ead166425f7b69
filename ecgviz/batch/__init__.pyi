__all__ = [
    "NONE",
    "Batch",
    "BatchFile",
    "Done",
    "FileResult",
    "ModelVerdict",
    "ReportZip",
    "Row",
    "Run",
    "RunSettings",
    "as_csv",
    "as_parquet",
    "compared",
    "counted",
    "freed_memory",
    "how_far",
    "in_folder",
    "in_zip",
    "into_folder",
    "leads_csv",
    "models_in",
    "opened_run",
    "other_versions",
    "outcome",
    "progress_line",
    "read_file",
    "reading",
    "report_files",
    "run_file",
    "run_of",
    "sha256_of",
    "sources",
    "summary",
    "table",
    "with_label",
    "with_labels",
    "written_run",
    "zip_files",
]

from . import freed_memory, reading, report_files, run_file, sources, table, zip_files
from .files import BatchFile, sha256_of
from .reading import Done, FileResult, read_file
from .report_files import ReportZip, into_folder
from .rows import ModelVerdict, Row, counted, models_in
from .run import Batch, with_label, with_labels
from .run_file import Run, compared, opened_run, other_versions, run_of, written_run
from .settings import NONE, RunSettings
from .sources import in_folder
from .table_files import as_csv, as_parquet, leads_csv
from .words import how_far, outcome, progress_line, summary
from .zip_files import in_zip
