__all__ = [
    "ACCEPTED_RISK",
    "ATTENTION",
    "BINS",
    "JOINT",
    "PLAIN",
    "WAYS",
    "abstention_bar",
    "attended",
    "attention_of",
    "auroc",
    "bootstrap",
    "by_class",
    "confusion",
    "cross_fitted",
    "joined",
    "metrics",
    "probabilities",
    "temperature_of",
    "weighed",
]

from . import bootstrap, metrics
from .aggregation import ATTENTION, JOINT, PLAIN, WAYS, attended, attention_of, weighed
from .calibration import ACCEPTED_RISK, abstention_bar, cross_fitted, joined, probabilities, temperature_of
from .metrics import BINS, auroc, by_class, confusion
