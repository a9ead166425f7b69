"""The report predicted from its leads' own predictions: the aggregations that the heads over all leads replace.

Their temperatures, and the weights of the one that fits them, are fitted on held-out reports by ``python -m
models.evaluate`` and shipped in ``lead_votes.json``; serving only reads them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy

from models.evaluation.out_of_fold import OutOfFold
from models.networks import LEAD_NAMES, OWN_NETWORKS
from models.scoring import (
    ATTENTION,
    FIXED_AGGREGATIONS,
    attention_weights,
    probabilities,
    temperature_of,
    weighted,
)

VOTES_FILE = Path(__file__).resolve().with_name("lead_votes.json")
_LEAST = 1e-9


@dataclass(frozen=True)
class LeadVote:
    """What an aggregation needs of a network: each lead's weight for each class, (13, 4) or none, and a temperature."""

    weights: np.ndarray | None
    temperature: float


def report_probabilities(network: str, aggregation: str, leads: Mapping[str, Sequence[float]]) -> np.ndarray:
    """Return a report's probabilities, shape (4,), from those of its leads.

    Parameters
    ----------
    network : str
        One of `OWN_NETWORKS`.
    aggregation : str
        One of `scoring.AGGREGATIONS` but `JOINT`, which is a head of the network.
    leads : mapping of str to four floats
        Probabilities by lead name; leads that were not read may be missing.

    Examples
    --------
    >>> leads = {"I": (0.1, 0.7, 0.1, 0.1), "V2": (0.2, 0.6, 0.1, 0.1)}
    >>> int(report_probabilities("cnn", "mean", leads).argmax())
    1
    """
    vote = shipped_votes()[network, aggregation]
    places = [LEAD_NAMES.index(lead) for lead in leads]
    weights = vote.weights
    if weights is not None:
        weights = weights[places] / weights[places].sum(axis=0)
    logits = _logits(np.array(list(leads.values())))[None]
    return probabilities(_aggregated(aggregation, logits, weights)[0], vote.temperature)


@cache
def shipped_votes(file: Path = VOTES_FILE) -> dict[tuple[str, str], LeadVote]:
    """Read the fitted votes, by network and aggregation."""
    read: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return {
        (network, aggregation): LeadVote(np.array(one["weights"]) if one["weights"] else None, one["temperature"])
        for network, votes in read.items()
        for aggregation, one in votes.items()
    }


def fit_votes(kept: OutOfFold) -> dict[str, dict[str, Any]]:
    """Fit every aggregation of every network on the headline's held-out reports, as `VOTES_FILE` keeps them."""
    labels = kept.label[kept.headline]
    found: dict[str, dict[str, Any]] = {}
    for place, network in enumerate(OWN_NETWORKS):
        temperature = temperature_of(kept.report_logits[place, kept.headline], labels)
        logits = _logits(probabilities(kept.lead_logits[place, kept.headline], temperature))
        votes = found[network] = {}
        for aggregation in (*FIXED_AGGREGATIONS, ATTENTION):
            weights = attention_weights(logits, labels) if aggregation == ATTENTION else None
            votes[aggregation] = {
                "temperature": temperature_of(_aggregated(aggregation, logits, weights), labels),
                "weights": None if weights is None else weights.tolist(),
            }
    return found


def _aggregated(aggregation: str, logits: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    if weights is None:
        return FIXED_AGGREGATIONS[aggregation](logits)
    return weighted(scipy.special.log_softmax(logits, axis=-1), weights)


def _logits(found: np.ndarray) -> np.ndarray:
    return np.asarray(np.log(np.maximum(found, _LEAST)))
