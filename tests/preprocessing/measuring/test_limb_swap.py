"""Swapped limb electrodes turn P and QRS to the right and leave V6 upright."""

from dataclasses import replace

from preprocessing.measuring.measurements import measure
from sample_images import simulate
from tests.printed_traces import printed

PAGE = printed(simulate("normal-sinus", seed=6), "3x4")
# Right arm and left arm exchanged: lead I is inverted, II and III change places, as do aVR and aVL.
ARMS = {"I": ("I", -1), "II": ("III", 1), "III": ("II", 1), "aVR": ("aVL", 1), "aVL": ("aVR", 1)}


def codes(traces):
    return [notice.code for notice in measure(traces).notices]


def exchanged(changes):
    by_lead = {one.lead: one for one in PAGE}
    return [
        replace(one, mv=changes[one.lead][1] * by_lead[changes[one.lead][0]].mv) if one.lead in changes else one
        for one in PAGE
    ]


def test_swapped_arm_electrodes_are_noticed():
    assert codes(PAGE) == []
    assert codes(exchanged(ARMS)) == ["limb_leads_swapped"]


def test_a_heart_that_points_to_the_right_everywhere_is_not_swapped():
    # Dextrocardia: the chest leads on the left see the beat from behind as well.
    assert codes(exchanged(ARMS | {f"V{n}": (f"V{n}", -1) for n in (4, 5, 6)})) == []
