"""12-lead recordings with diagnostic codes (PTB-XL, Wagner et al. 2020), laid out as on a printed page."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from models.networks import HIGHEST_MV, QUARTERS, RATE_HZ, ROW_SAMPLES, ROWS_SHAPE, STRIP_SAMPLES
from preprocessing.lead_id import LEADS

# The filters that recorders print in their footers, Hz. The narrow one distorts the ST segment, and most pages have it.
FILTERS_HZ = ((0.67, 25.0), (0.5, 45.0))
# Statements of form and rhythm carry no likelihood; a diagnosis counts from this likelihood on, percent.
RHYTHMS = frozenset({"SR", "AFIB", "AFLT", "STACH", "SBRAD", "SARRH", "BIGU", "PAC", "PVC"})
FORMS = frozenset({"ABQRS", "LOWT", "NT_", "QWAVE", "INVT", "LPR", "VCLVH", "STD_", "LVOLT"})
LEAST_LIKELIHOOD = 35
LEAST_RECORDS = 12
# How often the strip is lead II; otherwise lead III, which recorders print where II is too small.
SECOND_LEAD_SHARE = 0.8


@dataclass(frozen=True)
class LabelledSignals:
    """Recordings and their diagnostic codes.

    Attributes
    ----------
    mv : ndarray, shape (n, filters, 12, 1000), float32
        Ten seconds at 100 Hz, once for each of `FILTERS_HZ`, above each lead's median.
    codes : ndarray, shape (n, codes), float32
        1 where a record carries the code.
    names : tuple of str
        The codes.
    """

    mv: np.ndarray
    codes: np.ndarray
    names: tuple[str, ...]


def labelled_signals(folder: Path) -> LabelledSignals:
    """Load the records, without those that repeat others."""
    with np.load(folder / "signals" / "ptbxl.npz") as arrays:
        raw = arrays["signals"].transpose(0, 2, 1).astype(np.float32) / 1000
    table = pd.read_csv(folder / "signals" / "ptbxl.csv")
    own = ~table["source"].str.startswith("biolabsel").to_numpy()
    filtered = []
    for band in FILTERS_HZ:
        passed = scipy.signal.sosfiltfilt(
            scipy.signal.butter(1, band, "bandpass", fs=RATE_HZ, output="sos"), raw[own], axis=-1
        )
        filtered.append(passed - np.median(passed, axis=-1, keepdims=True))
    by_record = [_codes(text) for text in table.loc[own, "scp_codes"]]
    counts = pd.Series([code for codes in by_record for code in sorted(codes)]).value_counts()
    names = tuple(sorted(counts.index[counts >= LEAST_RECORDS]))
    codes = np.array([[code in one for code in names] for one in by_record], np.float32)
    return LabelledSignals(np.stack(filtered, axis=1).astype(np.float32), codes, names)


def _codes(text: str) -> set[str]:
    likelihoods: dict[str, float] = ast.literal_eval(text)
    return {
        code for code, likelihood in likelihoods.items() if code in RHYTHMS | FORMS or likelihood >= LEAST_LIKELIHOOD
    }


def printed(mv: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Lay recordings out as a 3x4+1 page shows them: columns of 2.5 s above a strip of 10 s.

    Parameters
    ----------
    mv : ndarray, shape (n, filters, 12, 1000)
    rng : Generator
        Draws the filter, and for half of the columns a start time of its own.

    Returns
    -------
    ndarray, shape (n, 16, 250, 2), float32
    """
    rows = np.ones((len(mv), *ROWS_SHAPE), np.float32)
    for report, by_filter in enumerate(mv):
        leads = by_filter[rng.integers(len(by_filter))]
        for column in range(QUARTERS):
            start = ROW_SAMPLES * column if rng.random() < 0.5 else int(rng.integers(STRIP_SAMPLES - ROW_SAMPLES + 1))
            own = slice(3 * column, 3 * column + 3)
            rows[report, own, :, 0] = leads[own, start : start + ROW_SAMPLES]
        strip = leads[LEADS.index("II" if rng.random() < SECOND_LEAD_SHARE else "III")]
        rows[report, len(LEADS) :, :, 0] = strip.reshape(QUARTERS, ROW_SAMPLES)
    mv_only = rows[..., 0]
    rows[..., 0] = np.clip(mv_only - np.median(mv_only, axis=-1, keepdims=True), -HIGHEST_MV, HIGHEST_MV)
    return rows
