__all__ = [
    "NONE",
    "SCHEME",
    "Batch",
    "BatchFile",
    "Done",
    "FileResult",
    "Keep",
    "ModelVerdict",
    "ParquetRows",
    "ReportZip",
    "Row",
    "Run",
    "RunRecord",
    "RunSettings",
    "as_csv",
    "as_parquet",
    "at_address",
    "compared",
    "counted",
    "duplicate",
    "fault",
    "freed_memory",
    "hash_of",
    "how_far",
    "in_folder",
    "in_list",
    "in_zip_at",
    "into_folder",
    "leads_csv",
    "left_in_words",
    "models_in",
    "opened_run",
    "other_versions",
    "outcome",
    "progress_line",
    "read_file",
    "reading",
    "report_files",
    "row_of",
    "run_file",
    "run_record",
    "sha256_of",
    "sources",
    "summary",
    "table",
    "unavailable",
    "with_label",
    "with_labels",
    "write_whole",
    "zip_files",
]

from . import freed_memory, reading, report_files, run_file, sources, table, zip_files
from .addresses import SCHEME, at_address, in_list
from .files import BatchFile, sha256_of
from .reading import Done, FileResult, duplicate, fault, hash_of, read_file, unavailable
from .report_files import ReportZip, into_folder
from .rows import ModelVerdict, Row, counted, models_in, row_of
from .run import Batch, Keep, with_label, with_labels
from .run_file import Run, RunRecord, compared, opened_run, other_versions, run_record
from .settings import NONE, RunSettings
from .sources import in_folder
from .table_files import ParquetRows, as_csv, as_parquet, leads_csv
from .whole_files import write_whole
from .words import how_far, left_in_words, outcome, progress_line, summary
from .zip_files import in_zip_at
