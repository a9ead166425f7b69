__all__ = [
    "FILE",
    "HEADLINE",
    "PARTS",
    "REST",
    "Answers",
    "OutOfFold",
    "baselines_of",
    "calibrated",
    "card_page",
    "heart_rate_features",
    "lead_votes",
    "leaking",
    "linear",
    "load",
    "other_pages",
    "out_of_fold",
    "reports_of",
    "said_by_networks",
    "save",
    "simple_features",
]

from . import lead_votes, other_pages, out_of_fold
from .baselines import heart_rate_features, linear, simple_features
from .model_card import card_page
from .other_pages import HEADLINE, PARTS, REST, Answers, baselines_of, calibrated, leaking, reports_of, said_by_networks
from .out_of_fold import FILE, OutOfFold, load, save
