"""A recording is shown as the reader would return it from a page, close to what was recorded."""

import numpy as np
import pytest

from models.findings import page_traces
from models.findings.laid_out import PageTraces, filtered
from models.findings.measured_inputs import FEATURES_N, measured_features
from preprocessing.measuring import measure
from sample_images import simulate


@pytest.fixture(scope="module")
def recorded():
    """Ten seconds of a normal rhythm at 100 Hz, shape (12, 1000), mV."""
    return simulate("normal-sinus", 70, seed=3).signals_mv[:, ::5]


def test_pages_differ_in_layout_and_keep_the_heart_rate(recorded):
    rng = np.random.default_rng(0)
    pages = [page_traces(recorded, rng) for _ in range(12)]
    assert {len(page) for page in pages} == {12, 13}
    assert len({round(page[3].start_s, 2) for page in pages}) > 1
    for page in pages:
        assert measure(page).heart_rate_bpm.value == pytest.approx(70, abs=4)


def test_without_errors_of_reading_a_page_shows_the_filtered_signal(recorded):
    exact = PageTraces(((0.5, 40.0),), ((1, 0),), 0.0, (0.01, 0.01), (0.0, 0.0), 0.0, 0.0, 0.0, 0.0, 0.0)
    page = page_traces(recorded, np.random.default_rng(0), exact)
    assert np.abs(page[1].mv[::5] - filtered(recorded, (0.5, 40.0))[1]).max() < 0.02


def test_features_are_finite_and_of_about_unit_size(recorded):
    found = measured_features(measure(page_traces(recorded, np.random.default_rng(1))))
    assert found.shape == (FEATURES_N,)
    assert np.isfinite(found).all()
    assert 0.1 < np.abs(found[found != 0]).mean() < 2


def test_a_page_without_beats_has_no_features():
    flat = page_traces(np.zeros((12, 1000)), np.random.default_rng(1))
    assert not measured_features(measure(flat)).any()
