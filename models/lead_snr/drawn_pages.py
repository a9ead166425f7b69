"""Pages of many styles drawn from real signals, clean, scanned and photographed, with the samples of every lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.signal import resample_poly

from preprocessing.lead_id import LeadId, Role
from sample_images import GRIDS, Camera, PageStyle, Recording, draw_page, edan_style, photograph

RATE_HZ = 500
# PTB-XL's own folds 9 and 10 are left for evaluation. Recordings that benchmarks draw may be among these, on other
# pages.
TRAINING_FOLDS = range(1, 9)
LAYOUTS = ("3x4+1", "3x4+1", "3x4+1", "3x4", "3x4+3", "6x2", "6x2+1", "12x1")


@dataclass(frozen=True, eq=False)
class DrawnPage:
    """A page as it is seen, shape (rows, columns, 3), uint8, and the samples of each lead by its key, mV at 500 Hz."""

    rgb: np.ndarray
    samples_mv: dict[str, np.ndarray]


def drawn_pages(folder: Path, seed: int, count: int) -> Iterator[DrawnPage]:
    """Draw so many pages, each from its own random state.

    Parameters
    ----------
    folder : Path
        The data folder with ``signals/ptbxl.npz``.
    seed : int
    count : int
    """
    table = pd.read_csv(folder / "signals" / "ptbxl.csv")
    rows = np.flatnonzero(table["strat_fold"].isin(TRAINING_FOLDS))
    with np.load(folder / "signals" / "ptbxl.npz") as arrays:
        signals = arrays["signals"]
    for number in range(count):
        rng = np.random.default_rng((seed, number))
        recorded = signals[rng.choice(rows)].T / 1000.0
        recording = Recording.from_array(resample_poly(recorded, RATE_HZ // 100, 1, axis=1, padtype="line"), RATE_HZ)
        drawing = draw_page(recording, _style(rng))
        camera = _camera(rng, number)
        seen = drawing if camera is None else photograph(drawing, camera)
        samples = {LeadId(lead.lead, Role(lead.role)).key: lead.samples_mv for lead in drawing.leads}
        yield DrawnPage(seen.image, samples)


def _style(rng: np.random.Generator) -> PageStyle:
    """Return the recorder's style that most reports at hand have, or a free one."""
    if rng.random() < 0.35:
        return edan_style()
    return PageStyle(
        layout=str(rng.choice(LAYOUTS)),
        dpi=int(rng.choice([100, 120, 150, 200, 200, 300])),
        grid=str(rng.choice([name for name in GRIDS if name != "none"])),
        calibration=rng.choice(["left", "right", "none"]),
        dividers=rng.choice(["short", "full", "none"]),
        ink_width_mm=float(rng.uniform(0.18, 0.5)),
        ink_rgb=(18, 18, 22) if rng.random() < 0.7 else (24, 40, 130),
    )


def _camera(rng: np.random.Generator, seed: int) -> Camera | None:
    kind = rng.choice(["clean", "scanned", "photographed"], p=[0.4, 0.35, 0.25])
    if kind == "clean":
        return None
    if kind == "photographed":
        return Camera.photo(seed)
    return replace(
        Camera.scan(seed),
        rotation_deg=rng.uniform(-5, 5),
        blur_px=rng.uniform(0.4, 1.2),
        noise=rng.uniform(2, 15),
        jpeg_quality=int(rng.integers(40, 90)),
    )
