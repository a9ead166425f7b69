"""Score the traces of the pages that ecg-image-kit drew, by category: ``python -m tests.benchmarks.kit_pages``.

Half ``a`` of the pages is to tune on, half ``b`` to report.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from models.lead_snr import HALVES, KitPage, half_of, kit_pages
from tests.benchmarks.page_pool import in_processes
from tests.benchmarks.page_scores import PageScore, scored, see, table, table_lines, worst_lines

CATEGORIES = ("clean", "randgrid", "bw", "rotnoise", "wrinkle", "layout")


def judge(folder: Path, page: KitPage) -> PageScore:
    """Read and score one page."""
    with np.load(folder / "truth.npz") as file:
        truth = {key: file[samples] for key, samples in page.samples.items()}
    return scored(page.image, page.category, page.layout, truth, see((folder / page.image).read_bytes()))


def main() -> None:
    """Score the selected pages and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kit_pages", description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="only this half (default: both)")
    parser.add_argument("--only", nargs="+", choices=CATEGORIES, default=CATEGORIES, metavar="CATEGORY")
    parser.add_argument("--pages", nargs="+", default=[], metavar="TEXT", help="only pages whose name begins so")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: %(default)s)")
    parser.add_argument("--worst", type=int, default=10, help="list so many of the pages read worst")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    folder = data_folder() / "kit"
    pages = [
        page
        for page in kit_pages(folder)
        if chosen.half in (None, half_of(page.image))
        and page.category in chosen.only
        and (not chosen.pages or page.image.startswith(tuple(chosen.pages)))
    ]
    scores = in_processes(partial(judge, folder), pages, chosen.jobs)
    figures = table(scores)
    print("\n".join([*table_lines(figures), *worst_lines(scores, chosen.worst)]))
    if chosen.out:
        result = {"half": chosen.half, "figures": figures, "pages": [asdict(score) for score in scores]}
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
