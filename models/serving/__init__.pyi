__all__ = [
    "Card",
    "Classifier",
    "ModelFileError",
    "NetworkCard",
    "PREDICTING",
    "Prediction",
    "Verdict",
    "WEIGHTS_FOLDER",
    "checked_card",
    "load",
    "loaded_network",
    "once_per_process",
    "predictor",
    "shipped",
]

from . import predictor
from .cards import Card, ModelFileError, NetworkCard, WEIGHTS_FOLDER, checked_card, shipped
from .classifier import Classifier, load
from .network_file import PREDICTING, loaded_network, once_per_process
from .predictor import Prediction, Verdict
