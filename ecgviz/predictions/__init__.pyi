__all__ = [
    "EVERY_NAME",
    "NAMES",
    "Sensitivity",
    "as_matrix",
    "largest_change",
    "model_names",
    "percent",
    "prediction_tables",
    "row_names",
    "sensitivity_of",
    "strongest",
    "weighing",
]

from . import model_names, prediction_tables, weighing
from .model_names import EVERY_NAME, NAMES
from .prediction_tables import percent
from .sensitivity import Sensitivity, as_matrix, largest_change, row_names, sensitivity_of, strongest
