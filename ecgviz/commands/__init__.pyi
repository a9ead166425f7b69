__all__ = [
    "add_batch",
    "add_digitise",
    "add_no_models",
    "add_report",
    "add_report_files",
    "add_stage_settings",
    "stage_settings",
]

from .arguments import add_no_models, add_report_files, add_stage_settings, stage_settings
from .batch import add_batch
from .digitise import add_digitise
from .report import add_report
