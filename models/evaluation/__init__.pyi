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
    "fit_combination",
    "fit_votes",
    "heart_rate_features",
    "held_out",
    "held_out_linear",
    "lead_votes",
    "leaking",
    "linear",
    "load",
    "member_logits",
    "network_probabilities",
    "out_of_fold",
    "present",
    "reports_of",
    "save",
    "simple_features",
]

from . import held_out, lead_votes, out_of_fold
from .baselines import heart_rate_features, linear, simple_features
from .combining import fit_combination
from .held_out import (
    HEADLINE,
    PARTS,
    REST,
    HeldOutPredictions,
    baselines_of,
    calibrated,
    leaking,
    member_logits,
    network_probabilities,
    present,
    reports_of,
)
from .lead_votes import VOTES_FILE, fit_votes
from .linear_head import held_out_linear
from .model_card import card_page
from .out_of_fold import FILE, OutOfFold, load, save
