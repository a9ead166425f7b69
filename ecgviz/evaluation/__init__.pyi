__all__ = ["EvaluationFiles", "background_tables", "cached", "page", "tables", "threshold_charts", "threshold_tables"]

from . import background_tables, cached, page, tables, threshold_charts, threshold_tables
from .files import EvaluationFiles
