"""Doubts about a reading in words: what is doubted, how a figure that rests on it is marked, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from preprocessing.measuring import Measured
from preprocessing.trust import Rest, Trust

# Stands before a provisional value: a mark in form, beside the word.
ABOUT = "\N{ALMOST EQUAL TO} "
PROVISIONAL = "provisional"
# By the code of a reason, as the end of "because ...".
BECAUSE = {
    "unlike_training": "this report is unlike the training reports",
    "no_beats": "no heart beats were found",
    "leads_contradict": "the leads contradict each other",
    "layout_doubted": "another layout fits nearly as well",
    "columns_assumed": "the columns of leads were guessed",
    "page_askew": "the page could not be flattened",
    "scale_from_columns": "the scale was guessed from the columns",
    "scale_disagrees": "grid and columns give different scales",
    "gain_assumed": "the gain was assumed",
    "gain_disagrees": "print and calibration pulse give different gains",
    "pulse_disagrees": "the calibration pulse fits no usual gain",
    "bad_lead": "a lead shows no usable signal",
    "lead_doubted": "a lead may be misread",
    "complex_lost": "a lead lacks a QRS complex that others show",
    "limb_leads_swapped": "limb electrodes may have been swapped",
    "printed_disagrees": "the page prints other values",
    "paced": "pacing spikes are seen",
    "finding_contradicts": "a finding contradicts Normal",
    "rate_contradicts": "the heart rate contradicts Normal",
    "no_network_agrees": "no network alone finds the combined class most probable",
}
# What helps: each opens the layout editor.
MEND_BOXES, MEND_SCALE = "Check the lead boxes", "Check scale and gain"
_OF_SCALE = {"scale_from_columns", "scale_disagrees", "gain_assumed", "gain_disagrees", "pulse_disagrees"}
_OF_BOXES = {"leads_contradict", "layout_doubted", "columns_assumed", "page_askew", "bad_lead", "lead_doubted",
             "complex_lost", "printed_disagrees"}  # fmt: skip
_AXES = ("p_axis_deg", "axis_deg", "t_axis_deg")


def because(codes: Sequence[str]) -> str:
    """Join reasons into one clause.

    Examples
    --------
    >>> because(["columns_assumed", "no_beats"])
    'the columns of leads were guessed and no heart beats were found'
    """
    return " and ".join(BECAUSE[code] for code in codes)


def ways_to_mend(codes: Sequence[str]) -> list[str]:
    """Return the labels of what a reader can do about these reasons.

    Examples
    --------
    >>> ways_to_mend(["columns_assumed", "gain_assumed"])
    ['Check the lead boxes', 'Check scale and gain']
    """
    known = set(codes)
    return [label for label, own in ((MEND_BOXES, _OF_BOXES), (MEND_SCALE, _OF_SCALE)) if own & known]


def of_measurement(name: str, trust: Trust) -> tuple[str, ...]:
    """Return the reasons for which a measurement is provisional, by its name in the reading."""
    return trust.doubts(Rest.AXES if name in _AXES else Rest.TIMES)


def marked(text: str, measured: Measured, reasons: Sequence[str]) -> str:
    """Mark a value as provisional where there are reasons.

    Examples
    --------
    >>> marked("196 ms", Measured(196.0, "ms", ""), ["columns_assumed"])
    '\u2248 196 ms'
    """
    return f"{ABOUT}{text}" if reasons and measured.value is not None and measured.unit else text
