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
    "ensemble_logits",
    "fit_votes",
    "heart_rate_features",
    "held_out",
    "lead_votes",
    "leaking",
    "linear",
    "load",
    "network_probabilities",
    "out_of_fold",
    "present",
    "reports_of",
    "road_weights",
    "save",
    "share_of_pictures",
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
    ensemble_logits,
    leaking,
    network_probabilities,
    present,
    reports_of,
    road_weights,
    share_of_pictures,
)
from .lead_votes import VOTES_FILE, fit_votes
from .model_card import card_page
from .out_of_fold import FILE, OutOfFold, load, save
