__all__ = [
    "FOLDS",
    "MEASURED",
    "LabelledSignals",
    "Prepared",
    "StoredFeatures",
    "StoredPage",
    "assign_groups",
    "by_class",
    "cache_folder",
    "data_folder",
    "distinct",
    "drawn_classes",
    "drawn_records",
    "drawn_rhythms",
    "feature_file",
    "folds_of",
    "headline",
    "inner_split",
    "is_headline",
    "labelled_signals",
    "leaking_split",
    "listing",
    "load_features",
    "load_page",
    "page_file",
    "prepared",
    "prepared_reports",
    "prepared_table",
    "printed",
    "record_name",
    "records",
    "report_name",
    "save_features",
    "save_page",
    "training_rows",
    "with_features",
]

from . import prepared_reports
from .drawn_pages import drawn_records, drawn_rhythms, record_name, records
from .feature_store import (
    StoredFeatures,
    drawn_classes,
    feature_file,
    load_features,
    report_name,
    save_features,
    with_features,
)
from .page_store import StoredPage, load_page, page_file, save_page
from .prepared_reports import MEASURED, Prepared, prepared, prepared_table
from .ptbxl import LabelledSignals, labelled_signals, printed
from .report_data import by_class, cache_folder, data_folder, distinct, listing
from .splits import FOLDS, assign_groups, folds_of, headline, inner_split, is_headline, leaking_split, training_rows
