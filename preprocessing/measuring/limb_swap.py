"""Whether the limb electrodes may have been swapped: the whole beat then points the wrong way in the frontal plane."""

from __future__ import annotations

from preprocessing.errors import Notice
from preprocessing.measuring.config import SWAP
from preprocessing.measuring.delineation import Fiducials
from preprocessing.measuring.median_beat import MedianBeat

LIMB_LEADS_SWAPPED = Notice(
    "limb_leads_swapped",
    "P wave and QRS complex point to the right in the limb leads and to the left in V6: limb electrodes may have been "
    "swapped. Check lead I and the electrodes.",
)


def may_be_swapped(beat: MedianBeat, at: Fiducials, p_deg: float | None, qrs_deg: float | None) -> bool:
    """Return whether P and QRS point to the right while V6, which needs no limb electrode of its own, is upright.

    With right and left arm swapped lead I is inverted. In dextrocardia V6 is inverted or small as well; in right
    ventricular hypertrophy the P wave still points to the left.
    """
    if p_deg is None or qrs_deg is None or "V6" not in beat.leads:
        return False
    if abs(p_deg) < SWAP.p_axis_min_deg or abs(qrs_deg) < SWAP.qrs_axis_min_deg:
        return False
    assert at.qrs_on_ms is not None  # An axis was measured.
    assert at.qrs_off_ms is not None
    inside = (beat.times_ms >= at.qrs_on_ms) & (beat.times_ms <= at.qrs_off_ms)
    mv = beat.leads["V6"]
    return bool((mv[inside] - mv[inside][0]).sum() > 0)
