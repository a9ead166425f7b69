__all__ = [
    "RETRAIN",
    "Confirmed",
    "Gate",
    "Head",
    "confirmed_labels",
    "fit_head",
    "fold_of",
    "judged",
    "promote",
    "roll_back",
]

from .config import RETRAIN
from .confirmed import Confirmed, confirmed_labels, fold_of
from .gate import Gate, judged
from .heads import Head, fit_head
from .promotion import promote, roll_back
