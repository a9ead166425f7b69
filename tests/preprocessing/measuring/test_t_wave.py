"""End of the T wave."""

import numpy as np
import pytest

from preprocessing.measuring.t_wave import t_bounds, trust_of

TIMES_MS = np.arange(-440, 761, 2.0)
QRS = (-45.0, 45.0)


def bell(at_ms, width_ms, mv):
    return mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def leads(*waves, noise_mv=0.002):
    rng = np.random.default_rng(0)
    return np.array([sum(waves) * size + rng.normal(0, noise_mv, TIMES_MS.size) for size in (1, 0.7, -0.5)])


@pytest.mark.parametrize(("at_ms", "width_ms"), [(220, 30), (260, 40), (320, 50)])
@pytest.mark.parametrize("mv", [0.3, -0.3])
def test_a_t_wave_ends_after_its_steepest_fall(at_ms, width_ms, mv):
    steep_ms, off_ms = t_bounds(leads(bell(at_ms, width_ms, mv)), np.ones(3), TIMES_MS, QRS, 1.0, -150)
    assert steep_ms == pytest.approx(at_ms + width_ms, abs=12)
    assert off_ms == pytest.approx(at_ms + 2.5 * width_ms, abs=20)


def test_a_biphasic_wave_ends_with_its_second_half():
    both = leads(bell(220, 30, 0.2), bell(320, 30, -0.2))
    assert t_bounds(both, np.ones(3), TIMES_MS, QRS, 1.0, None)[1] > 370


def test_the_next_p_wave_is_not_part_of_it():
    fast = leads(bell(190, 30, 0.3), bell(400 - 150, 15, 0.3))
    assert t_bounds(fast, np.ones(3), TIMES_MS, QRS, 0.45, -190)[1] < 262


def test_without_time_for_it_or_unread_there_is_no_t_wave():
    assert t_bounds(leads(bell(150, 20, 0.3)), np.ones(3), TIMES_MS, QRS, 0.25, None) is None
    unread = leads(bell(220, 30, 0.3))
    unread[:, TIMES_MS > 80] = np.nan
    assert t_bounds(unread, np.ones(3), TIMES_MS, QRS, 1.0, None) is None


def test_a_lead_whose_beats_differ_counts_less():
    rng = np.random.default_rng(0)
    calm = rng.normal(0, 0.01, (8, TIMES_MS.size))
    restless = calm + np.cumsum(rng.normal(0, 0.02, (8, TIMES_MS.size)), axis=1)
    trust = trust_of([calm, calm, restless], TIMES_MS > 45)
    assert trust[2] < 0.3 < 0.9 < trust[0]
    assert trust_of([calm[:1], calm[:2]], TIMES_MS > 45).tolist() == [1, 1]
