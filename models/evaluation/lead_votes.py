"""What the leads' own answers make of a report when each has its vote: the ways that the heads over all leads replace.

Their temperatures, and the weights of the one that learns them, rest on reports that the networks had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy

from models.evaluation.out_of_fold import load
from models.networks import LEAD_NAMES, NETWORKS
from models.scoring import ATTENTION, FIXED_AGGREGATIONS, attention_weights, probabilities, temperature_of, weighted

_LEAST = 1e-9


@dataclass(frozen=True)
class Settled:
    """What a way needs to know: how much each lead counts for each class, shape (13, 4), and one temperature."""

    weights: np.ndarray | None
    temperature: float


def report_probabilities(network: str, way: str, leads: Mapping[str, Sequence[float]]) -> np.ndarray:
    """Return a report's probabilities, shape (4,), from what each of its leads alone would say.

    Parameters
    ----------
    network : str
        One of `NETWORKS`.
    way : str
        One of `aggregation.WAYS` but `JOINT`, which is no vote.
    leads : mapping of str to four floats
        Probabilities by lead name; leads that were not read may lack.
    """
    settled = _settled(network, way)
    places = [LEAD_NAMES.index(lead) for lead in leads]
    scores = _scores(np.array(list(leads.values())))[None]
    weights = settled.weights
    if weights is not None:
        weights = weights[places] / weights[places].sum(axis=0)
    return probabilities(_joined(way, scores, weights)[0], settled.temperature)


@cache
def _settled(network: str, way: str) -> Settled:
    kept, place = load(), NETWORKS.index(network)
    labels = kept.label[kept.headline]
    own = temperature_of(kept.report_logits[place, kept.headline], labels)
    scores = _scores(probabilities(kept.lead_logits[place, kept.headline], own))
    weights = attention_weights(scores, labels) if way == ATTENTION else None
    return Settled(weights, temperature_of(_joined(way, scores, weights), labels))


def _joined(way: str, scores: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    return (
        FIXED_AGGREGATIONS[way](scores)
        if weights is None
        else weighted(scipy.special.log_softmax(scores, axis=-1), weights)
    )


def _scores(said: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(said, _LEAST))
