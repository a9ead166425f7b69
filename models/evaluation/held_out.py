"""Probabilities of each model on held-out reports, by part of the reports and aggregation of leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.classes import CLASSES
from models.evaluation.baselines import majority
from models.evaluation.combining import fit_combination
from models.evaluation.out_of_fold import OutOfFold
from models.networks import ENSEMBLE, LINEAR_HEAD, MEMBERS, OWN_NETWORKS, PAPER_NETWORKS
from models.scoring import (
    FIXED_AGGREGATIONS,
    JOINT,
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
    """Held-out reports and the models' probabilities.

    Attributes
    ----------
    labels, groups : ndarray of int, shape (n,)
    probabilities : dict of ndarray, shape (n, 4)
        By model; NaN where a model did not predict.
    """

    labels: np.ndarray
    groups: np.ndarray
    probabilities: dict[str, np.ndarray]

    def of(self, model: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return labels, probabilities and groups of the reports that a model predicted."""
        known = np.isfinite(self.probabilities[model]).all(axis=1)
        return self.labels[known], self.probabilities[model][known], self.groups[known]


def reports_of(outputs: OutOfFold, part: str) -> np.ndarray:
    """Return which reports belong to a part, shape (n,), bool."""
    known = {HEADLINE: outputs.headline, REST: outputs.rest}
    return known[part] if part in known else np.asarray(outputs.layout == part)


def predictions(outputs: OutOfFold, part: str = HEADLINE, aggregation: str = JOINT) -> HeldOutPredictions:
    """Return the models' predictions on one part of the reports; on the headline's also the baselines'."""
    at = reports_of(outputs, part)
    found = network_probabilities(outputs, part, aggregation)
    if part == HEADLINE:
        found |= baselines_of(outputs)
    return HeldOutPredictions(outputs.label[at].astype(int), outputs.group[at].astype(int), found)


def network_probabilities(outputs: OutOfFold, part: str = HEADLINE, aggregation: str = JOINT) -> dict[str, np.ndarray]:
    """Return the calibrated probabilities of our networks and of their ensemble, (n, 4) each.

    On the headline's reports each fold has the temperatures and the combination of the other folds; any other part has
    those of the whole headline, as in use. The linear head has no leads: it is the same in every aggregation.
    """
    at, home = reports_of(outputs, part), outputs.headline
    logits = member_logits(outputs, aggregation)
    labels = outputs.label[home]
    if part == HEADLINE:
        return calibrated(logits[:, home], labels, outputs.fold[home])
    own = present(logits[:, home])
    temperatures = {name: temperature_of(one, labels) for name, one in own.items()}
    at_home = {name: probabilities(one, temperatures[name]) for name, one in own.items()}
    found = {name: probabilities(logits[MEMBERS.index(name), at], temperatures[name]) for name in own}
    found[ENSEMBLE] = fit_combination(at_home, labels)(found)
    return shown(found)


def member_logits(outputs: OutOfFold, aggregation: str = JOINT) -> np.ndarray:
    """Return the logits of all reports, shape (members, n, 4), by `MEMBERS`."""
    return np.stack([*(_logits(outputs, n, aggregation) for n in range(len(OWN_NETWORKS))), outputs.linear_logits])


def calibrated(logits: np.ndarray, labels: np.ndarray, folds: np.ndarray) -> dict[str, np.ndarray]:
    """Return the probabilities of our networks and their ensemble, each fold under what was fitted on the others.

    Parameters
    ----------
    logits : ndarray, shape (members, n, 4)
        By `MEMBERS`.
    """
    found = {name: cross_fitted(own, labels, folds) for name, own in present(logits).items()}
    joint = np.empty(logits.shape[1:])
    for fold in np.unique(folds):
        own, others = folds == fold, folds != fold
        combination = fit_combination({name: one[others] for name, one in found.items()}, labels[others])
        joint[own] = combination({name: one[own] for name, one in found.items()})
    found[ENSEMBLE] = joint
    return shown(found)


def present(logits: np.ndarray) -> dict[str, np.ndarray]:
    """Return the logits of the members that predicted all of these reports, by name.

    Between `models.publish` and `models.publish_pictures` there are those over traces alone.
    """
    by_name = dict(zip(MEMBERS, logits, strict=True))
    return {name: own for name, own in by_name.items() if np.isfinite(own).all()}


def shown(found: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the probabilities of all models but the linear head, which is a part of the ensemble alone."""
    return {name: one for name, one in found.items() if name != LINEAR_HEAD}


def baselines_of(outputs: OutOfFold) -> dict[str, np.ndarray]:
    """Return the probabilities of every baseline on the headline's reports."""
    at = outputs.headline
    found = {"majority": majority(outputs.label[at], outputs.fold[at], len(CLASSES))}
    found |= {"heart_rate": outputs.heart_rate[at], "simple_linear": outputs.simple[at]}
    return found | {name: outputs.paper_leads[n, at].mean(axis=1) for n, name in enumerate(PAPER_NETWORKS)}


def leaking(outputs: OutOfFold) -> HeldOutPredictions:
    """Return the predictions of the article's CNN on the test files of a random split.

    In place of models stand parts of the test files: ``all``, those ``with_copy`` in the training set and those
    ``without_copy``. Copies of one report form a group.
    """
    found, seen = outputs.leaking_leads.mean(axis=1), outputs.leaking_seen[:, None]
    parts = {"all": found, "with_copy": np.where(seen, found, np.nan), "without_copy": np.where(seen, np.nan, found)}
    place = outputs.leaking_place
    return HeldOutPredictions(outputs.label[place].astype(int), place.astype(int), parts)


def _logits(outputs: OutOfFold, n: int, aggregation: str) -> np.ndarray:
    """Return one network's logits of all reports; weights of leads are fitted on the headline of other folds."""
    leads = outputs.lead_logits[n]
    if aggregation == JOINT:
        return np.asarray(outputs.report_logits[n])
    if aggregation in FIXED_AGGREGATIONS:
        return FIXED_AGGREGATIONS[aggregation](leads)
    return cross_fitted_attention(leads, outputs.label, outputs.fold, outputs.headline)
