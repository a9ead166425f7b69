__all__ = [
    "ResultControls",
    "drift_page",
    "drift_tables",
    "evaluation_files",
    "in_training",
    "labelled_predictions",
    "labelled_rows",
    "overview",
    "overview_tables",
    "score_page",
    "subsets_of",
    "written_scores",
]

from . import drift_page, drift_tables, overview, overview_tables, score_page, written_scores
from .controls import ResultControls
from .labelled import in_training, labelled_predictions, labelled_rows, subsets_of
from .written_scores import evaluation_files
