"""The outputs of each network on the reports of the fold it was not trained on: one small file behind every figure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from models.data import is_headline

FILE = Path(__file__).resolve().with_name("out_of_fold.npz")


@dataclass(frozen=True)
class OutOfFold:
    """Reports and the networks' outputs on them, each from a member that was trained on the other folds.

    Attributes
    ----------
    sha256 : ndarray of str, shape (n,)
        First 16 digits of the original file's hash.
    group, fold, label : ndarray of int, shape (n,)
        Reports of one group are in one fold.
    in_v2 : ndarray of bool
        Whether the report belongs to the curated collection.
    layout : ndarray of str
    report_logits : ndarray, shape (4, n, 4), float32
        Of `OWN_NETWORKS`, before any temperature; NaN where the pictures of a report were not computed.
    lead_logits : ndarray, shape (4, n, 13, 4), float32
        The same for each lead alone, the strip last.
    linear_logits : ndarray, shape (n, 4), float32
        Of the linear head; NaN as above.
    distances : ndarray, shape (4, n), float32
        Distance of the report's features from those of the training set.
    paper_leads : ndarray, shape (2, n, 13, 4), float32
        Probabilities by `PAPER_NETWORKS`; NaN in folds that were not trained and outside the headline.
    heart_rate, simple : ndarray, shape (n, 4), float32
        Probabilities from the heart rate alone, and from a linear model of simple features; NaN as above.
    leaking_place, leaking_seen : ndarray, shape (m,)
        The test files of the random split, each as the place of its report, and whether a copy was trained on.
    leaking_leads : ndarray, shape (m, 13, 4), float32
        Probabilities of the article's CNN on them.
    """

    sha256: np.ndarray
    group: np.ndarray
    fold: np.ndarray
    label: np.ndarray
    in_v2: np.ndarray
    layout: np.ndarray
    report_logits: np.ndarray
    lead_logits: np.ndarray
    linear_logits: np.ndarray
    distances: np.ndarray
    paper_leads: np.ndarray
    heart_rate: np.ndarray
    simple: np.ndarray
    leaking_place: np.ndarray
    leaking_seen: np.ndarray
    leaking_leads: np.ndarray

    @property
    def headline(self) -> np.ndarray:
        """Which reports the headline figures are computed on: 3x4+1 pages of the curated collection."""
        return is_headline(self.in_v2, self.layout)

    @property
    def rest(self) -> np.ndarray:
        """Which reports are 3x4+1 pages outside the curated collection."""
        return is_headline(~self.in_v2, self.layout)


def load(file: Path = FILE) -> OutOfFold:
    """Read the outputs that ship."""
    with np.load(file) as arrays:
        return OutOfFold(**{field.name: arrays[field.name] for field in fields(OutOfFold)})


def save(outputs: OutOfFold, file: Path = FILE) -> None:
    """Write the outputs; the same content gives the same bytes but for the archive's clock."""
    file.parent.mkdir(exist_ok=True)
    np.savez_compressed(file, allow_pickle=False, **vars(outputs))
