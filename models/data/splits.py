"""Five folds by report, the same for all networks; the split of a fold for early stopping; and a split that leaks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

FOLDS = 5
# Weight of a fold's size against its share of each stratum: breaks ties towards the smallest fold, no more.
SIZE_WEIGHT = 1e-3


def is_headline(in_v2: np.ndarray, layout: np.ndarray) -> np.ndarray:
    """Return which reports are 3x4+1 pages of the curated collection, shape (n,), bool."""
    return np.asarray(in_v2 & (layout == "3x4+1"))


def headline(table: pd.DataFrame) -> np.ndarray:
    """Return which reports the headline figures are computed on, shape (n,), bool."""
    return is_headline(table["in_v2"].to_numpy(), table["layout"].to_numpy())


def training_rows(table: pd.DataFrame) -> np.ndarray:
    """Return which reports may be trained on, shape (n,), bool: the headline's, and the pages in other layouts.

    The rest of version 1's 3x4+1 pages follow other labels: networks trained on all of them predict Normal for half of
    the arrhythmias.
    """
    return np.asarray(headline(table) | (table["layout"] != "3x4+1").to_numpy())


def assign_groups(
    counts: np.ndarray, scale: np.ndarray, parts_n: int, order: Iterable[int], size_weight: float = 0.0
) -> np.ndarray:
    """Assign groups to parts one after another, each to the part that holds least of its strata.

    Parameters
    ----------
    counts : ndarray, shape (groups, strata)
        Members of each group in each stratum.
    scale : ndarray, shape (strata,)
        Divides the members of each stratum; small values give rare strata more weight.
    parts_n : int
    order : iterable of int
        The groups in the order of assignment; large ones first give parts that are alike.
    size_weight : float
        What a member already in a part counts beside the strata.

    Returns
    -------
    ndarray of int, shape (groups,)

    Examples
    --------
    >>> assign_groups(np.array([[2, 0], [2, 0], [0, 1], [0, 1]]), np.array([4, 2]), 2, range(4)).tolist()
    [0, 1, 0, 1]
    """
    part_of = np.full(len(counts), -1)
    loads = np.zeros((parts_n, counts.shape[1]))
    for group in order:
        crowding = (loads * counts[group] / scale).sum(axis=1) + size_weight * loads.sum(axis=1)
        part_of[group] = crowding.argmin()
        loads[part_of[group]] += counts[group]
    return part_of


def folds_of(table: pd.DataFrame, seed: int = 0) -> np.ndarray:
    """Return each report's fold, 0 to 4, stratified by class, layout and collection; a group stays in one fold."""
    stratum = (table["label"].astype(str) + table["layout"] + table["in_v2"].astype(str)).to_numpy()
    place, strata = pd.factorize(stratum)
    groups = list(table.groupby("group", sort=True).indices.values())
    # Largest first; the shuffle decides among groups of one size.
    np.random.default_rng(seed).shuffle(groups)
    groups.sort(key=len, reverse=True)
    counts = np.stack([np.bincount(place[members], minlength=len(strata)) for members in groups])
    part_of = assign_groups(counts, counts.sum(axis=0), FOLDS, range(len(groups)), SIZE_WEIGHT)
    folds = np.full(len(table), -1)
    for members, part in zip(groups, part_of, strict=True):
        folds[members] = part
    return folds


def inner_split(
    table: pd.DataFrame, among: np.ndarray, seed: int, share: float = 0.125
) -> tuple[np.ndarray, np.ndarray]:
    """Split training reports, by group, into a training set and a validation set for early stopping.

    Parameters
    ----------
    table : DataFrame
    among : ndarray of int
        Places of the training reports in the table.
    seed : int
    share : float
        Of each class's groups, how many are for validation.

    Returns
    -------
    ndarray, ndarray
        Places of the training set and of the validation set.
    """
    rng = np.random.default_rng(seed)
    part = table.iloc[among]
    # A group with any report of a rarer class counts as that class.
    rarity = part["label"].map(part["label"].value_counts())
    rarest = part.assign(rarity=rarity).sort_values("rarity").groupby("group")["label"].first()
    chosen: set[str] = set()
    for _, groups in rarest.groupby(rarest):
        names = groups.index.to_numpy()
        chosen |= set(rng.permutation(names)[: max(1, round(share * len(names)))])
    validation = part["group"].isin(chosen).to_numpy()
    return among[~validation], among[validation]


def leaking_split(copies_n: np.ndarray, seed: int, test_share: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Split files at random, as publications on this dataset do: copies of one report fall on both sides.

    Parameters
    ----------
    copies_n : ndarray of int
        How many files each report has.

    Returns
    -------
    ndarray, ndarray
        The training files and the test files, each as the place of its report.

    Examples
    --------
    >>> training, test = leaking_split(np.array([2, 3]), seed=0)
    >>> len(training), len(test)
    (4, 1)
    """
    files = np.repeat(np.arange(len(copies_n)), copies_n)
    files = np.random.default_rng(seed).permutation(files)
    test_n = round(test_share * len(files))
    return files[test_n:], files[:test_n]
