"""Of the places at which rows begin or end, the outermost counts that enough of them share."""

from __future__ import annotations

import numpy as np
import pytest

from preprocessing.traces.agreed_ends import agreed_place


@pytest.mark.parametrize("outwards", [1, -1])
def test_of_two_groups_the_outer_one_counts(outwards: int) -> None:
    # Pale ends of six rows were missed.
    places = 100.0 + outwards * np.array([0.0] * 6 + [2.0] * 5 + [np.nan])
    assert agreed_place(places, outwards).x_px == pytest.approx(100 + 2 * outwards)


def test_a_few_rows_that_reach_further_do_not_count_against_many() -> None:
    places = np.array([2360.1, 2360.3, 2360.5, 2360.4, 2360.2, 2360.3, 2360.0, 2360.4, 2360.2, 2365.1, 2365.3, 2365.2])
    agreed = agreed_place(places, 1)
    assert agreed.x_px == pytest.approx(2360.27, abs=0.05)
    assert agreed.weight == pytest.approx(9 / 12)


def test_no_row_shows_nothing() -> None:
    nothing = agreed_place(np.full(4, np.nan), 1)
    assert np.isnan(nothing.x_px)
    assert nothing.weight == nothing.misfit == 0.0
