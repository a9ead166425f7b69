__all__ = [
    "FILE",
    "HEADLINE",
    "PARTS",
    "REST",
    "VOTES_FILE",
    "HeldOutPredictions",
    "OutOfFold",
    "baselines_of",
    "calibrated",
    "card_page",
    "fit_votes",
    "heart_rate_features",
    "held_out",
    "lead_votes",
    "leaking",
    "linear",
    "load",
    "network_probabilities",
    "out_of_fold",
    "reports_of",
    "save",
    "simple_features",
]

from . import held_out, lead_votes, out_of_fold
from .baselines import heart_rate_features, linear, simple_features
from .held_out import (
    HEADLINE,
    PARTS,
    REST,
    HeldOutPredictions,
    baselines_of,
    calibrated,
    leaking,
    network_probabilities,
    reports_of,
)
from .lead_votes import VOTES_FILE, fit_votes
from .model_card import card_page
from .out_of_fold import FILE, OutOfFold, load, save
