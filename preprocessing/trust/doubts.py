"""Which warnings are doubts about a reading, and what of it rests on each."""

from __future__ import annotations

from enum import StrEnum


class Rest(StrEnum):
    """What a figure can rest on."""

    TIMES = "times"
    """Rate, rhythm and intervals."""
    AXES = "axes"
    """Directions in the frontal plane."""
    VOLTAGES = "voltages"
    """Amplitudes and levels."""
    PREDICTION = "prediction"
    """What the networks make of the traces."""


_ALL = frozenset(Rest)
_SCALE = frozenset({Rest.TIMES, Rest.VOLTAGES, Rest.PREDICTION})
_GAIN = frozenset({Rest.VOLTAGES, Rest.PREDICTION})
_PRINTED = frozenset({Rest.TIMES, Rest.AXES})
_BEAT = frozenset({Rest.AXES, Rest.VOLTAGES, Rest.PREDICTION})

# By the code of a notice; every other notice is information, not a doubt.
DOUBTS: dict[str, frozenset[Rest]] = {
    "leads_contradict": _ALL,
    "layout_doubted": _ALL,
    "columns_assumed": _ALL,
    "page_askew": _ALL,
    "scale_from_columns": _SCALE,
    "scale_disagrees": _SCALE,
    "gain_assumed": _GAIN,
    "gain_disagrees": _GAIN,
    "pulse_disagrees": _GAIN,
    "bad_lead": _BEAT,
    "lead_doubted": _ALL,
    "complex_lost": _BEAT,
    "limb_leads_swapped": _BEAT,
    "printed_disagrees": _PRINTED,
}
# Where the leads themselves, their columns or the scale are doubted, the networks may see another ECG than the page's.
FORBIDS_PREDICTION = frozenset(
    {"leads_contradict", "layout_doubted", "columns_assumed", "scale_from_columns", "scale_disagrees"}
)
