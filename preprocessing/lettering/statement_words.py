"""The statements that recorders print about an ECG: a closed list, so that nothing else can be read."""

from __future__ import annotations

from itertools import product

_WALLS = (
    "Inferior",
    "Anterior",
    "Anteroseptal",
    "Anterolateral",
    "Septal",
    "Lateral",
    "High Lateral",
    "Extensive Anterior",
    "Inferolateral",
    "Posterior",
)
_SIDES = ("Left", "Right")

_SURE = ("", "Possible ", "Suspect ")

# Definition: spellings of EDAN's recorders, whose reports print them. Those of the first list name leads behind them.
OF_LEADS = (
    *(f"{sure}{wall} Myocardial Infarction" for sure, wall in product(_SURE, _WALLS)),
    *(f"{grade} ST {way}" for grade, way in product(("Slight", "Middle", "Marked"), ("Depression", "Elevation"))),
    *(f"{form} T Wave" for form in ("Inverted", "Biphasic", "Flattened", "Low", "High", "Tall")),
    *(f"{form} Negative T Wave" for form in ("Deep", "Giant")),
    "Abnormal Q Wave",
    "Poor R Wave Progression",
)
_RHYTHMS = (
    *(f"Sinus {rhythm}" for rhythm in ("Rhythm", "Tachycardia", "Bradycardia", "Arrhythmia")),
    *(f"Atrial {rhythm}" for rhythm in ("Fibrillation", "Flutter", "Rhythm", "Tachycardia", "Premature Contraction")),
    *(f"{side} Atrial Rhythm" for side in _SIDES),
    *(f"Premature {chamber} Contraction" for chamber in ("Ventricular", "Atrial", "Supraventricular")),
    "Junctional Rhythm",
    "Artificial Pacemaker Rhythm",
)
_FORMS = (
    *(f"{degree}-degree Atrioventricular Block" for degree in ("First", "Second", "Third")),
    *(f"{whole}{side} Bundle Branch Block" for whole, side in product(("", "Incomplete ", "Complete "), _SIDES)),
    *(f"Left {fascicle} Fascicular Block" for fascicle in ("Anterior", "Posterior")),
    "Intraventricular Block",
    *(f"{side} {chamber}" for side, chamber in product(_SIDES, ("Ventricular Hypertrophy", "Atrial Enlargement"))),
    *(f"Excessive Overload of {side} Atrium" for side in _SIDES),
    *(f"{side} Axis Deviation" for side in _SIDES),
    "QT Interval Prolongation",
    "Short PR Interval",
    "Low Voltage",
    "S1-S2-S3 Pattern",
    "WPW Syndrome",
)
ALONE = (*(f"{sure}{one}" for sure, one in product(_SURE, (*_RHYTHMS, *_FORMS))), "Normal ECG")
# Above the statements.
HEADING = "Diagnosis Information"
