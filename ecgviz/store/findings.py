"""What a reader may record beside the class: a short list of findings, and measurements within their limits."""

from __future__ import annotations

from typing import NamedTuple

# By the codes of the JSON contract's `findings`.
FINDINGS = {
    "sinus_rhythm": "Sinus rhythm",
    "atrial_fibrillation": "Atrial fibrillation",
    "atrial_flutter": "Atrial flutter",
    "premature_atrial": "Premature atrial beats",
    "premature_ventricular": "Premature ventricular beats",
    "paced": "Paced",
    "first_degree_block": "First-degree AV block",
    "left_bundle_branch_block": "Left bundle branch block",
    "right_bundle_branch_block": "Right bundle branch block",
    "left_ventricular_hypertrophy": "Left ventricular hypertrophy",
    "st_t_change": "ST-T change",
    "anterior_infarction": "Anterior infarction",
    "inferior_infarction": "Inferior infarction",
    "any_infarction": "Other infarction",
}


class Limits(NamedTuple):
    """A measurement that a reader may correct: its name and unit on screen, its least and its largest value."""

    title: str
    low: int
    high: int


# By the names of the JSON contract. Beyond these a number is a slip of the keyboard.
MEASURED = {
    "heart_rate_bpm": Limits("Heart rate, bpm", 10, 400),
    "pr_ms": Limits("PR, ms", 40, 600),
    "qrs_ms": Limits("QRS, ms", 30, 400),
    "qt_ms": Limits("QT, ms", 150, 900),
    "axis_deg": Limits("QRS axis, degrees", -180, 180),
}
