__all__ = [
    "DECIDED",
    "FINDINGS",
    "IN_MEMORY",
    "MEASURED",
    "NONE",
    "STORE",
    "UNREAD",
    "Agreement",
    "Change",
    "Counts",
    "KeptPrediction",
    "Queue",
    "Ratings",
    "Reading",
    "ReportStatus",
    "Role",
    "Store",
    "agreement",
    "as_csv",
    "as_jsonl",
    "boxes_of",
    "corrections_of",
    "counts_of",
    "decision_of",
    "delete_everything",
    "every_prediction",
    "every_reading",
    "history_of",
    "keep_predictions",
    "labels_of",
    "open_store",
    "picture_of",
    "queues",
    "reading_of",
    "readings_of",
    "save",
    "status_of_reports",
]

from . import agreement, queues
from .agreement import DECIDED, NONE, Agreement, Ratings
from .boxes import boxes_of, corrections_of
from .config import STORE
from .export import as_csv, as_jsonl
from .findings import FINDINGS, MEASURED
from .opening import IN_MEMORY, Store, open_store
from .queries import (
    UNREAD,
    Counts,
    ReportStatus,
    counts_of,
    decision_of,
    every_prediction,
    every_reading,
    history_of,
    labels_of,
    picture_of,
    reading_of,
    readings_of,
    status_of_reports,
)
from .queues import Queue
from .record import Change, KeptPrediction, Reading, Role
from .writing import delete_everything, keep_predictions, save
