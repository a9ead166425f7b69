"""The findings in words, by the codes of the JSON contract."""

from __future__ import annotations

TITLES = {
    "any_infarction": "Any infarction",
    "anterior_infarction": "Anterior infarction",
    "inferior_infarction": "Inferior infarction",
    "st_t_change": "ST-T change",
    "left_ventricular_hypertrophy": "Left ventricular hypertrophy",
    "sinus_rhythm": "Sinus rhythm",
    "atrial_fibrillation": "Atrial fibrillation",
    "atrial_flutter": "Atrial flutter",
    "premature_atrial": "Premature atrial beats",
    "premature_ventricular": "Premature ventricular beats",
    "paced": "Paced rhythm",
    "first_degree_block": "First-degree AV block",
    "left_bundle_branch_block": "Left bundle branch block",
    "right_bundle_branch_block": "Right bundle branch block",
    "normal": "Normal ECG",
}
