__all__ = [
    "NO_BEATS",
    "OUT_OF_DISTRIBUTION",
    "PREDICTING",
    "WEIGHTS_FOLDER",
    "Card",
    "Classifier",
    "ModelFileError",
    "NetworkCard",
    "Prediction",
    "Verdict",
    "VerdictState",
    "checked_card",
    "load",
    "loaded_network",
    "once_per_process",
    "predictor",
    "shipped",
]

from . import predictor
from .cards import WEIGHTS_FOLDER, Card, ModelFileError, NetworkCard, checked_card, shipped
from .classifier import Classifier, load
from .network_file import PREDICTING, loaded_network, once_per_process
from .verdicts import NO_BEATS, OUT_OF_DISTRIBUTION, Prediction, Verdict, VerdictState
