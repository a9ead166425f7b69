"""How probable a layout is: alone, beside others that fit as well, and with little that supports any."""

import numpy as np
import pytest

from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.columns import Columns
from preprocessing.leads.layout_odds import probability
from preprocessing.leads.rows import Rows
from preprocessing.leads.search_config import ODDS

ROWS = Rows(np.zeros(0), np.zeros(0), np.zeros(0))


def arranged(name, support):
    """Return an arrangement that so many printed names support."""
    return Arrangement(name, ROWS, Columns((0.0, 1.0), False, True), (), {}, names=support)


def test_a_layout_that_much_supports_is_sure():
    chosen = arranged("3x4+1", 24)
    assert probability(chosen, [chosen, arranged("3x4", 14)]) > 0.99


def test_two_layouts_that_fit_equally_well_are_equally_probable():
    six, three = arranged("6x2 Cabrera", 20), arranged("3x4+3", 20)
    assert probability(six, [six, three]) == pytest.approx(0.5, abs=0.01)
    assert probability(six, [six, three]) < ODDS.doubted


def test_the_same_layout_on_other_rows_does_not_count_against_it():
    chosen, again = arranged("3x4+1", 16), arranged("3x4+1", 16)
    assert probability(chosen, [chosen, again]) == probability(chosen, [chosen])


def test_the_only_layout_is_doubted_where_little_supports_it():
    weak = arranged("12x1", 7)
    assert probability(weak, [weak]) < 0.5


@pytest.mark.parametrize("lead", [2, 4, 8])
def test_the_further_ahead_the_surer(lead):
    ahead, further, other = (arranged("6x2", 16), arranged("6x2", 16 + lead), arranged("3x4+3", 15))
    assert probability(ahead, [ahead, other]) < probability(further, [further, other]) < 1


def test_probabilities_of_all_layouts_and_of_none_are_one():
    found = [arranged(name, support) for name, support in (("3x4+1", 12), ("3x4", 11), ("6x2", 9))]
    assert 0.9 < sum(probability(one, found) for one in found) < 1
