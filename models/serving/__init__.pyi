__all__ = [
    "WEIGHTS_FOLDER",
    "Card",
    "Classifier",
    "ModelFileError",
    "Networks",
    "Prediction",
    "Verdict",
    "checked_card",
    "load",
    "loaded_network",
    "predictor",
    "shipped",
]

from . import predictor
from .cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_card, shipped
from .classifier import Classifier, load
from .network_file import loaded_network
from .predictor import Networks, Prediction, Verdict
