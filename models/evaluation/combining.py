"""How the members of the ensemble are combined: weights, temperature and offset, fitted on held-out reports."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.classes import CLASSES
from models.networks import LINEAR_HEAD, PICTURE_NETWORKS, TRACE_NETWORKS
from models.scoring import Combination, best_weights, combined, offset_of, temperature_of

ROADS = (PICTURE_NETWORKS, TRACE_NETWORKS, (LINEAR_HEAD,))
INFARCTION = CLASSES.index("Myocardial infarction")


def fit_combination(found: Mapping[str, np.ndarray], labels: np.ndarray, offset: bool = True) -> Combination:
    """Fit the combination of all members that are given.

    Parameters
    ----------
    found : mapping of str to ndarray, shape (n, 4)
        Calibrated probabilities of held-out reports by member.
    labels : ndarray of int, shape (n,)
    offset : bool
        Whether infarctions, of which there are fewest, get an offset.

    Notes
    -----
    Networks of one road have the same weight. Roads have the weights of lowest cross-entropy; the offset is the least
    one of highest macro-F1.
    """
    roads = [[name for name in road if name in found] for road in ROADS]
    roads = [road for road in roads if road]
    of_roads = best_weights([combined([found[name] for name in road]) for road in roads], labels)
    weights = {name: one / len(road) for road, one in zip(roads, of_roads, strict=True) for name in road if one > 0}
    plain = Combination(weights, 1.0, (0.0,) * len(CLASSES))
    logits = plain.logits(found)
    temperature = temperature_of(logits, labels)
    offsets = [0.0] * len(CLASSES)
    if offset:
        offsets[INFARCTION] = offset_of(logits / temperature, labels, INFARCTION)
    return Combination(weights, temperature, tuple(offsets))
