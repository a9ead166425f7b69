"""What every generator draws by chance: the record, how it was filtered, the layout, the recorder's settings."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from scipy.signal import butter, resample_poly, sosfiltfilt

from preprocessing.leads import LAYOUTS
from tests.independent.known_page import RATE_HZ, Form, Line, Sheet, lines_of

# How often a layout is drawn, by its name; those not named once.
OFTEN = {"3x4+1": 5, "3x4": 2, "6x2": 2, "6x2+1": 3, "12x1": 3, "3x4+2": 2, "3x4+3": 2}
STANDARD, CABRERA = "standard", "cabrera"
# A lead of more than this from peak to peak is an electrode's fault, or leaves any page.
LARGEST_MV = 5.0
EDGE_MM = 2.0

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Settings:
    """Paper speed and gain, and whether they are printed though they are the usual ones."""

    speed_mm_s: float
    gain_mm_mv: float
    printed: bool

    @property
    def words(self) -> str:
        """As they are printed."""
        return f"{self.speed_mm_s:g} mm/s   {self.gain_mm_mv:g} mm/mV"


@lru_cache(maxsize=1)
def _signals(file: Path) -> tuple[np.ndarray, tuple[str, ...], int]:
    with np.load(file) as content:
        return content["signals"], tuple(content["leads"].tolist()), int(content["fs"])


def some_record(data: Path, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return ten seconds of a real record in mV at `RATE_HZ` by lead, as a recorder filters them; -aVR is one of them.

    `data` is the folder of reports and signals.
    """
    signals, leads, rate_hz = _signals(data / "signals" / "ptbxl.npz")
    while True:
        mv = signals[rng.integers(len(signals))].T / 1000.0
        mv = resample_poly(mv, RATE_HZ // rate_hz, 1, axis=1, padtype="line")
        mv = mv - np.median(mv, axis=1, keepdims=True)
        if rng.random() < 0.6:
            mv = sosfiltfilt(butter(2, rng.choice([0.15, 0.5]), "highpass", fs=RATE_HZ, output="sos"), mv, axis=1)
        if rng.random() < 0.3:
            mv = sosfiltfilt(butter(2, 35, "lowpass", fs=RATE_HZ, output="sos"), mv, axis=1)
        if np.ptp(mv, axis=1).max() <= LARGEST_MV:
            record = dict(zip(leads, mv, strict=True))
            return {**record, "-aVR": -record["aVR"]}


def some_lines(
    data: Path, rng: np.random.Generator, form: Form, sheet: Sheet, height_mm: float, rate_hz: int = RATE_HZ
) -> Sequence[Line]:
    """Return the lines of a record that stays on the page."""
    while True:
        lines = lines_of(some_record(data, rng), form, sheet, rate_hz)
        heights_mm = np.concatenate([line.points_mm[:, 1] for line in lines])
        if heights_mm.min() > EDGE_MM and heights_mm.max() < height_mm - EDGE_MM:
            return lines


def some_layout(rng: np.random.Generator, cabrera: float = 0.15) -> Form:
    """Return one of the app's layouts, Cabrera's order on a given share of the pages."""
    order = CABRERA if rng.random() < cabrera else STANDARD
    names = [name for name, form in LAYOUTS.items() if form.order == order for _ in range(OFTEN.get(name, 1))]
    name = one_of(rng, names)
    return Form(name, LAYOUTS[name].grid, LAYOUTS[name].strips)


def some_settings(rng: np.random.Generator, form: Form) -> Settings:
    """Return a speed and gain: 25 mm/s and 10 mm/mV on most pages; what is unusual is always printed."""
    speed = 50.0 if rng.random() < 0.1 else 25.0
    # Twice the usual gain needs rows with room for it.
    gain = one_of(rng, [10.0] * 17 + [5.0, 5.0, 20.0 if form.rows < 6 else 5.0])
    return Settings(speed, gain, (speed, gain) != (25.0, 10.0) or rng.random() < 0.7)


def one_of(rng: np.random.Generator, things: Sequence[Thing]) -> Thing:
    """Return one of some things."""
    return things[int(rng.integers(len(things)))]


def some_colour(rng: np.random.Generator, lightness: tuple[float, float], saturation: tuple[float, float]) -> str:
    """Return a colour of any hue as #rrggbb."""
    parts = colorsys.hls_to_rgb(rng.random(), rng.uniform(*lightness), rng.uniform(*saturation))
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
