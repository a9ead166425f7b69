__all__ = [
    "AGGREGATIONS",
    "EVERY_NAME",
    "NAMES",
    "OURS",
    "ROADS",
    "PicturePrediction",
    "PictureSensitivity",
    "Sensitivity",
    "VerdictCard",
    "aggregation",
    "change_matrix",
    "comparisons",
    "drawn_truth",
    "finding_tables",
    "largest_change",
    "live",
    "model_names",
    "most_sensitive",
    "percent",
    "picture_sensitivity",
    "prediction_tables",
    "row_names",
    "sensitivity_of",
    "verdict_card",
]

from . import (
    aggregation,
    comparisons,
    drawn_truth,
    finding_tables,
    live,
    model_names,
    picture_sensitivity,
    prediction_tables,
    verdict_card,
)
from .live import PicturePrediction
from .model_names import AGGREGATIONS, EVERY_NAME, NAMES, OURS, ROADS
from .picture_sensitivity import PictureSensitivity
from .prediction_tables import percent
from .sensitivity import Sensitivity, change_matrix, largest_change, most_sensitive, row_names, sensitivity_of
from .verdict_card import VerdictCard
