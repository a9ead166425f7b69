"""Examples of what the six classes' pictures show: real beats where the data are at hand, drawn ones where not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from ecgviz.beat_lab.beat import SIX, drawn
from models.beats import FIELD_HALF_MS, field_picture, one_record
from models.data import data_folder
from sample_images import simulate

# Of which record, at which sample, and what the picture there is.
REAL = (
    ("102", 629568, "Taken for premature atrial: a paced beat (record 102)"),
    ("232", 244782, "Truly premature atrial (record 232)"),
    ("207", 579544, "Taken for ventricular fibrillation: flutter (record 207)"),
    ("214", 535282, "Left bundle branch block (record 214)"),
)
SPIKE_MV, SPIKE_MS, SPIKE_BEFORE_MS = 1.2, 4.0, 60.0

Example = tuple[str, np.ndarray]


@cache
def examples() -> list[Example]:
    """Return words and a picture, shape (128, 192), uint8, of each example."""
    folder = data_folder()
    if (folder / "signals" / "mitbih.npz").is_file():
        return [(words, _real(folder, record, sample)) for record, sample, words in REAL]
    return [
        ("Taken for premature atrial: a paced beat, drawn", _paced()),
        ("Truly premature atrial, drawn", drawn("premature-atrial-beats", 2).picture(SIX)),
        (
            "Taken for ventricular fibrillation: fast waves, drawn",
            drawn("ventricular-tachycardia", 2).picture(SIX),
        ),
        ("Left bundle branch block, drawn", drawn("left-bundle-branch-block", 2).picture(SIX)),
    ]


def _real(folder: Path, record: str, sample: int) -> np.ndarray:
    mv, rate_hz = one_record(folder, record)
    half = round(FIELD_HALF_MS / 1000 * rate_hz)
    return field_picture(mv[sample - half : sample + half])


def _paced() -> np.ndarray:
    """Draw a beat that a pacemaker set off: a spike, and the broad complex that follows it."""
    recording = simulate("left-bundle-branch-block", seed=1)
    mv, rate_hz = recording.lead("II").copy(), recording.rate_hz
    at = round(recording.r_times_s[2] * rate_hz)
    first = at - round(SPIKE_BEFORE_MS / 1000 * rate_hz)
    mv[first : first + max(round(SPIKE_MS / 1000 * rate_hz), 1)] += SPIKE_MV
    half = round(FIELD_HALF_MS / 1000 * rate_hz)
    return field_picture(mv[at - half : at + half])
