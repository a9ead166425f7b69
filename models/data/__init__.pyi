__all__ = [
    "FOLDS",
    "MEASURED",
    "Prepared",
    "by_class",
    "cache_folder",
    "data_folder",
    "distinct",
    "folds_of",
    "headline",
    "inner_split",
    "is_headline",
    "labelled_signals",
    "leaking_split",
    "listing",
    "prepared",
    "prepared_reports",
    "printed",
    "training_rows",
]

from . import prepared_reports
from .prepared_reports import MEASURED, Prepared, prepared
from .ptbxl import labelled_signals, printed
from .report_data import by_class, cache_folder, data_folder, distinct, listing
from .splits import FOLDS, folds_of, headline, inner_split, is_headline, leaking_split, training_rows
