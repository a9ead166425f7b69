"""Count on how many real pages the leads stand between the printed dividers: ``python tests/benchmarks/all_pages.py``.

The dividers are searched independently of the reader, and in another way: as the three columns of pixels that are
dark without a break over the height that only a divider has, within a band around where the machine prints them.
"""

from __future__ import annotations

import argparse
import json
import sys
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from models.scoring import bootstrap
from preprocessing.errors import EcgImageError
from preprocessing.leads import (
    Layout,
    find_leads,
)
from preprocessing.page import find_page

# On the 2213 x 1572 page; a divider spans rows 430 to 1100 whatever the traces do.
BANDS = ((630, 660), (1120, 1150), (1612, 1642))
ROWS = slice(430, 1100)
BASELINES = (463.5, 763.5, 1065.5, 1366.0)
TOLERANCE_PX = 4
LEADS = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"))


def printed_dividers(gray: np.ndarray) -> list[float] | None:
    """Return the middle column of each printed divider, or None where one is not to be seen."""
    found = []
    for first, last in BANDS:
        dark = (gray[ROWS, first:last] < 128).mean(axis=0)
        columns = np.flatnonzero(dark > 0.97)
        if not columns.size:
            return None
        found.append(float(columns.mean() + first))
    return found


def judge(task: tuple[Path, float]) -> tuple[str, float, str]:
    """Read one page at one scale and return what is wrong, if anything."""
    path, factor = task
    picture = Image.open(path).convert("RGB")
    dividers = printed_dividers(np.asarray(picture.convert("L")))
    if dividers is None:
        return path.name, factor, "no dividers to check against"
    size = (round(picture.width * factor), round(picture.height * factor))
    try:
        _, layout = find_leads(find_page(np.asarray(picture.resize(size, Image.Resampling.LANCZOS))))
    except EcgImageError as error:
        return path.name, factor, error.code
    return path.name, factor, misplaced(layout, dividers, factor)


def misplaced(layout: Layout, dividers: list[float], factor: float) -> str:
    """Return what is wrong with the boxes of a page at `factor` times its size; empty where all are in place."""
    boxes = {box.key: box for box in layout.boxes}
    if layout.name != "3x4+1" or set(boxes) != {"II_rhythm", *(lead for row in LEADS for lead in row)}:
        return f"read as {layout.name}"
    for row, leads in enumerate(LEADS):
        for column, lead in enumerate(leads):
            box = boxes[lead]
            starts = ([152.0, *dividers][column] - box.left / factor, [*dividers, 2119.0][column] - box.right / factor)
            if np.abs(starts).max() > TOLERANCE_PX:
                return f"{lead} off by {np.abs(starts).max():.0f} px"
            if not box.top / factor < BASELINES[row] - 100 or not box.bottom / factor > BASELINES[row] + 100:
                return f"{lead} is not on its row"
    strip = boxes["II_rhythm"]
    on_row = strip.top / factor < BASELINES[3] < strip.bottom / factor
    return "" if on_row else "the strip is not on its row"


def main() -> None:
    """Judge every standard page at three scales."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=float, nargs="+", default=[0.5, 1.0, 2.0])
    parser.add_argument("--out", type=Path, default=Path("all_pages.json"), help="where the JSON goes")
    chosen = parser.parse_args()
    folder = data_folder()
    manifest = pd.read_csv(folder / "reports.csv")
    files = manifest[manifest.layout == "3x4+1"].file
    result = {}
    with Pool() as pool:
        for factor in chosen.scales:
            verdicts = pool.map(judge, [(folder / "reports" / file, factor) for file in files])
            wrong = {name: what for name, _, what in verdicts if what}
            low, high = bootstrap.wilson(len(verdicts) - len(wrong), len(verdicts))
            result[str(factor)] = {"n": len(verdicts), "right": len(verdicts) - len(wrong), "wrong": wrong}
            print(
                f"at {factor:g}x: {len(verdicts) - len(wrong)} of {len(verdicts)} pages with 13 leads in place "
                f"(95 % interval {low:.1%} to {high:.1%}) {wrong or ''}"
            )
    chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
