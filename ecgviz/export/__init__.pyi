__all__ = [
    "SIGNAL_FORMATS",
    "SignalFormat",
    "dicom_report",
    "signal_files",
    "signal_formats",
    "wfdb_record",
]

from . import signal_files, signal_formats, wfdb_record
from .dicom_pdf import dicom_report
from .signal_formats import SIGNAL_FORMATS, SignalFormat
