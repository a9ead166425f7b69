"""Lines of drawn print as recorders print their measurements, with their text."""

from __future__ import annotations

import numpy as np

from models.lettering.line_scenes import any_letters, line_scene, printed_gain, printed_speed
from preprocessing.lettering import block_codes

_WORDS = (
    "AC50 AC60 50Hz 60Hz 0.67~25Hz 0.05-150 Hz 0.5-40Hz 0.5~100Hz 0.15-45 Hz 100Hz HR bpm SE-3 V1.0 SEMIP V1.7 "
    "4*2.5s+1r 2*5s Lead Off Speed: Gain: Limb: Chest: Paper: PR ms P QRS QT/QTc QTcB P/QRS/T P-R-T axes deg Filter "
    "LP HP MAC 12SL v239 ID: Page 1 of 2 Date 12:31:05 2014-03-11 Technician Unconfirmed Report RV5/SV1 RV5+SV1 mV "
    "sec mm cm kg mmHg s seconds 150Hz Vent. rate Rate BPM interval duration QRSD Axis Normal Abnormal ECG Sinus "
    "Rhythm Tachycardia Bradycardia Diagnosis Information: Atrial Fibrillation Left Right Axis Deviation Slight ST "
    "Elevation Depression Myocardial Infarction Ventricular Hypertrophy Premature Contraction Bundle Branch Block T "
    "Wave Name: Sex: Age: Years Male Female Hospital Room No.: Comments Medication: Ref-Phys.:"
)
WORDS = tuple(_WORDS.split())
# Name, how many numbers, unit.
MEASUREMENTS = (
    ("HR", 1, "bpm"),
    ("Vent. rate", 1, "BPM"),
    ("Rate", 1, ""),
    ("P", 1, "ms"),
    ("PR", 1, "ms"),
    ("PR interval", 1, "ms"),
    ("QRS", 1, "ms"),
    ("QRS duration", 1, "ms"),
    ("QRSD", 1, ""),
    ("QT/QTc", 2, "ms"),
    ("QT/QTcB", 2, "ms"),
    ("QT", 1, "ms"),
    ("QTc", 1, "ms"),
    ("P/QRS/T", 3, ""),
    ("P-R-T axes", 3, ""),
    ("RV5/SV1", 2, "mV"),
    ("RV5+SV1", 1, "mV"),
)


def block_scene(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw a line, as `models.lettering.line_scenes.line_scene`; its codes are those of `BLOCK_CHARACTERS`."""
    return line_scene(rng, _part, block_codes)


def _part(rng: np.random.Generator) -> str:
    """Return a part of a line: a speed, a gain, a measurement, a usual word, a number or anything."""
    kind = rng.random()
    room = str(rng.choice(["", " "]))
    if kind < 0.12:
        return printed_speed(rng, room)
    if kind < 0.24:
        return printed_gain(rng, room)
    if kind < 0.5:
        return _measurement(rng)
    if kind < 0.7:
        return WORDS[rng.integers(len(WORDS))]
    if kind < 0.84:
        return f"{rng.uniform(0, 10.0 ** rng.integers(1, 4)):.{rng.integers(0, 3)}f}"
    return any_letters(rng)


def _measurement(rng: np.random.Generator) -> str:
    """Return a measurement as recorders print it: its name, one to three numbers and a unit."""
    name, count, unit = MEASUREMENTS[rng.integers(len(MEASUREMENTS))]
    low, high = (-90, 180) if count == 3 else (40, 999)
    numbers = [str(rng.integers(low, high)) for _ in range(count)]
    if unit == "mV":
        numbers = [f"{rng.uniform(0, 4):.{rng.integers(2, 4)}f}" for _ in range(count)]
    between = str(rng.choice(["/", "/", " / ", " "]))
    colon = str(rng.choice([" ", ": ", " : ", "   :  "]))
    return f"{name}{colon}{between.join(numbers)}{rng.choice(['', ' ', '  '])}{unit}".strip()
