"""Electrical axes of leads projected from one known direction."""

import numpy as np
import pytest

from preprocessing.measuring.axes import p_axis_deg, qrs_axis_deg, t_axis_deg
from preprocessing.measuring.delineation import NOTHING, Fiducials
from preprocessing.measuring.median_beat import MedianBeat

ROOT = 3**0.5 / 2
# Direction and length of each limb lead, as textbooks have them.
DIRECTIONS = {
    "I": (0, 1),
    "II": (60, 1),
    "III": (120, 1),
    "aVR": (-150, ROOT),
    "-aVR": (30, ROOT),
    "aVL": (-30, ROOT),
    "aVF": (90, ROOT),
}
TIMES_MS = np.arange(-440, 761, 2.0)
AT = Fiducials(-200, -90, -45, 45, 280, 340)


def bell(at_ms, width_ms, mv):
    return mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def beat(p_deg, qrs_deg, t_deg, names=("I", "II", "III", "aVR", "aVL", "aVF")):
    leads = {}
    for name in names:
        towards_deg, gain = DIRECTIONS[name]
        shown = [
            wave * gain * np.cos(np.radians(deg - towards_deg))
            for wave, deg in ((bell(-145, 18, 0.1), p_deg), (bell(0, 12, 1), qrs_deg), (bell(240, 40, 0.3), t_deg))
        ]
        leads[name] = sum(shown)
    return MedianBeat(TIMES_MS, leads, {}, np.arange(8.0), np.ones(8, dtype=bool))


@pytest.mark.parametrize("deg", [-150, -60, 0, 45, 90, 120, 179])
@pytest.mark.parametrize("names", [("I", "II", "III", "aVR", "aVL", "aVF"), ("I", "aVF"), ("II", "-aVR", "aVL")])
def test_each_wave_has_the_axis_that_it_was_projected_from(deg, names):
    for shown, axis in (
        (beat(deg, 10, 20, names), p_axis_deg),
        (beat(10, deg, 20, names), qrs_axis_deg),
        (beat(10, 20, deg, names), t_axis_deg),
    ):
        assert axis(shown, AT) == pytest.approx(deg, abs=4)


def test_an_axis_needs_two_leads_and_a_wave():
    assert qrs_axis_deg(beat(0, 40, 0, ("II",)), AT) is None
    assert qrs_axis_deg(beat(0, 40, 0, ("aVR", "-aVR")), AT) is None
    assert qrs_axis_deg(beat(0, 40, 0), NOTHING) is None


def test_a_wave_with_no_net_area_has_no_axis():
    biphasic = {name: bell(-14, 8, 1) - bell(14, 8, 1) for name in ("I", "II", "aVF")}
    assert qrs_axis_deg(MedianBeat(TIMES_MS, biphasic, {}, np.arange(8.0), np.ones(8, dtype=bool)), AT) is None
