"""Gradient-boosted trees as plain arrays: how the findings head is stored and run, without the library that fits it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Of a leaf; every other node has the number of a feature here.
LEAF = -1
# Pages at a time: each takes some 100 kB of intermediate arrays.
_PAGES = 64


@dataclass(frozen=True, eq=False)
class Trees:
    """Some trees for each finding; every array has one row for each tree and one column for each of its nodes.

    Attributes
    ----------
    feature : ndarray of int16
        The feature that a node compares, `LEAF` of a leaf.
    threshold : ndarray of float32
        A node's left child follows where the feature is at most this.
    left, right : ndarray of uint8
        Columns of the children.
    value : ndarray of float32
        What a leaf adds to the logit.
    finding : ndarray of uint8, shape (trees,)
        The finding that a tree is of.
    baseline : ndarray of float32, shape (findings,)
        Logit of each finding before the first tree.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray
    finding: np.ndarray
    baseline: np.ndarray

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Return the logit of each finding, shape (n, findings), for features of shape (n, features).

        Examples
        --------
        >>> stump = Trees(
        ...     np.array([[0, LEAF, LEAF]]), np.array([[0.5, 0, 0]]), np.array([[1, 0, 0]]), np.array([[2, 0, 0]]),
        ...     np.array([[0.0, -1.0, 1.0]]), np.array([0]), np.array([0.25]),
        ... )
        >>> stump.logits(np.array([[0.2], [0.9]])).tolist()
        [[-0.75], [1.25]]
        """
        return np.concatenate([self._logits(features[at : at + _PAGES]) for at in range(0, len(features), _PAGES)])

    def _logits(self, features: np.ndarray) -> np.ndarray:
        pages, trees = np.arange(len(features))[:, None], np.arange(len(self.feature))[None]
        node = np.zeros((len(features), len(self.feature)), int)
        while True:
            compared = self.feature[trees, node]
            if (compared == LEAF).all():
                break
            left = features[pages, compared] <= self.threshold[trees, node]
            following = np.where(left, self.left[trees, node], self.right[trees, node])
            node = np.where(compared == LEAF, node, following)
        values = self.value[trees, node].astype(np.float64)
        sums = np.stack([np.bincount(self.finding, one, len(self.baseline)) for one in values])
        return np.asarray(sums + self.baseline)


def mean_of(members: list[Trees]) -> Trees:
    """Return trees whose logits are the mean of those of several members."""
    joined = {
        name: np.concatenate([getattr(one, name) for one in members])
        for name in ("feature", "threshold", "left", "right", "finding")
    }
    value = np.concatenate([one.value for one in members]) / len(members)
    baseline = np.mean([one.baseline for one in members], axis=0)
    return Trees(**joined, value=value.astype(np.float32), baseline=baseline.astype(np.float32))
