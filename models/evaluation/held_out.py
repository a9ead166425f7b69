"""What each model said of reports that it had not seen, as probabilities: by part of the reports and way from leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.classes import CLASSES
from models.evaluation.baselines import majority
from models.evaluation.out_of_fold import OutOfFold
from models.networks import ENSEMBLE, NETWORKS, PAPER_NETWORKS
from models.scoring import (
    FIXED_AGGREGATIONS,
    JOINT,
    combined,
    cross_fitted,
    cross_fitted_attention,
    probabilities,
    temperature_of,
)

HEADLINE = "3x4+1"
REST = "3x4+1, rest of version 1"
PARTS = (HEADLINE, "6x2", "6x2+1", REST)


@dataclass(frozen=True)
class HeldOutPredictions:
    """Reports and what models said of them.

    Attributes
    ----------
    labels, groups : ndarray of int, shape (n,)
    probabilities : dict of ndarray, shape (n, 4)
        Probabilities by model; NaN where a model was not asked.
    """

    labels: np.ndarray
    groups: np.ndarray
    probabilities: dict[str, np.ndarray]

    def of(self, model: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return labels, probabilities and groups of the reports that a model was asked about."""
        known = np.isfinite(self.probabilities[model]).all(axis=1)
        return self.labels[known], self.probabilities[model][known], self.groups[known]


def reports_of(kept: OutOfFold, part: str) -> np.ndarray:
    """Say which reports are of a part, shape (n,), bool."""
    return {HEADLINE: kept.headline, REST: kept.rest}.get(part, kept.layout == part)


def predictions(kept: OutOfFold, part: str = HEADLINE, way: str = JOINT) -> HeldOutPredictions:
    """Return what the models said of one part of the reports; of the headline's also what they are held against."""
    at = reports_of(kept, part)
    said = network_probabilities(kept, part, way)
    if part == HEADLINE:
        said |= baselines_of(kept)
    return HeldOutPredictions(kept.label[at].astype(int), kept.group[at].astype(int), said)


def network_probabilities(kept: OutOfFold, part: str = HEADLINE, way: str = JOINT) -> dict[str, np.ndarray]:
    """Return the probabilities of the two networks and of both together.

    On the headline's reports each fold is under the temperatures of the others; any other part is under those of the
    headline, as it would be in use.
    """
    at, home = reports_of(kept, part), kept.headline
    scores = np.stack([_scores(kept, n, way) for n in range(len(NETWORKS))])
    if part == HEADLINE:
        return calibrated(scores[:, home], kept.label[home], kept.fold[home])
    labels = kept.label[home]
    heat = [temperature_of(own[home], labels) for own in scores]
    said = {name: probabilities(scores[n, at], heat[n]) for n, name in enumerate(NETWORKS)}
    together = combined(*(probabilities(scores[n, home], heat[n]) for n in range(len(NETWORKS))))
    said[ENSEMBLE] = probabilities(combined(*said.values()), temperature_of(together, labels))
    return said


def calibrated(report_logits: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> dict[str, np.ndarray]:
    """Return each model's probabilities, each fold under temperatures of the others: the two networks and ensemble."""
    said = {name: cross_fitted(report_logits[n], labels, folds) for n, name in enumerate(NETWORKS)}
    said[ENSEMBLE] = cross_fitted(combined(*said.values()), labels, folds)
    return said


def baselines_of(kept: OutOfFold) -> dict[str, np.ndarray]:
    """Return the probabilities of the headline's reports by everything that the networks are held against."""
    at = kept.headline
    found = {"majority": majority(kept.label[at], kept.fold[at], len(CLASSES))}
    found |= {"heart_rate": kept.heart_rate[at], "simple_linear": kept.simple[at]}
    return found | {name: kept.paper_leads[n, at].mean(axis=1) for n, name in enumerate(PAPER_NETWORKS)}


def leaking(kept: OutOfFold) -> HeldOutPredictions:
    """Return what the paper's CNN, taught on files drawn at random, said of the rest of the files.

    Its models are the parts: ``all``, those with a copy (``with_copy``) among the files taught on, and those ``without_copy``. Copies
    of one report are one report: they make the groups.
    """
    said, seen = kept.leaking_leads.mean(axis=1), kept.leaking_seen[:, None]
    parts = {"all": said, "with_copy": np.where(seen, said, np.nan), "without_copy": np.where(seen, np.nan, said)}
    return HeldOutPredictions(kept.label[kept.leaking_place].astype(int), kept.leaking_place.astype(int), parts)


def _scores(kept: OutOfFold, n: int, way: str) -> np.ndarray:
    """Return one network's scores of all reports; what a way learns, it learns on the headline of other folds."""
    leads = kept.lead_logits[n]
    if way == JOINT:
        return kept.report_logits[n]
    if way in FIXED_AGGREGATIONS:
        return FIXED_AGGREGATIONS[way](leads)
    return cross_fitted_attention(leads, kept.label, kept.fold, kept.headline)
