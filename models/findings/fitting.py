"""Fitting of the trees: one set for each finding, by scikit-learn, and copied into plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.findings.training_data import TRAINING_STRATA, FindingData
from models.findings.trees import LEAF, Trees


@dataclass(frozen=True)
class TreeConfig:
    """Sizes of the trees, small because most findings have fewer than a hundred records; set before any was scored."""

    trees: int = 100
    rate: float = 0.06
    leaves: int = 8
    least_in_leaf: int = 10
    shrinkage: float = 2.0


def fitted(features: np.ndarray, targets: np.ndarray, config: TreeConfig | None = None) -> Trees:
    """Fit the trees of every finding.

    Parameters
    ----------
    features : ndarray, shape (n, features)
    targets : ndarray, shape (n, findings)
        1 present, 0 absent, -1 unknown.
    config : TreeConfig, optional
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    config = config or TreeConfig()
    grown: list[tuple[int, np.ndarray]] = []
    baseline = np.zeros(targets.shape[1], np.float32)
    for finding, known in enumerate((targets >= 0).T):
        boosted = HistGradientBoostingClassifier(
            learning_rate=config.rate,
            max_iter=config.trees,
            max_leaf_nodes=config.leaves,
            min_samples_leaf=config.least_in_leaf,
            l2_regularization=config.shrinkage,
            early_stopping=False,
            random_state=0,
        ).fit(features[known], targets[known, finding])
        # The fitted trees have no public name; a test compares ours with the library's predictions.
        baseline[finding] = float(boosted._baseline_prediction.ravel()[0])
        grown += [(finding, tree.nodes) for (tree,) in boosted._predictors]
    return plain_trees(grown, baseline, config.leaves)


def plain_trees(grown: Sequence[tuple[int, np.ndarray]], baseline: np.ndarray, leaves: int) -> Trees:
    """Copy fitted trees into plain arrays.

    Parameters
    ----------
    grown : sequence of (int, ndarray)
        The output that a tree is of, and its nodes as scikit-learn has them.
    baseline : ndarray, shape (outputs,)
    leaves : int
        The most that a tree has.
    """
    kept: dict[str, list[np.ndarray]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}
    for _, nodes in grown:
        padded = np.zeros(2 * leaves - 1, nodes.dtype)
        padded[: len(nodes)] = nodes
        leaf = padded["is_leaf"] == 1
        leaf[len(nodes) :] = True
        kept["feature"].append(np.where(leaf, LEAF, padded["feature_idx"]).astype(np.int16))
        kept["threshold"].append(padded["num_threshold"].astype(np.float32))
        kept["left"].append(padded["left"].astype(np.uint8))
        kept["right"].append(padded["right"].astype(np.uint8))
        kept["value"].append(padded["value"].astype(np.float32))
    outputs = np.array([output for output, _ in grown], np.uint8)
    arrays = {name: np.stack(parts) for name, parts in kept.items()}
    return Trees(**arrays, finding=outputs, baseline=np.asarray(baseline, np.float32))


def cross_fitted(data: FindingData) -> tuple[list[Trees], np.ndarray]:
    """Fit one member without each training fold, and return them with the logits of every recording held out.

    Returns
    -------
    list of Trees
    ndarray, shape (n, views, findings)
        NaN of simulated recordings, which are in every member's training set.
    """
    members = []
    logits = np.full((*data.measured.shape[:2], data.targets.shape[1]), np.nan)
    views_n = data.measured.shape[1]
    for stratum in TRAINING_STRATA:
        own, held_out = data.stratum != stratum, data.stratum == stratum
        features = data.measured[own].reshape(-1, data.measured.shape[-1])
        members.append(fitted(features, np.repeat(data.targets[own], views_n, axis=0)))
        for view in range(views_n):
            logits[held_out, view] = members[-1].logits(data.measured[held_out, view])
    return members, logits
