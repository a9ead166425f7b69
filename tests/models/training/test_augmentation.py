"""An augmented report keeps its meaning: it is never mirrored, and nothing is invented where nothing was read."""

import numpy as np
import pytest

from models.networks import HIGHEST_MV, ROWS_SHAPE
from models.training.augmentation import augmented, mixed
from preprocessing.lead_id import LEADS


@pytest.fixture(scope="module")
def reports():
    rows = np.ones((40, *ROWS_SHAPE), np.float32)
    # A tall narrow peak early and a low broad one late show mirroring in time or voltage.
    at = np.arange(ROWS_SHAPE[1])
    rows[..., 0] = 2 * np.exp(-(((at - 60) / 4) ** 2)) + 0.5 * np.exp(-(((at - 170) / 20) ** 2))
    return rows


def test_it_is_never_flipped(reports):
    for row in augmented(reports, np.random.default_rng(1))[:, : len(LEADS)].reshape(-1, *ROWS_SHAPE[1:]):
        if row[:, 1].mean() > 0.8:
            peak = int(np.argmax(np.abs(row[:, 0])))
            assert row[peak, 0] > 0
            assert peak < 100


def test_samples_that_were_not_read_stay_so(reports):
    reports = reports.copy()
    reports[:, 4] = 0
    changed = augmented(reports, np.random.default_rng(2))
    assert not changed[:, 4].any()
    assert not changed[..., 0][changed[..., 1] == 0].any()
    assert np.abs(changed[..., 0]).max() <= HIGHEST_MV


def test_the_input_is_not_changed_and_the_seed_decides(reports):
    before = reports.copy()
    first, again, other = (augmented(reports, np.random.default_rng(seed)) for seed in (3, 3, 4))
    np.testing.assert_array_equal(reports, before)
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.1


def test_a_strip_keeps_one_rhythm(reports):
    reports = np.zeros_like(reports[:8])
    reports[..., 1] = 1
    strip = reports[:, len(LEADS) :].reshape(8, -1, 2)
    strip[:, 50::100, 0] = 3.0
    for one in augmented(reports, np.random.default_rng(5))[:, len(LEADS) :].reshape(8, -1, 2):
        if one[:, 1].mean() > 0.9:
            beats = np.flatnonzero(one[:, 0] > 0.8)
            apart = np.diff(beats)[np.diff(beats) > 5]
            assert np.ptp(apart) <= 2


def test_mixup_keeps_the_sum_of_the_targets():
    rng = np.random.default_rng(6)
    rows, targets = rng.normal(size=(10, *ROWS_SHAPE)), np.eye(4)[rng.integers(4, size=10)]
    blended, shares = mixed(rows, targets, 0.2, rng)
    assert blended.shape == rows.shape
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=1e-6)
