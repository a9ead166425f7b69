"""Features of pictures as they lie in the cache: one file for each page, with one row for each view of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.classes import CLASSES
from models.data.drawn_pages import record_name, records
from models.networks import PictureFeatures
from sample_images import RHYTHMS

# The records whose diagnoses fit one of the four classes beyond doubt (signals/ptbxl.md); the others are borderline.
RECORD_CLASSES = {"NORMAL": 0, "ABNORMAL_rhythm/beat/BBB": 1, "MI_ACUTE_strict": 2, "MI_OLD_stage": 3}
# PTB-XL's own folds, by patient: the first eight are for training.
TRAINING_STRATA = range(1, 9)


@dataclass(frozen=True, eq=False)
class StoredFeatures:
    """Features of the views of some pages.

    Attributes
    ----------
    features : PictureFeatures
        In half precision, one row for each view.
    first : ndarray of int, shape (pages,)
        The plain view of each page.
    views_n : ndarray of int, shape (pages,)
        How many views it has, the plain one first.
    """

    features: PictureFeatures
    first: np.ndarray
    views_n: np.ndarray

    def rows(self, at: np.ndarray) -> dict[str, np.ndarray]:
        """Return the features of some views by name, float32, as the networks over pictures take them."""
        return {name: part[at].astype(np.float32) for name, part in vars(self.features).items()}

    def drawn_views(self, pages: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return a random view of each page."""
        return np.asarray(self.first[pages] + rng.integers(self.views_n[pages]))


def feature_file(name: str, folder: Path) -> Path:
    """Return the file of a page's features in the cache."""
    return folder / "features" / f"{name}.npz"


def save_features(features: PictureFeatures, file: Path) -> None:
    """Write the features of a page's views in half precision."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(file, allow_pickle=False, **{name: part.astype(np.float16) for name, part in vars(features).items()})


def load_features(names: Sequence[str], folder: Path) -> StoredFeatures:
    """Read the features of pages by name."""
    found: dict[str, list[np.ndarray]] = {"outline": [], "columns": [], "pooled": []}
    views_n = []
    for name in names:
        with np.load(feature_file(name, folder)) as arrays:
            for part, kept in found.items():
                kept.append(arrays[part])
        views_n.append(len(found["outline"][-1]))
    counts = np.array(views_n)
    features = PictureFeatures(**{part: np.concatenate(kept) for part, kept in found.items()})
    return StoredFeatures(features, np.cumsum(counts) - counts, counts)


def drawn_classes(data: Path, folder: Path) -> tuple[list[str], np.ndarray]:
    """Return the drawn pages that have a class of the four and features, by name, and their classes."""
    table = records(data)
    kept = table[table["map"].isin(RECORD_CLASSES) & table["strat_fold"].isin(TRAINING_STRATA)]
    known = {record_name(one): RECORD_CLASSES[kind] for one, kind in zip(kept["ecg_id"], kept["map"], strict=True)}
    for rhythm, kind in RHYTHMS.items():
        label = CLASSES.index(kind.label)
        known |= {file.stem: label for file in (folder / "features").glob(f"drawn-{rhythm}-*.npz")}
    present = {name: label for name, label in known.items() if feature_file(name, folder).is_file()}
    return list(present), np.array(list(present.values()), int)


def with_features(table: pd.DataFrame, folder: Path) -> np.ndarray:
    """Return which reports of a table have features, shape (n,), bool."""
    return np.array([feature_file(report_name(sha256), folder).is_file() for sha256 in table["sha256"]])


def report_name(sha256: str) -> str:
    """Return the name under which a report's page and features are stored."""
    return sha256[:16]
