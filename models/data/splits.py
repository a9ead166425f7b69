"""Five folds by report, drawn once for all networks; and the random split of files that leaks."""

from __future__ import annotations

import numpy as np
import pandas as pd

FOLDS = 5


def is_headline(in_v2: np.ndarray, layout: np.ndarray) -> np.ndarray:
    """Say which reports are 3x4+1 pages of the curated collection, shape (n,), bool."""
    return in_v2 & (layout == "3x4+1")


def headline(table: pd.DataFrame) -> np.ndarray:
    """Say which reports the headline is about: 3x4+1 pages of the curated collection."""
    return is_headline(table["in_v2"].to_numpy(), table["layout"].to_numpy())


def training_rows(table: pd.DataFrame) -> np.ndarray:
    """Say which reports networks are taught on: the headline's, and the pages in other layouts.

    The rest of version 1's 3x4+1 pages follow other labels: networks that were taught on all of them call half of the
    arrhythmias normal.
    """
    return headline(table) | (table["layout"] != "3x4+1").to_numpy()


def folds_of(table: pd.DataFrame, seed: int = 0) -> np.ndarray:
    """Return each report's fold, 0 to 4.

    A group stays whole. Groups are dealt out largest first, each to the fold that has least of its classes, layouts and
    collections, which stratifies by all three.
    """
    rng = np.random.default_rng(seed)
    stratum = (table["label"].astype(str) + table["layout"] + table["in_v2"].astype(str)).to_numpy()
    sizes = pd.Series(stratum).value_counts()
    dealt = {name: np.zeros(FOLDS) for name in sizes.index}
    groups = list(table.groupby("group", sort=True).indices.values())
    rng.shuffle(groups)
    groups.sort(key=len, reverse=True)
    folds, total = np.full(len(table), -1), np.zeros(FOLDS)
    for members in groups:
        crowded = sum(dealt[stratum[member]] / sizes[stratum[member]] for member in members)
        # Among folds that have as little of these strata, the smallest.
        fold = int(np.argmin(crowded + 1e-3 * total))
        folds[members] = fold
        total[fold] += len(members)
        for member in members:
            dealt[stratum[member]][fold] += 1
    return folds


def inner_split(
    table: pd.DataFrame, among: np.ndarray, seed: int, share: float = 0.125
) -> tuple[np.ndarray, np.ndarray]:
    """Part training reports, by group, into those taught on and those that only say when to stop.

    Parameters
    ----------
    table : DataFrame
    among : ndarray of int
        Places of the training reports in the table.
    seed : int
    share : float
        Of each class's groups, how many say when to stop.

    Returns
    -------
    ndarray, ndarray
        Places to teach on, and places to watch.
    """
    rng = np.random.default_rng(seed)
    part = table.iloc[among]
    # A group with any report of a rarer class counts as that class.
    rarity = part["label"].map(part["label"].value_counts())
    rarest = part.assign(rarity=rarity).sort_values("rarity").groupby("group")["label"].first()
    watched: set[str] = set()
    for _, groups in rarest.groupby(rarest):
        names = groups.index.to_numpy()
        watched |= set(rng.permutation(names)[: max(1, round(share * len(names)))])
    watch = part["group"].isin(watched).to_numpy()
    return among[~watch], among[watch]


def leaking_split(copies_n: np.ndarray, seed: int, test_share: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Split files at random, as the field does: copies of one report fall on both sides.

    Parameters
    ----------
    copies_n : ndarray of int
        How many files each report is.

    Returns
    -------
    ndarray, ndarray
        The training files and the test files, each as the place of its report.
    """
    files = np.repeat(np.arange(len(copies_n)), copies_n)
    files = np.random.default_rng(seed).permutation(files)
    test_n = round(test_share * len(files))
    return files[test_n:], files[:test_n]
