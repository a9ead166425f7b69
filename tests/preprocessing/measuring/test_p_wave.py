"""Whether there is a P wave, and its onset and end."""

import numpy as np
import pytest

from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.p_wave import p_bounds

TIMES_MS = np.arange(-440, 761, 2.0)


def bell(at_ms, width_ms, mv):
    return mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def beats(*waves, lead_count=4, noise_mv=0.004, seed=0):
    """Return beats of leads with the same waves, each a little smaller than the one before."""
    rng = np.random.default_rng(seed)
    shown = sum(waves) + bell(0, 12, 1.0)
    cuts = {
        f"V{n + 1}": shown * (1 - 0.15 * n) + rng.normal(0, noise_mv, (8, TIMES_MS.size)) for n in range(lead_count)
    }
    return MedianBeat(
        TIMES_MS,
        {lead: np.median(cut, axis=0) for lead, cut in cuts.items()},
        cuts,
        np.arange(8.0),
        np.ones(8, dtype=bool),
    )


@pytest.mark.parametrize("at_ms", [-110, -150, -250])
@pytest.mark.parametrize("mv", [0.1, -0.1, 0.2])
def test_a_p_wave_is_found_in_place(at_ms, mv):
    on_ms, off_ms = p_bounds(beats(bell(at_ms, 20, mv)), -45, 0.9)
    assert on_ms == pytest.approx(at_ms - 2.2 * 20, abs=16)
    assert off_ms == pytest.approx(at_ms + 2.2 * 20, abs=20)


def test_noise_has_no_p_wave():
    assert all(p_bounds(beats(noise_mv=0.03, seed=seed), -45, 0.9) is None for seed in range(10))


def test_waves_at_varying_times_are_no_p_wave():
    rng = np.random.default_rng(1)
    beat = beats()
    wander = np.array(
        [bell(rng.uniform(-400, -80), 20, 0.1) + bell(rng.uniform(-400, -80), 20, -0.1) for _ in range(8)]
    )
    cuts = {lead: cut + wander for lead, cut in beat.beats.items()}
    medians = {lead: np.median(cut, axis=0) for lead, cut in cuts.items()}
    assert p_bounds(MedianBeat(TIMES_MS, medians, cuts, np.arange(8.0), np.ones(8, dtype=bool)), -45, 0.9) is None


def test_recurring_waves_are_flutter():
    teeth = 0.1 * np.sin(2 * np.pi * TIMES_MS / 200) * (TIMES_MS < -40)
    assert p_bounds(beats(teeth), -45, 0.8) is None


def test_the_end_of_the_last_t_wave_is_no_p_wave():
    assert p_bounds(beats(bell(-330, 60, 0.2)), -45, 0.5) is None


def test_a_wave_in_one_lead_alone_is_no_p_wave():
    assert p_bounds(beats(bell(-150, 20, 0.02)), -45, 0.9) is None


def test_without_the_time_before_the_beat_there_is_no_p_wave():
    beat = beats(bell(-150, 20, 0.1))
    for mv in beat.leads.values():
        mv[TIMES_MS < -100] = np.nan
    assert p_bounds(beat, -45, 0.9) is None
