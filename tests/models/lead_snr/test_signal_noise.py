"""The signal to noise ratio of a lead that was read, and the halves of the pages that it is fitted on."""

import numpy as np
import pytest

from models.lead_snr import MISSING_DB, half_of, snr_db

WAVE_MV = np.sin(np.arange(1000) / 20)


def test_level_does_not_count_but_gain_does():
    assert snr_db(WAVE_MV, WAVE_MV + 3) > 100
    assert snr_db(WAVE_MV, 0.9 * WAVE_MV + 3) == pytest.approx(20)


def test_first_sample_read_is_the_first_sample_drawn():
    assert snr_db(WAVE_MV, np.append(np.full(50, np.nan), WAVE_MV)) > 100


def test_missing_end_counts_as_zero_and_a_gap_is_bridged():
    line = np.linspace(-1, 1, 1000)
    with_gap = line.copy()
    with_gap[300:600] = np.nan
    assert snr_db(line, with_gap) > 100
    assert snr_db(WAVE_MV, WAVE_MV[:500]) == pytest.approx(3, abs=0.2)


def test_lead_of_hardly_any_samples_is_missing():
    assert snr_db(WAVE_MV, None) == snr_db(WAVE_MV, WAVE_MV[:19]) == MISSING_DB


def test_halves_are_fixed_and_about_equal():
    assert "".join(half_of(name) for name in ("k01", "k04", "k07")) == "baa"
    assert 400 < sum(half_of(str(number)) == "a" for number in range(1000)) < 600
