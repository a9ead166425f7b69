"""The published beat pictures of six classes: which are copies, and which record and beat each one shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.beats.recordings import record_folds

SIX_CLASSES = (
    "Left bundle branch block",
    "Normal",
    "Premature atrial",
    "Premature ventricular",
    "Right bundle branch block",
    "Ventricular fibrillation",
)
# The least correlation at which a picture counts as matched to a beat.
MIN_CORRELATION = 0.97
HALVES = 2


@dataclass(frozen=True)
class SixClassPictures:
    """The pictures as published, with what was found out about them.

    Attributes
    ----------
    pictures : ndarray, shape (n, 128, 192), uint8
    label : ndarray of int, shape (n,)
        Index into `SIX_CLASSES`.
    in_test : ndarray of bool, shape (n,)
        In the folder of test pictures.
    on_both_sides : ndarray of bool, shape (n,)
        The same pixels occur in the training and the test folder.
    is_first : ndarray of bool, shape (n,)
        The first of its copies, in either folder.
    record, symbol : ndarray of str, shape (n,)
        Record and annotation of the matched beat; empty where none matches.
    sample : ndarray of int, shape (n,)
        The sample of that beat's R wave; -1 where none matches.
    """

    pictures: np.ndarray
    label: np.ndarray
    in_test: np.ndarray
    on_both_sides: np.ndarray
    is_first: np.ndarray
    record: np.ndarray
    symbol: np.ndarray
    sample: np.ndarray


def read_six_classes(folder: Path) -> SixClassPictures:
    """Read ``signals/beats6.npz`` of a data folder, and the beats that its pictures were matched to."""
    with np.load(folder / "signals" / "beats6.npz") as arrays:
        pictures, label, split = arrays["images"], arrays["label"].astype(int), arrays["split"]
    in_test = split == "test"
    content = pd.Series([picture.tobytes() for picture in pictures])
    sides = pd.DataFrame({"content": content, "in_test": in_test}).groupby("content")["in_test"]
    on_both_sides = (sides.transform("max") != sides.transform("min")).to_numpy()
    match = pd.read_csv(folder / "signals" / "beats6_mitbih_match.csv", dtype={"record": str}, keep_default_na=False)
    matched = (pd.to_numeric(match["corr"]) >= MIN_CORRELATION).to_numpy()
    return SixClassPictures(
        pictures,
        label,
        in_test,
        on_both_sides,
        (~content.duplicated()).to_numpy(),
        np.where(matched, match["record"], ""),
        np.where(matched, match["symbol"], ""),
        np.where(matched, pd.to_numeric(match["sample"]), -1).astype(int),
    )


def patient_halves(collection: SixClassPictures) -> np.ndarray:
    """Split the distinct, matched pictures into halves by record, shape (n,): 0 or 1, and -1 for unused pictures.

    Ventricular fibrillation is a single record, so one half has none of it.
    """
    used = collection.is_first & (collection.record != "")
    half = np.full(len(collection.label), -1)
    half[used] = record_folds(collection.label[used], collection.record[used], len(SIX_CLASSES), HALVES)
    return half
