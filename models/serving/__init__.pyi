__all__ = [
    "BACKBONE",
    "GRAPHS_CARD",
    "GRAPHS_FOLDER",
    "NO_BEATS",
    "NO_NETWORK_AGREES",
    "OUT_OF_DISTRIBUTION",
    "PREDICTING",
    "WEIGHTS_FOLDER",
    "Card",
    "Classifier",
    "ModelFileError",
    "NetworkCard",
    "PaperClassifier",
    "PictureClassifier",
    "Prediction",
    "Sessions",
    "Verdict",
    "VerdictState",
    "backbone_weights",
    "checked_card",
    "checked_graph",
    "load",
    "load_linear_head",
    "load_paper",
    "load_pictures",
    "loaded_backbone",
    "loaded_network",
    "member_arrays",
    "once_per_process",
    "predictor",
    "shipped",
    "stored_arrays",
    "weight_hashes",
    "weights_file",
    "write_backbone",
    "write_linear_head",
]

from . import predictor
from .backbone_file import BACKBONE, backbone_weights, loaded_backbone, write_backbone
from .cards import WEIGHTS_FOLDER, Card, ModelFileError, NetworkCard, checked_card, shipped, weight_hashes, weights_file
from .classifier import Classifier, load
from .keras_file import member_arrays
from .linear_head_file import load_linear_head, write_linear_head
from .network_file import PREDICTING, loaded_network, once_per_process
from .paper_classifier import PaperClassifier, load_paper, stored_arrays
from .picture_classifier import PictureClassifier, load_pictures
from .sessions import GRAPHS_CARD, GRAPHS_FOLDER, Sessions, checked_graph
from .verdicts import NO_BEATS, NO_NETWORK_AGREES, OUT_OF_DISTRIBUTION, Prediction, Verdict, VerdictState
