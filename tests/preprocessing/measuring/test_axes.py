"""The axes, on leads projected from one direction."""

import numpy as np
import pytest

from preprocessing.measuring.axes import LIMB_LEADS, p_axis_deg, qrs_axis_deg, t_axis_deg
from preprocessing.measuring.delineation import NOTHING, Fiducials
from preprocessing.measuring.median_beat import MedianBeat

TIMES_MS = np.arange(-440, 761, 2.0)
AT = Fiducials(-200, -90, -45, 45, 280, 340)


def bell(at_ms, width_ms, mv):
    return mv * np.exp(-0.5 * ((TIMES_MS - at_ms) / width_ms) ** 2)


def beat(p_deg, qrs_deg, t_deg, names=("I", "II", "III", "aVR", "aVL", "aVF")):
    leads = {}
    for name in names:
        towards_deg, gain = LIMB_LEADS[name]
        shown = [
            wave * gain * np.cos(np.radians(deg - towards_deg))
            for wave, deg in ((bell(-145, 18, 0.1), p_deg), (bell(0, 12, 1), qrs_deg), (bell(240, 40, 0.3), t_deg))
        ]
        leads[name] = sum(shown)
    return MedianBeat(TIMES_MS, leads, {}, np.arange(8.0), np.ones(8, dtype=bool))


@pytest.mark.parametrize("deg", [-150, -60, 0, 45, 90, 120, 179])
@pytest.mark.parametrize("names", [("I", "II", "III", "aVR", "aVL", "aVF"), ("I", "aVF"), ("II", "-aVR", "aVL")])
def test_each_wave_points_where_it_was_sent(deg, names):
    for shown, axis in (
        (beat(deg, 10, 20, names), p_axis_deg),
        (beat(10, deg, 20, names), qrs_axis_deg),
        (beat(10, 20, deg, names), t_axis_deg),
    ):
        assert axis(shown, AT) == pytest.approx(deg, abs=4)


def test_limb_leads_obey_einthoven():
    ways = {
        name: gain * np.array([np.cos(np.radians(deg)), np.sin(np.radians(deg))])
        for name, (deg, gain) in LIMB_LEADS.items()
    }
    assert np.allclose(ways["II"], ways["I"] + ways["III"])
    assert np.allclose(ways["aVR"] + ways["aVL"] + ways["aVF"], 0)
    assert np.allclose(ways["-aVR"], -ways["aVR"])


def test_one_direction_needs_two_leads_and_a_wave():
    assert qrs_axis_deg(beat(0, 40, 0, ("II",)), AT) is None
    assert qrs_axis_deg(beat(0, 40, 0, ("aVR", "-aVR")), AT) is None
    assert qrs_axis_deg(beat(0, 40, 0), NOTHING) is None


def test_what_goes_there_and_back_points_nowhere():
    there_and_back = {name: bell(-14, 8, 1) - bell(14, 8, 1) for name in ("I", "II", "aVF")}
    assert qrs_axis_deg(MedianBeat(TIMES_MS, there_and_back, {}, np.arange(8.0), np.ones(8, dtype=bool)), AT) is None
