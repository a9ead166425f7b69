__all__ = [
    "ACCEPTED_RISK",
    "AGGREGATIONS",
    "ATTENTION",
    "BINS",
    "FIXED_AGGREGATIONS",
    "JOINT",
    "Combination",
    "abstention_threshold",
    "attention_weights",
    "auroc",
    "best_weights",
    "bootstrap",
    "combined",
    "cross_fitted",
    "cross_fitted_attention",
    "drift",
    "kappa",
    "metrics",
    "offset_of",
    "paired",
    "probabilities",
    "temperature_of",
    "weighted",
]

from . import bootstrap, drift, kappa, metrics, paired
from .aggregation import (
    AGGREGATIONS,
    ATTENTION,
    FIXED_AGGREGATIONS,
    JOINT,
    attention_weights,
    cross_fitted_attention,
    weighted,
)
from .calibration import (
    ACCEPTED_RISK,
    Combination,
    abstention_threshold,
    best_weights,
    combined,
    cross_fitted,
    offset_of,
    probabilities,
    temperature_of,
)
from .metrics import BINS, auroc
