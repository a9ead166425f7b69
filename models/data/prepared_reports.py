"""The reports as arrays, as ``python -m models.prepare`` writes them to the cache."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.data.report_data import cache_folder

INTERVALS = ("heart_rate_bpm", "rr_spread_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms")
MEASURED = (*INTERVALS, "p_axis_deg", "axis_deg", "t_axis_deg")


@dataclass(frozen=True)
class Prepared:
    """Reports as networks are trained on them.

    Attributes
    ----------
    table : DataFrame
        One row per report: the columns of `listing`, ``layout`` and the measurements.
    rows : ndarray, shape (n, 16, 250, 2), float32
        As `lead_rows` gives them.
    pictures : ndarray, shape (n, 13, 150, 150), uint8
        The article's lead pictures, the strip last; 255 (paper) where a report has no such lead.
    """

    table: pd.DataFrame
    rows: np.ndarray
    pictures: np.ndarray


def prepared(folder: Path | None = None) -> Prepared:
    """Load the prepared reports from the cache."""
    folder = folder or cache_folder()
    with np.load(folder / "reports.npz") as arrays:
        rows, pictures = arrays["rows"].astype(np.float32), arrays["pictures"]
    return Prepared(prepared_table(folder), rows, pictures)


def prepared_table(folder: Path | None = None) -> pd.DataFrame:
    """Load the table of the prepared reports from the cache."""
    return pd.read_csv((folder or cache_folder()) / "reports.csv", dtype={"group": str})
