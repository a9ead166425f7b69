"""The scorer of pages whose every sample is known."""

import numpy as np
import pytest

from tests.benchmarks.page_scores import MISSING_DB, PageScore, half_of, snr_db, summary

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


def test_silent_misreads_are_those_that_nothing_flags():
    def page(status, contradicts, trust):
        return PageScore("page", "kind", status, "", "6x2", "6x2", {"I": 30.0, "II": 2.0}, contradicts, trust, 1.0)

    figures = summary([page("read", False, "good"), page("read", True, "provisional"), page("refused", False, None)])
    assert (figures["misread"], figures["silent"], figures["good"]) == (3, 1, 1)


def test_halves_are_fixed_and_about_equal():
    assert "".join(half_of(name) for name in ("k01", "k04", "k07")) == "baa"
    assert 400 < sum(half_of(str(number)) == "a" for number in range(1000)) < 600
