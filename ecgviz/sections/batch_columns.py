"""The columns of the table on the page Batch: their titles, widths and formats."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import streamlit as st

from ecgviz.predictions import NAMES
from models.networks import ENSEMBLE

AGREE = "Whether all networks find the same class most probable, whether or not they abstain"
FINDINGS = "Those whose calibrated probability reaches their threshold; empty where they do not apply"
_FIRST = {
    "number": st.column_config.NumberColumn("No.", width=44, pinned=True),
    # Not wider: what is pinned takes room from what can be scrolled on a narrow screen.
    "file": st.column_config.TextColumn("File", width=170, pinned=True),
    "picture": st.column_config.ImageColumn("Picture", width=84),
    "status": st.column_config.TextColumn("Status", width=72),
    "refusal": st.column_config.TextColumn("Refusal", width=135),
    "label": st.column_config.TextColumn("Label", width=160, help="The true class as it was given"),
    f"{ENSEMBLE}_label": st.column_config.TextColumn("Combined", width=160),
    f"{ENSEMBLE}_confidence": st.column_config.NumberColumn("Confidence", format="%.0f%%", width=95),
    f"{ENSEMBLE}_state": st.column_config.TextColumn("Verdict", width=110),
    "findings": st.column_config.TextColumn("Findings", width=200, help=FINDINGS),
    "trust": st.column_config.TextColumn("Trust", width=95),
    "trust_reasons": st.column_config.TextColumn("Doubts", width=150),
    "agree": st.column_config.TextColumn("Networks agree", width=120, help=AGREE),
    "layout": st.column_config.TextColumn("Layout", width=75),
    "warnings": st.column_config.TextColumn("Warnings", width=165),
    "duplicate_of": st.column_config.TextColumn("Duplicate of", width=150),
    "heart_rate_bpm": st.column_config.NumberColumn("Heart rate, bpm", width=120),
    "rhythm": st.column_config.TextColumn("Rhythm"),
    "pr_ms": st.column_config.NumberColumn("PR, ms"),
    "qrs_ms": st.column_config.NumberColumn("QRS, ms"),
    "qt_ms": st.column_config.NumberColumn("QT, ms"),
    "qtc_ms": st.column_config.NumberColumn("QTc, ms"),
    "axis_deg": st.column_config.NumberColumn("QRS axis, \N{DEGREE SIGN}"),
}
_OPTIONAL = ("refusal", "label", "findings", "trust_reasons", "agree", "duplicate_of")
_LAST = {
    "order": st.column_config.TextColumn("Order of leads"),
    "speed_mm_s": st.column_config.NumberColumn("Speed, mm/s"),
    "gain_mm_mv": st.column_config.NumberColumn("Gain, mm/mV"),
    "scale_from": st.column_config.TextColumn("Scale from"),
    "seconds": st.column_config.NumberColumn("Read in, s", format="%.1f"),
    "sha256": st.column_config.TextColumn("sha256"),
}


def titles(models: Sequence[str], empty: Collection[str]) -> dict[str, Any]:
    """Return the columns to show, in order: the ensemble's among the first, the networks' after the measurements.

    Parameters
    ----------
    models : sequence of str
        The models that predicted.
    empty : collection of str
        Columns without a value: of these, those that only some batches fill are left out.
    """
    networks = {
        name: column
        for model in models
        if model != ENSEMBLE
        for name, column in (
            (f"{model}_label", st.column_config.TextColumn(NAMES[model])),
            (f"{model}_confidence", st.column_config.NumberColumn(f"{NAMES[model]}, confidence", format="%.0f%%")),
        )
    }
    first = {
        name: column
        for name, column in _FIRST.items()
        if not (name in _OPTIONAL and name in empty) and (models or not name.startswith(ENSEMBLE))
    }
    return {**first, **networks, **_LAST}
