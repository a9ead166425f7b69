"""Examples of what the pictures of six classes show: real beats where the data are there, else simulated ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from ecgviz.beat_lab.beat import SIMULATED_LEAD, SIX_TASK, simulated_beat, simulated_recording
from models.beats import SIX_HALF_WINDOW_MS, read_record, six_class_picture
from models.data import data_folder

# Record, sample of the R wave, and caption.
REAL_BEATS = (
    ("102", 629568, "Labelled premature atrial: a paced beat (record 102)"),
    ("232", 244782, "A true premature atrial beat (record 232)"),
    ("207", 579544, "Labelled ventricular fibrillation: flutter (record 207)"),
    ("214", 535282, "Left bundle branch block (record 214)"),
)
SPIKE_MV, SPIKE_MS, SPIKE_BEFORE_MS = 1.2, 4.0, 60.0

Example = tuple[str, np.ndarray]


@cache
def examples() -> list[Example]:
    """Return the caption and picture, shape (128, 192), uint8, of each example."""
    folder = data_folder()
    if (folder / "signals" / "mitbih.npz").is_file():
        return [(caption, _real_beat(folder, record, sample)) for record, sample, caption in REAL_BEATS]
    return [
        ("Labelled premature atrial: a paced beat, simulated", _paced_beat()),
        ("A true premature atrial beat, simulated", simulated_beat("premature-atrial-beats", 2).picture(SIX_TASK)),
        (
            "Labelled ventricular fibrillation: fast waves, simulated",
            simulated_beat("ventricular-tachycardia", 2).picture(SIX_TASK),
        ),
        ("Left bundle branch block, simulated", simulated_beat("left-bundle-branch-block", 2).picture(SIX_TASK)),
    ]


def _real_beat(folder: Path, record: str, sample: int) -> np.ndarray:
    mv, rate_hz = read_record(folder, record)
    return _picture_at(mv, rate_hz, sample)


def _paced_beat() -> np.ndarray:
    """Draw a ventricular paced beat: a pacing spike before a broad QRS complex."""
    recording = simulated_recording("left-bundle-branch-block")
    mv, rate_hz = recording.lead(SIMULATED_LEAD).copy(), recording.rate_hz
    at = round(recording.r_times_s[2] * rate_hz)
    first = at - round(SPIKE_BEFORE_MS / 1000 * rate_hz)
    mv[first : first + max(round(SPIKE_MS / 1000 * rate_hz), 1)] += SPIKE_MV
    return _picture_at(mv, rate_hz, at)


def _picture_at(mv: np.ndarray, rate_hz: float, sample: int) -> np.ndarray:
    half = round(SIX_HALF_WINDOW_MS / 1000 * rate_hz)
    return six_class_picture(mv[sample - half : sample + half])
