"""Traces of any layout become the same input rows, and samples that were not read are marked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.networks.input_rows import HIGHEST_MV, ROW_SAMPLES, ROWS_SHAPE, lead_rows
from preprocessing.lead_id import LEADS
from preprocessing.traces import RATE_HZ, Trace


def trace(lead, seconds=2.5, role="12-lead", mv=None):
    times_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    signal = np.sin(2 * np.pi * 2 * times_s) if mv is None else mv
    return Trace(lead, role, 0.0, signal.astype(np.float32), 1.0, (0.0, 0.0), 1.0, 1.0)


def test_a_sine_keeps_its_amplitude_and_frequency():
    rows = lead_rows([trace("V3")])
    row = LEADS.index("V3")
    times_s = (np.arange(ROW_SAMPLES) + 0.5) / 100 - 1 / RATE_HZ
    assert rows.shape == ROWS_SHAPE
    np.testing.assert_allclose(rows[row, 5:-5, 0], np.sin(2 * np.pi * 2 * times_s)[5:-5], atol=0.02)
    assert rows[row, :, 1].all()
    assert not np.delete(rows, row, axis=0).any()


def test_samples_that_were_not_read_are_marked_and_zero():
    mv = np.ones(1250)
    mv[500:750] = np.nan
    row = lead_rows([trace("I", mv=mv)])[0]
    assert not row[105:145].any()
    assert row[:95, 1].all()
    assert row[155:, 1].all()


def test_a_lead_that_was_not_read_at_all_is_zero():
    assert not lead_rows([trace("I", mv=np.full(1250, np.nan))]).any()


def test_cabreras_inverted_lead_is_inverted_back():
    mv = np.zeros(1250)
    mv[600:625] = 1.0
    turned, upright = lead_rows([trace("-aVR", mv=mv)]), lead_rows([trace("aVR", mv=-mv)])
    np.testing.assert_array_equal(turned, upright)
    assert turned[LEADS.index("aVR"), :, 0].min() < -0.9


@pytest.mark.parametrize(("seconds", "printed"), [(2.5, 0), (5, 500), (10, 1000)])
def test_a_long_lead_ii_replaces_a_missing_strip(seconds, printed):
    rows = lead_rows([trace("II", seconds)])
    assert rows[len(LEADS) :, :, 1].sum() == printed
    assert rows[1, :, 1].sum() == ROW_SAMPLES


def test_a_printed_strip_is_preferred_and_that_of_lead_ii_among_several():
    flat, high = np.zeros(5000), np.tile([0.0, 1.0], 2500)
    high = np.repeat(np.tile([-1.0, 1.0], 25), 100)
    strips = [trace("V1", 10, "rhythm", flat), trace("II", 10, "rhythm", high)]
    rows = lead_rows([trace("II", 10, mv=np.zeros(5000)), *strips])
    assert rows[len(LEADS) :, :, 0].std() > 0.5


@given(st.floats(-50, 50), st.floats(0.01, 100), st.integers(0, 40))
def test_rows_stay_within_their_limits(offset, size, lost):
    rng = np.random.default_rng(lost)
    mv = offset + size * rng.normal(size=1250)
    mv[rng.random(1250) < lost / 40] = np.nan
    rows = lead_rows([trace("V6", mv=mv)])
    assert np.isfinite(rows).all()
    assert np.abs(rows[..., 0]).max() <= HIGHEST_MV
    assert set(np.unique(rows[..., 1])) <= {0.0, 1.0}
    assert not rows[..., 0][rows[..., 1] == 0].any()
