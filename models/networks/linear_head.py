"""A linear head over what the backbone sees of a report: a member of the ensemble that is no network of its own.

It takes the backbone's feature maps of every lead, averaged over time, and gives the report's logits by one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.classes import CLASSES
from models.networks.picture_features import COLUMNS_SHAPE

MEANS_N = COLUMNS_SHAPE[0] * COLUMNS_SHAPE[2]


@dataclass(frozen=True, eq=False)
class LinearHead:
    """The matrix, with the members of all folds averaged: the mean of their logits.

    Attributes
    ----------
    kernel : ndarray, shape (`MEANS_N`, classes)
    bias : ndarray, shape (classes,)
    """

    kernel: np.ndarray
    bias: np.ndarray

    def __post_init__(self) -> None:
        if self.kernel.shape != (MEANS_N, len(CLASSES)) or self.bias.shape != (len(CLASSES),):
            raise ValueError(f"a linear head of {self.kernel.shape} and {self.bias.shape} fits no report")

    def logits(self, columns: np.ndarray) -> np.ndarray:
        """Return the logits of reports, shape (n, classes), from `PictureFeatures.columns`."""
        return self.logits_of_means(column_means(columns))

    def logits_of_means(self, means: np.ndarray) -> np.ndarray:
        """Return the logits of reports, shape (n, classes), from their `column_means`."""
        return np.asarray(means @ self.kernel + self.bias)


def column_means(columns: np.ndarray) -> np.ndarray:
    """Return the backbone's maps of each lead averaged over time, shape (n, `MEANS_N`), float32."""
    return np.asarray(columns.astype(np.float32).mean(axis=2).reshape(len(columns), -1))
