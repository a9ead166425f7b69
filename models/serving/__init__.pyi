__all__ = [
    "Card",
    "Classifier",
    "ModelFileError",
    "Prediction",
    "Verdict",
    "WEIGHTS_FOLDER",
    "checked_card",
    "load",
    "loaded_network",
    "predictor",
    "shipped",
]

from . import predictor
from .cards import Card, ModelFileError, WEIGHTS_FOLDER, checked_card, shipped
from .classifier import Classifier, load
from .network_file import loaded_network
from .predictor import Prediction, Verdict
