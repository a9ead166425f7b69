"""The held-out fold of PTB-XL as pages that our own reader reads: what the figures of the findings rest on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy

from models.classes import FINDINGS
from models.data import records
from models.findings.laid_out import filtered
from models.findings.measured_inputs import measured_features
from models.findings.training_data import HELD_OUT_STRATUM, stratum_of
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.measuring import measure
from preprocessing.page import find_page
from preprocessing.traces import trace_leads
from sample_images import PageStyle, Recording, draw_page, edan_style

LAYOUTS = ("3x4", "3x4+1", "6x2", "6x2+1", "12x1")
GRIDS = ("red", "blue", "green", "grey", "dots")
BANDS_HZ = ((0.67, 25.0), (0.5, 45.0), (0.05, 40.0))
RECORDER_SHARE = 0.4


@dataclass(frozen=True, eq=False)
class HeldOutPages:
    """Pages that were read, one row each.

    Attributes
    ----------
    ecg_id, patient : ndarray of int, shape (n,)
    layout : ndarray of str, shape (n,)
        As drawn.
    measured : ndarray, shape (n, features), float32
    targets : ndarray, shape (n, 15), int8
    refused_n : int
        Pages beyond these n that were refused.
    """

    ecg_id: np.ndarray
    patient: np.ndarray
    layout: np.ndarray
    measured: np.ndarray
    targets: np.ndarray
    refused_n: int


def drawn_record(ecg_id: int, mv: np.ndarray) -> tuple[np.ndarray, str]:
    """Draw a record, shape (12, 1000) in mV, and return the picture and its layout; the id chooses how it looks."""
    rng = np.random.default_rng((HELD_OUT_STRATUM, ecg_id))
    band = BANDS_HZ[rng.integers(len(BANDS_HZ))]
    signal = scipy.signal.resample_poly(filtered(mv, band), 5, 1, axis=-1)
    ink_mm = rng.uniform(0.2, 0.5)
    if rng.random() < RECORDER_SHARE:
        style = replace(edan_style(), ink_width_mm=ink_mm)
    else:
        layout, grid = str(rng.choice(LAYOUTS)), str(rng.choice(GRIDS))
        style = PageStyle(layout=layout, grid=grid, dpi=150, ink_width_mm=ink_mm)
    return draw_page(Recording.from_array(signal, 500.0), style).image, style.layout


def features_of(image: np.ndarray) -> np.ndarray:
    """Read a picture as the app does, and return the features of its measurements."""
    return measured_features(measure(trace_leads(*find_leads(find_page(image)))))


def held_out_pages(folder: Path) -> HeldOutPages:
    """Draw and read every record of the held-out fold; a quarter of an hour on one core."""
    patients = records(folder).set_index("ecg_id")["patient_id"]
    found: list[tuple[int, str, np.ndarray, dict[str, int]]] = []
    refused_n = 0
    for ecg_id, mv, targets in stratum_of(folder, HELD_OUT_STRATUM):
        image, layout = drawn_record(ecg_id, mv)
        try:
            measured = features_of(image)
        except EcgImageError:
            refused_n += 1
        else:
            found.append((ecg_id, layout, measured, targets))
    ids, layouts, measured_of, targets_of = (list(part) for part in zip(*found, strict=True))
    return HeldOutPages(
        np.array(ids),
        patients[ids].to_numpy().astype(int),
        np.array(layouts),
        np.stack(measured_of),
        np.array([[one[name] for name in FINDINGS] for one in targets_of], np.int8),
        refused_n,
    )


def save_pages(pages: HeldOutPages, file: Path) -> None:
    """Write the pages."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, allow_pickle=False, **vars(pages))


def load_pages(file: Path) -> HeldOutPages:
    """Read the pages."""
    with np.load(file, allow_pickle=False) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    return HeldOutPages(**kept | {"refused_n": int(kept["refused_n"])})
