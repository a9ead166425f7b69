"""The field's pictures of six classes, which of them are the same picture twice, and whose hearts they show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.data import assign_groups

SIX = (
    "Left bundle branch block",
    "Normal",
    "Premature atrial",
    "Premature ventricular",
    "Right bundle branch block",
    "Ventricular fibrillation",
)
# A picture that fits a beat at least so well is of that beat.
SURE = 0.97
HALVES = 2


@dataclass(frozen=True)
class SixClasses:
    """The pictures as they are handed around, with what they were found to be.

    Attributes
    ----------
    pictures : ndarray, shape (n, 128, 192), uint8
    label : ndarray of int, shape (n,)
        Place in `SIX`.
    tested : ndarray of bool, shape (n,)
        In the folder of test pictures.
    twin : ndarray of bool, shape (n,)
        Its pixels occur on the other side of the published split too.
    first : ndarray of bool, shape (n,)
        The first of its copies, whichever folder it is in.
    record, symbol : ndarray of str, shape (n,)
        The record and the annotation of the beat that it shows; empty where no beat fits surely.
    sample : ndarray of int, shape (n,)
        Where that beat's R wave is in its record; -1 where no beat fits surely.
    """

    pictures: np.ndarray
    label: np.ndarray
    tested: np.ndarray
    twin: np.ndarray
    first: np.ndarray
    record: np.ndarray
    symbol: np.ndarray
    sample: np.ndarray


def six_classes(folder: Path) -> SixClasses:
    """Read ``signals/beats6.npz`` and what its pictures were matched to, of a folder of data."""
    with np.load(folder / "signals" / "beats6.npz") as kept:
        pictures, label, split = kept["images"], kept["label"].astype(int), kept["split"]
    tested = split == "test"
    content = pd.Series([picture.tobytes() for picture in pictures])
    sides = pd.DataFrame({"content": content, "tested": tested}).groupby("content")["tested"]
    twin = (sides.transform("max") != sides.transform("min")).to_numpy()
    fit = pd.read_csv(folder / "signals" / "beats6_mitbih_match.csv", dtype={"record": str}, keep_default_na=False)
    sure = (pd.to_numeric(fit["corr"]) >= SURE).to_numpy()
    return SixClasses(
        pictures,
        label,
        tested,
        twin,
        (~content.duplicated()).to_numpy(),
        np.where(sure, fit["record"], ""),
        np.where(sure, fit["symbol"], ""),
        np.where(sure, pd.to_numeric(fit["sample"]), -1).astype(int),
    )


def halves(known: SixClasses) -> np.ndarray:
    """Part the distinct, surely matched pictures by record, shape (n,): 0 or 1, and -1 for those left out.

    Each half is tested by what was taught on the other. Ventricular fibrillation is one record, so that it is never
    both taught and tested.
    """
    used = known.first & (known.record != "")
    half = np.full(len(known.label), -1)
    half[used] = dealt(known.label[used], known.record[used], len(SIX), HALVES)
    return half


def dealt(label: np.ndarray, record: np.ndarray, classes_n: int, parts_n: int) -> np.ndarray:
    """Part beats into so many parts, shape (n,), 0 and up, so that every record lies wholly in one of them.

    The records are dealt out largest first, each to the part that has least of its classes.
    """
    # A class that is not there weighs nothing.
    sizes = np.maximum(np.bincount(label, minlength=classes_n), 1).astype(float)
    names, own = np.unique(record, return_inverse=True)
    counts = np.zeros((len(names), classes_n))
    np.add.at(counts, (own, label), 1)
    order = np.argsort(-(counts / sizes).sum(axis=1), kind="stable")
    # Divided by the square, a class counts by its share of the record as well as of the part.
    return assign_groups(counts, sizes**2, parts_n, order)[own]
