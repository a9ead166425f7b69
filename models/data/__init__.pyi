__all__ = [
    "FOLDS",
    "MEASURED",
    "LabelledSignals",
    "Prepared",
    "StoredPage",
    "assign_groups",
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
    "load_page",
    "page_file",
    "prepared",
    "prepared_reports",
    "printed",
    "save_page",
    "training_rows",
]

from . import prepared_reports
from .page_store import StoredPage, load_page, page_file, save_page
from .prepared_reports import MEASURED, Prepared, prepared
from .ptbxl import LabelledSignals, labelled_signals, printed
from .report_data import by_class, cache_folder, data_folder, distinct, listing
from .splits import FOLDS, assign_groups, folds_of, headline, inner_split, is_headline, leaking_split, training_rows
