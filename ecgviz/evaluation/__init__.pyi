__all__ = [
    "EvaluationFiles",
    "PartControls",
    "Scope",
    "background_tables",
    "cached",
    "comparison",
    "comparison_tables",
    "page",
    "parts",
    "score_tables",
    "tables",
    "threshold_charts",
    "threshold_tables",
]

from . import (
    background_tables,
    cached,
    comparison,
    comparison_tables,
    page,
    parts,
    score_tables,
    tables,
    threshold_charts,
    threshold_tables,
)
from .files import EvaluationFiles
from .scope import PartControls, Scope
