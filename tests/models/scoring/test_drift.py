"""Drift between two samples: nothing where they are alike, much where they are not, ties and empty bins included."""

import numpy as np
import pytest

from models.scoring import drift


def test_samples_of_one_distribution_show_no_shift():
    rng = np.random.default_rng(0)
    found = drift.drift_of(rng.normal(size=2000), rng.normal(size=500))
    assert (found.reference_n, found.observed_n) == (2000, 500)
    assert found.psi < drift.SMALL_SHIFT
    assert found.p > 0.05


def test_a_shift_of_one_standard_deviation_is_large():
    rng = np.random.default_rng(0)
    found = drift.drift_of(rng.normal(size=2000), rng.normal(size=500) + 1)
    assert found.psi > drift.LARGE_SHIFT
    assert found.p < 1e-6
    assert found.ks == pytest.approx(0.38, abs=0.05)


def test_constants_and_values_beyond_the_reference_stay_finite():
    assert drift.population_stability(np.full(50, 3.0), np.full(50, 3.0)) == pytest.approx(0)
    assert np.isfinite(drift.population_stability(np.arange(100.0), np.full(5, 1e9)))


def test_the_index_is_the_same_both_ways_and_grows_with_the_shift():
    even, tilted, one_sided = np.array([50, 50]), np.array([60, 40]), np.array([99, 1])
    assert drift.stability_of_counts(even, tilted) == pytest.approx(drift.stability_of_counts(tilted, even))
    assert 0 < drift.stability_of_counts(even, tilted) < drift.stability_of_counts(even, one_sided)
