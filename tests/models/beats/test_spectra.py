"""Spectra show a sine at its frequency, keep time, and have the depth that is asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.spectra import (
    DEPTH_DB,
    HIGHEST_HZ,
    LOWEST_HZ,
    WAVELETS,
    WINDOWS,
    Spectrum,
    decibels,
    scalogram,
    spectrogram,
)

RATE_HZ, SECONDS = 360.0, 3
CLOCK_S = np.arange(int(SECONDS * RATE_HZ)) / RATE_HZ
PHASES = st.floats(0, 6.28)


@settings(max_examples=20)
@given(
    st.sampled_from(list(WINDOWS)), st.sampled_from([80.0, 130.0, 300.0]), st.floats(0, 0.95), st.floats(0, 1), PHASES
)
def test_a_sine_peaks_at_its_frequency_in_every_window(window, window_ms, overlap, share, phase):
    # Below two periods per window, positive and negative frequencies overlap.
    lowest_hz = 2500 / window_ms
    hz = lowest_hz + share * (HIGHEST_HZ - 2 - lowest_hz)
    found = spectrogram(np.sin(2 * np.pi * hz * CLOCK_S + phase), RATE_HZ, window_ms, overlap, window)
    inner = (found.times_ms > window_ms) & (found.times_ms < 1000 * SECONDS - window_ms)
    strongest_hz = found.frequencies_hz[found.power[:, inner].argmax(axis=0)]
    assert inner.any()
    assert np.abs(strongest_hz - hz).max() <= found.frequencies_hz[1]


@pytest.mark.parametrize("wavelet", WAVELETS)
@settings(max_examples=10)
@given(hz=st.floats(3, 40), phase=PHASES)
def test_a_sine_peaks_at_its_frequency_for_each_wavelet(wavelet, hz, phase):
    found = scalogram(np.sin(2 * np.pi * hz * CLOCK_S[::2] + phase), RATE_HZ / 2, wavelet)
    inner = (found.times_ms > 750) & (found.times_ms < 2250)
    # The response of a real wavelet oscillates, so its power is averaged over time.
    strongest_hz = found.frequencies_hz[found.power[:, inner].mean(axis=1).argmax()]
    step = found.frequencies_hz[1] / found.frequencies_hz[0]
    assert 1 / step <= strongest_hz / hz <= step


@pytest.mark.parametrize("transform", [spectrogram, scalogram])
def test_an_impulse_appears_at_its_time(transform):
    impulse = np.zeros(len(CLOCK_S))
    impulse[540] = 1.0
    found = transform(impulse, RATE_HZ)
    at = found.power[found.frequencies_hz > 20].sum(axis=0).argmax()
    assert found.times_ms[at] == pytest.approx(1500, abs=1000 * 5 / RATE_HZ)


@pytest.mark.parametrize("transform", [spectrogram, scalogram])
def test_power_is_quadratic_and_signals_of_a_batch_are_independent(transform):
    wave = np.sin(2 * np.pi * 12 * CLOCK_S)
    both = transform(np.stack([wave, 2 * wave]), RATE_HZ)
    np.testing.assert_allclose(both.power[1], 4 * both.power[0], rtol=1e-4)
    np.testing.assert_allclose(transform(2 * wave, RATE_HZ).power, both.power[1], rtol=1e-4)
    assert both.power.shape == (2, len(both.frequencies_hz), len(both.times_ms))
    assert both.power.dtype == np.float32


def test_a_spectrogram_has_a_window_for_every_hop_and_frequencies_up_to_the_highest():
    found = spectrogram(np.ones(360), RATE_HZ, window_ms=100, overlap=0.5, highest_hz=30)
    np.testing.assert_allclose(found.times_ms, 50 * np.arange(20))
    np.testing.assert_allclose(found.frequencies_hz, 2.5 * np.arange(13))
    assert spectrogram(np.ones(360), RATE_HZ, window_ms=100, overlap=0.0).power.shape[-1] == 10


def test_a_scalogram_has_a_column_for_every_sample_and_logarithmic_frequencies():
    found = scalogram(np.ones(500), 250.0, scales_n=12)
    np.testing.assert_allclose(found.times_ms, 4 * np.arange(500))
    assert found.frequencies_hz[[0, -1]].tolist() == pytest.approx([LOWEST_HZ, HIGHEST_HZ])
    assert len(found.frequencies_hz) == 12
    assert np.ptp(np.diff(np.log(found.frequencies_hz))) < 1e-9


def test_a_steady_wave_has_the_same_power_at_its_ends_as_within():
    power = scalogram(np.cos(2 * np.pi * 10 * np.arange(361) / 360), RATE_HZ).power.max(axis=0)
    assert power[[0, -1]] == pytest.approx(power[180], rel=0.05)


def test_times_of_a_part_start_at_zero():
    whole = Spectrum(np.arange(12.0).reshape(2, 6), np.array([1.0, 2.0]), 10.0 * np.arange(6))
    part = whole.between(20, 40)
    assert part.power.tolist() == [[2, 3], [8, 9]]
    assert part.times_ms.tolist() == [0, 10]


@settings(max_examples=10)
@given(st.floats(5, 90))
def test_decibels_lie_between_the_depth_and_zero(depth_db):
    power = np.random.default_rng(0).random((2, 5, 7)).astype(np.float32) ** 12
    found = decibels(Spectrum(power, np.arange(5), np.arange(7)), depth_db)
    assert found.max(axis=(1, 2)).tolist() == [0, 0]
    assert found.min() >= -depth_db
    inside = found > -depth_db + 1e-3
    shares = (power / power.max(axis=(1, 2), keepdims=True))[inside]
    np.testing.assert_allclose(found[inside], 10 * np.log10(shares), atol=1e-3)


def test_silence_lies_at_the_depth():
    silent = decibels(spectrogram(np.zeros(360), RATE_HZ))
    assert (silent == -DEPTH_DB).all()
