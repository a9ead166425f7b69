__all__ = ["signal_files", "wfdb_record"]

from . import signal_files, wfdb_record
