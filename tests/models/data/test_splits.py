"""No group is on both sides of a split, folds are alike, and the leaking split leaks."""

import numpy as np
import pandas as pd
import pytest

from models.data.splits import FOLDS, folds_of, headline, inner_split, leaking_split, training_rows


@pytest.fixture
def table():
    rng = np.random.default_rng(4)
    n = 300
    groups = rng.integers(180, size=n)
    return pd.DataFrame(
        {
            "group": [f"g{group}" for group in groups],
            "label": rng.choice(4, n, p=[0.4, 0.4, 0.06, 0.14]),
            "layout": rng.choice(["3x4+1", "6x2"], n, p=[0.8, 0.2]),
            "in_v2": rng.random(n) < 0.7,
            "copies_n": rng.integers(1, 8, n),
        }
    )


def test_a_group_is_in_one_fold(table):
    folds = pd.Series(folds_of(table))
    assert folds.groupby(table["group"]).nunique().max() == 1
    assert set(folds) == set(range(FOLDS))


def test_folds_have_their_share_of_each_class(table):
    folds = folds_of(table)
    counts = pd.crosstab(table["label"], folds).to_numpy()
    assert (np.ptp(counts, axis=1) <= np.maximum(3, 0.15 * counts.sum(axis=1))).all()


def test_shuffling_the_table_does_not_split_groups(table):
    shuffled = table.sample(frac=1, random_state=1)
    folds = pd.Series(folds_of(shuffled))
    assert folds.groupby(shuffled["group"].to_numpy()).nunique().max() == 1


def test_the_validation_set_shares_no_group_with_the_training_set(table):
    among = np.flatnonzero(folds_of(table) != 2)
    own, validation = inner_split(table, among, seed=5)
    assert set(own) | set(validation) == set(among)
    assert not set(table["group"].iloc[own]) & set(table["group"].iloc[validation])
    assert set(table["label"].iloc[validation]) == {0, 1, 2, 3}


def test_reports_with_other_labels_are_not_trained_on(table):
    rest = ~table["in_v2"] & (table["layout"] == "3x4+1")
    assert not training_rows(table)[rest].any()
    assert training_rows(table)[headline(table)].all()


def test_the_leaking_split_has_copies_on_both_sides():
    copies = np.full(100, 5)
    own, test = leaking_split(copies, seed=0)
    assert len(own) + len(test) == copies.sum()
    assert np.isin(test, own).mean() > 0.95
