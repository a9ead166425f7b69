"""Two networks are compared on the same resampled records: what is hard for both does not widen their difference."""

import numpy as np

from models.beats.differences import DIFFERENCES_FILE, difference, macro_f1_draws
from models.beats.published import difference_results
from models.beats.recordings import AAMI
from models.beats.registry import BEAT_NETWORKS

RNG = np.random.default_rng(0)
RECORD = np.repeat(np.arange(20), 40)
LABEL = RNG.choice([0, 1, 3, 4], 800)


def wrong_in(share_of_record):
    """Return predictions that are wrong for some share of each record's beats."""
    wrong = RNG.random(800) < share_of_record[RECORD]
    return np.where(wrong, AAMI.index("Q"), LABEL)


def test_records_that_are_hard_for_both_cancel_out():
    # From 0 to 0.9 by record; the second network is wrong a little more often in each.
    hard = np.linspace(0, 0.9, 20)
    first, second = wrong_in(hard), wrong_in(hard + 0.1)
    alone = np.quantile(macro_f1_draws(LABEL, first, RECORD)[1:], (0.025, 0.975))
    found = difference(LABEL, first, second, RECORD)
    assert found["low"] <= found["value"] <= found["high"]
    assert found["high"] - found["low"] < 0.5 * np.ptp(alone)
    assert found["low"] > 0


def test_a_network_does_not_differ_from_itself():
    same = wrong_in(np.full(20, 0.2))
    found = difference(LABEL, same, same, RECORD)
    assert (found["value"], found["low"], found["high"], found["above_0"]) == (0, 0, 0, 0)


def test_what_ships_compares_one_network_with_others():
    found = difference_results(DIFFERENCES_FILE)
    assert set(found) <= set(BEAT_NETWORKS)
    assert len({own["first"] for own in found.values()}) == 1
    for own in found.values():
        assert abs(own["first"] - own["second"] - own["value"]) < 2e-4
