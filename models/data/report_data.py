"""Where reports come from, and each one's file, class, group and duplicates, before it is opened."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pandas as pd

from models.classes import CLASSES

ROOT = Path(__file__).resolve().parents[2]
# The classes by the names of the table, and by the words in the names of the public dataset's folders.
SHORT_NAMES = {"Normal": 0, "HB": 1, "MI": 2, "PMI": 3}
_FOLDER_WORDS = (("history of mi", 3), ("myocardial infarction", 2), ("abnormal heartbeat", 1), ("normal", 0))
_PICTURES = {".avif", ".jpg", ".jpeg", ".png"}


def data_folder() -> Path:
    """Return the folder of reports and signals: ``ECGVIZ_DATA``, or ``../shared/data`` beside the project."""
    return Path(os.environ.get("ECGVIZ_DATA") or ROOT.parent / "shared" / "data")


def cache_folder() -> Path:
    """Return the folder of intermediate results, outside the project: ``ECGVIZ_CACHE``, or ``~/.cache/ecgviz``."""
    return Path(os.environ.get("ECGVIZ_CACHE") or Path.home() / ".cache" / "ecgviz")


def listing(folder: Path) -> pd.DataFrame:
    """List the reports of a folder, one row per file.

    Parameters
    ----------
    folder : Path
        Holds ``reports.csv`` and a folder ``reports``, or the folders of the public dataset, one per class.

    Returns
    -------
    DataFrame
        ``path, file, label`` (place in `CLASSES`), ``sha256, group`` (never split), ``in_v2``, ``copies_n`` (how often
        the public collection repeats the picture), ``printed_hr`` (bpm) and ``lead_off``.
    """
    table = folder / "reports.csv"
    return _from_table(table) if table.is_file() else _from_folders(folder)


def _from_table(table: Path) -> pd.DataFrame:
    known = pd.read_csv(table)
    return pd.DataFrame(
        {
            "path": [str(table.parent / "reports" / file) for file in known["file"]],
            "file": known["file"],
            "label": known["class"].map(SHORT_NAMES),
            "sha256": known["sha256"],
            "group": known["report_id"].astype(str),
            "in_v2": known["in_v2"].astype(bool),
            "copies_n": known["v2_copies_n"],
            "printed_hr": known["printed_hr"],
            "lead_off": known["lead_off"].astype(bool),
        }
    )


def _from_folders(folder: Path) -> pd.DataFrame:
    found: list[dict[str, Any]] = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in _PICTURES):
        label = next((label for words, label in _FOLDER_WORDS if words in path.parent.name.lower()), None)
        if label is None:
            continue
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        # The public folders name no report, so identical pictures form the groups.
        found.append({"path": str(path), "file": path.name, "label": label, "sha256": sha256, "group": sha256})
    if not found:
        raise FileNotFoundError(f"{folder} has neither a reports.csv nor folders of pictures named after the classes")
    table = pd.DataFrame(found).assign(in_v2=True, printed_hr=float("nan"), lead_off=False)
    return table.assign(copies_n=table.groupby("sha256")["sha256"].transform("size"))


def distinct(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Keep each picture once, and none that is in two classes.

    Returns
    -------
    DataFrame
        The distinct reports, in the same order.
    dict
        ``duplicates`` and ``label_conflicts``: how many files were dropped for either reason.
    """
    classes_n = table.groupby("sha256")["label"].transform("nunique")
    agreed = table[classes_n == 1]
    kept = agreed.drop_duplicates("sha256")
    counts = {"duplicates": len(agreed) - len(kept), "label_conflicts": int((classes_n > 1).sum())}
    return kept.reset_index(drop=True), counts


def by_class(labels: pd.Series) -> dict[str, int]:
    """Count labels by class name."""
    return {name: int((labels == label).sum()) for label, name in enumerate(CLASSES)}
