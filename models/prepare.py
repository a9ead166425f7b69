"""Read reports into arrays to train on: ``python -m models.prepare``; about ten minutes for 600 reports.

Every report is read as the app reads it. The arrays and the grey pages go to a cache outside the project; duplicates,
label conflicts and unreadable pages are counted in ``models/evaluation/data_quality.json``.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from models.classes import CLASSES
from models.data import (
    MEASURED,
    StoredPage,
    by_class,
    cache_folder,
    data_folder,
    distinct,
    listing,
    page_file,
    save_page,
)
from models.networks import LEAD_NAMES, lead_name, lead_rows
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.measuring import measure
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.stages import lead_picture, lead_stages
from preprocessing.traces import trace_leads

EVALUATION = Path(__file__).resolve().parent / "evaluation"
PICTURE_PX = 150


def read_report(path: str) -> dict[str, Any]:
    """Read one report's file; a refused one gives its code alone."""
    return report_of(Path(path).read_bytes())


def report_of(content: bytes) -> dict[str, Any]:
    """Read one report from the content of its file."""
    try:
        image = decode(content)
        page, layout = find_leads(find_page(image.rgb))
    except EcgImageError as error:
        return {"refusal": error.code}
    traces = trace_leads(page, layout)
    values = measure(traces).values
    pictures = np.full((len(LEAD_NAMES), PICTURE_PX, PICTURE_PX), 255, np.uint8)
    for box in layout.boxes:
        pictures[LEAD_NAMES.index(lead_name(box.id))] = lead_picture(lead_stages(page, box))
    return {
        "refusal": None,
        "layout": layout.form.arrangement,
        "rows": lead_rows(traces).astype(np.float16),
        "pictures": pictures,
        "page": StoredPage.of(page, layout.boxes),
        **{name: values[name].value for name in MEASURED},
        "rhythm": values["rhythm"].value,
    }


def _each_read(paths: Iterable[str], workers: int) -> Iterator[dict[str, Any]]:
    if workers == 1:
        yield from map(read_report, paths)
        return
    # A process that TensorFlow may run in cannot be forked safely.
    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(read_report, paths)


def main() -> None:
    """Read every distinct report and write the arrays, the table and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds reports.csv, or one folder per class")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="receives reports.npz and reports.csv")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes; by default one per core")
    given = parser.parse_args()
    every = listing(given.data)
    table, dropped = distinct(every)
    found = []
    for number, (sha256, one) in enumerate(
        zip(table["sha256"], _each_read(table["path"], given.workers), strict=True), 1
    ):
        # A page is ten times as large as all else of its report, so only its file is kept.
        if (page := one.pop("page", None)) is not None:
            save_page(page, page_file(sha256, given.cache))
        found.append(one)
        if number % 25 == 0 or number == len(table):
            print(f"{number} of {len(table)} reports", flush=True)
    outcome = table.drop(columns="path").join(
        pd.DataFrame([{key: value for key, value in one.items() if not isinstance(value, np.ndarray)} for one in found])
    )
    read = outcome["refusal"].isna().to_numpy()
    given.cache.mkdir(parents=True, exist_ok=True)
    outcome[read].drop(columns="refusal").to_csv(given.cache / "reports.csv", index=False)
    kept = [one for one in found if one["refusal"] is None]
    np.savez_compressed(
        given.cache / "reports.npz",
        rows=np.stack([one["rows"] for one in kept]),
        pictures=np.stack([one["pictures"] for one in kept]),
    )
    EVALUATION.mkdir(exist_ok=True)
    report = quality(every, outcome, dropped)
    (EVALUATION / "data_quality.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


def quality(every: pd.DataFrame, outcome: pd.DataFrame, dropped: dict[str, int]) -> dict[str, Any]:
    """Count the reports by class, layout and fault."""
    read = outcome[outcome["refusal"].isna()]
    v2 = read[read["in_v2"]]
    groups = read.groupby("group")["label"]
    return {
        "files": len(every),
        "distinct_reports": len(outcome),
        **dropped,
        "unreadable": outcome["refusal"].dropna().value_counts().to_dict(),
        "classes": by_class(read["label"]),
        "classes_in_v2": by_class(v2["label"]),
        "files_in_v2_by_class": {
            name: int(v2.loc[v2["label"] == label, "copies_n"].sum()) for label, name in enumerate(CLASSES)
        },
        "classes_by_layout": {layout: by_class(part["label"]) for layout, part in read.groupby("layout")},
        "lead_off": by_class(read.loc[read["lead_off"], "label"]),
        "groups": int(groups.ngroups),
        "groups_of_more_than_one": int((groups.size() > 1).sum()),
        "groups_in_two_classes": int((groups.nunique() > 1).sum()),
        "normal_above_100_bpm": int(((read["label"] == 0) & (read["printed_hr"] > 100)).sum()),
        "median_printed_bpm": {
            name: round(float(read.loc[read["label"] == label, "printed_hr"].median()), 1)
            for label, name in enumerate(CLASSES)
        },
    }


if __name__ == "__main__":
    main()
