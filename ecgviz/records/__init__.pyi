__all__ = [
    "AECG_LEADS",
    "HEADER",
    "MDC_LEADS",
    "RECORD_ENDINGS",
    "DrawnRecord",
    "Opened",
    "Record",
    "opened",
    "packed_record",
    "seems_a_record",
]

from .drawn_record import DrawnRecord
from .lead_codes import AECG_LEADS, MDC_LEADS
from .opening import Opened, opened
from .recognition import HEADER, RECORD_ENDINGS, seems_a_record
from .record import Record
from .wfdb_input import packed_record
