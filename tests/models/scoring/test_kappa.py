"""Kappa against published values, an independent implementation, and what its interval must do."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from models.scoring import kappa, metrics

# Fleiss' own example as it is reprinted everywhere: 14 raters, 10 subjects, 5 classes; kappa 0.210.
FLEISS = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
)  # fmt: skip


def raters(n: int, agree: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    first = rng.integers(4, size=n)
    second = np.where(rng.random(n) < agree, first, rng.integers(4, size=n))
    return first, second


def test_cohen_is_that_of_an_independent_implementation():
    for seed in range(5):
        first, second = raters(60, 0.5, seed)
        own = kappa.cohen_kappa(metrics.confusion(first, second, 4))
        assert own == pytest.approx(cohen_kappa_score(first, second))


def test_fleiss_is_that_of_its_published_example():
    assert kappa.fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=5e-4)


def test_weights_count_a_report_as_often_as_they_say():
    weights = np.array([[1] * 10, [2] + [1] * 9])
    both = kappa.fleiss_kappa(FLEISS, weights)
    assert both[0] == pytest.approx(kappa.fleiss_kappa(FLEISS))
    assert both[1] == pytest.approx(kappa.fleiss_kappa(np.vstack([FLEISS[:1], FLEISS])))


@pytest.mark.parametrize("of", ["cohen", "fleiss"])
def test_an_interval_holds_its_value_and_narrows_with_more_reports(of):
    def interval(n):
        first, second = raters(n, 0.6)
        if of == "cohen":
            return kappa.cohen_with_interval(first, second, 4)
        return kappa.fleiss_with_interval(np.column_stack([first, second]), 4)

    few, many = interval(40), interval(4000)
    for value, low, high in (few, many):
        assert low < value < high
    assert many[2] - many[1] < (few[2] - few[1]) / 5
    assert many[0] == pytest.approx(0.6, abs=0.04)


@pytest.mark.parametrize("raters_n", [2, 3])
def test_complete_agreement_is_one_and_no_surer_than_so_few_reports_allow(raters_n):
    first, _ = raters(30, 1.0)
    table = np.column_stack([first] * raters_n)
    for n in (10, 30):
        value, low, high = kappa.fleiss_with_interval(table[:n], 4)
        assert (value, high) == (1.0, 1.0)
        assert 0.5 < low < 1 - 1 / n
    assert kappa.cohen_with_interval(first, first, 4) == pytest.approx(kappa.fleiss_with_interval(table, 4))


def test_one_class_alone_has_no_kappa():
    same = np.zeros(10, int)
    assert np.isnan(kappa.cohen_with_interval(same, same, 4)).all()
    assert np.isnan(kappa.fleiss_with_interval(np.column_stack([same, same]), 4)).all()


def test_reports_of_different_numbers_of_raters_are_refused():
    with pytest.raises(ValueError, match="same number"):
        kappa.fleiss_kappa(np.array([[2, 0], [1, 0]]))
    with pytest.raises(ValueError, match="at least two"):
        kappa.fleiss_kappa(np.array([[1, 0], [0, 1]]))
