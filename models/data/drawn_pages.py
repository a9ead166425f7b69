"""Pages drawn to train on: PTB-XL records and simulated rhythms, with the true boxes of their leads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from models.data.page_store import StoredPage
from models.data.ptbxl import FILTERS_HZ
from preprocessing.lead_id import Role
from preprocessing.leads import LeadBox
from preprocessing.page import grayscale
from sample_images import RHYTHMS, Drawing, PageStyle, Recording, draw_page, edan_style, simulate

# Most of the reports have this layout; a third of the drawn pages has another.
_LAYOUTS = ("3x4", "3x4+1", "6x2", "12x1")
_OTHER_SHARE = 0.33


def records(folder: Path) -> pd.DataFrame:
    """Return the table of the PTB-XL records without those that repeat others; the index is the place among signals."""
    table = pd.read_csv(folder / "signals" / "ptbxl.csv")
    return table[~table["source"].str.startswith("biolabsel")]


def codes_of(text: str) -> dict[str, float]:
    """Return a record's statements and their likelihoods, from the text of the table."""
    found: dict[str, float] = ast.literal_eval(text)
    return found


def record_name(ecg_id: int) -> str:
    """Return the name under which the page of a record is stored."""
    return f"ptbxl-{ecg_id}"


def drawn_records(folder: Path, seed: int = 0) -> Iterator[tuple[str, StoredPage]]:
    """Draw every record once, with its name; filter, layout and style change from page to page."""
    table = records(folder)
    with np.load(folder / "signals" / "ptbxl.npz") as arrays:
        signals = arrays["signals"]
    for place, ecg_id in zip(table.index, table["ecg_id"], strict=True):
        rng = np.random.default_rng((seed, int(ecg_id)))
        band = FILTERS_HZ[rng.integers(len(FILTERS_HZ))]
        passband = scipy.signal.butter(1, band, "bandpass", fs=100, output="sos")
        mv = scipy.signal.sosfiltfilt(passband, signals[place].T / 1000, axis=-1)
        # Interpolated to 500 Hz: straight lines between samples 10 ms apart look unlike a recorder's trace.
        mv = scipy.signal.resample_poly(mv - np.median(mv, axis=-1, keepdims=True), 5, 1, axis=-1)
        yield record_name(ecg_id), stored(draw_page(Recording.from_array(mv, 500.0), style_of(rng)))


def drawn_rhythms(each: int, seed: int = 0) -> Iterator[tuple[str, StoredPage]]:
    """Draw simulated rhythms, with names such as ``drawn-atrial-flutter-3``."""
    for rhythm, kind in RHYTHMS.items():
        for number in range(each):
            # Beyond the random seeds of tests and gallery, which start at 0.
            rng = np.random.default_rng((seed, 1000 + number))
            rate = None if kind.rate_bpm is None else kind.rate_bpm * rng.uniform(0.85, 1.15)
            recording = simulate(rhythm, rate, 10_000 + number)
            yield f"drawn-{rhythm}-{number}", stored(draw_page(recording, style_of(rng)))


def style_of(rng: np.random.Generator) -> PageStyle:
    """Return the style of a page: the recorder's, or with another layout, grid and pen."""
    style = edan_style()
    if rng.random() > _OTHER_SHARE:
        return replace(style, ink_width_mm=rng.uniform(0.25, 0.5))
    grid = str(rng.choice(["red", "blue", "green", "grey", "dots"]))
    layout = str(rng.choice(_LAYOUTS))
    return PageStyle(layout=layout, grid=grid, dpi=150, ink_width_mm=rng.uniform(0.2, 0.45))


def stored(drawing: Drawing) -> StoredPage:
    """Return a drawn page with the boxes that its leads were drawn in."""
    assert drawing.speed_mm_s is not None
    assert drawing.gain_mm_mv is not None
    boxes = []
    for lead in drawing.leads:
        (left, top), (right, bottom) = lead.quad.min(axis=0), lead.quad.max(axis=0)
        role = Role.RHYTHM if lead.role == Role.RHYTHM else Role.TWELVE_LEAD
        boxes.append(LeadBox(lead.lead, role, left, top, right, bottom, lead.start_s))
    gray = np.round(grayscale(drawing.image) * 255).astype(np.uint8)
    scale = drawing.px_per_mm
    return StoredPage(gray, tuple(boxes), scale * drawing.speed_mm_s, scale * drawing.gain_mm_mv)
