__all__ = [
    "RETRAIN",
    "Confirmed",
    "Gate",
    "Head",
    "StoreError",
    "confirmed_labels",
    "files_of",
    "fit_head",
    "fold_of",
    "judged",
    "kept_pictures",
    "kept_readings",
    "promote",
    "roll_back",
]

from .config import RETRAIN
from .confirmed import Confirmed, confirmed_labels, fold_of
from .gate import Gate, judged
from .heads import Head, fit_head
from .promotion import promote, roll_back
from .stored import StoreError, files_of, kept_pictures, kept_readings
