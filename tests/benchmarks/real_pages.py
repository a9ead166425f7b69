"""Count how far the reading of real pages gets, from file to measurements: ``python tests/benchmarks/real_pages.py``.

The collected photographs, scans, exports and screenshots have layouts and boxes that were checked by hand. A lead
counts when its box's middle lies on the row drawn by hand (grown by half); its score is the overlap (intersection over
union) along time, 0 on a page that is refused. The machine's reports have known layouts, and those of one layout
printed dividers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ecgviz.study.outlines import quad_in_picture
from models.data import data_folder
from preprocessing.errors import EcgImageError
from preprocessing.leads import (
    Layout,
    find_leads,
)
from preprocessing.measuring import measure
from preprocessing.page import Page, Turn, find_page, grayscale
from preprocessing.picture import decode
from preprocessing.traces import trace_leads
from tests.benchmarks.all_pages import misplaced, printed_dividers
from tests.benchmarks.intervals import pages_interval

KINDS = ("photo", "scan", "export", "screenshot", "not_ecg")
REPORT_LAYOUTS = ("3x4+1", "6x2", "6x2+1")
OVERLAP = 0.7
SEED = 11

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Seen:
    """How far one picture got: the page, its leads or the refusal's code, and how long it all took."""

    rgb: np.ndarray
    page: Page | None
    layout: Layout | None
    refusal: str | None
    seconds: float


@dataclass
class Tally:
    """What became of the pictures of one kind; `layout` and `refused` count readable ones of a named layout."""

    pictures: int = 0
    flat: int = 0
    as_it_is: int = 0
    turned: int = 0
    scale: int = 0
    readable: int = 0
    layout: int = 0
    refused: int = 0
    unreadable: int = 0
    correctly_refused: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    overlaps: list[list[float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def page(self, seen: Seen) -> None:
        """Count how the page was found."""
        self.pictures += 1
        self.seconds.append(seen.seconds)
        if seen.page is not None:
            self.flat += seen.page.flattening is not None
            self.as_it_is += seen.page.flattening is None
            self.turned += seen.page.turn != Turn()
            self.scale += seen.page.scale_from != "assumed"

    def figures(self) -> dict[str, Any]:
        """Return counts, the overlap's median and the share of leads above `OVERLAP`, with intervals over pages."""
        counts = {name: value for name, value in vars(self).items() if isinstance(value, int)}
        overlap = {}
        if self.overlaps:
            leads = np.concatenate(self.overlaps)
            overlap = {
                "leads": leads.size,
                "median": round(_median(leads), 3),
                "median_interval": pages_interval(self.overlaps, _median),
                "share": round(_share(leads), 3),
                "share_interval": pages_interval(self.overlaps, _share),
            }
        slowest = {"median_s": round(_median(self.seconds), 2), "slowest_s": round(max(self.seconds), 2)}
        return counts | {"codes": dict(sorted(self.codes.items())), "overlap": overlap} | slowest


def _median(values: Sequence[float] | np.ndarray) -> float:
    return float(np.median(values))


def _share(overlaps: np.ndarray) -> float:
    return float((overlaps > OVERLAP).mean())


def see(data: bytes) -> Seen:
    """Read a file to its measurements, and keep what there is where it is refused on the way."""
    start = perf_counter()
    rgb = decode(data).rgb
    page = None
    try:
        page = find_page(rgb)
        page, layout = find_leads(page)
        measure(trace_leads(page, layout))
    except EcgImageError as error:
        return Seen(rgb, page, None, error.code, perf_counter() - start)
    return Seen(rgb, page, layout, None, perf_counter() - start)


def boxes_of(seen: Seen) -> dict[str, Box]:
    """Return the box around each lead in the picture, strips as ``rhythm:II``."""
    found: dict[str, Box] = {}
    if seen.page is None or seen.layout is None:
        return found
    for box in seen.layout.boxes:
        corners = quad_in_picture(seen.page, box)
        name = f"rhythm:{box.lead}" if box.role == "rhythm" else box.lead
        found[name] = (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
    return found


def overlap(found: Box | None, drawn: Sequence[float], shape: tuple[int, int]) -> float:
    """Return the overlap along time of a lead's box with the one drawn by hand, 0 where it is not on its row."""
    if found is None:
        return 0.0
    height, width = shape
    left, top, right, bottom = drawn[0] * width, drawn[1] * height, drawn[2] * width, drawn[3] * height
    grow = (bottom - top) / 2 + 0.01 * height
    if not top - grow < (found[1] + found[3]) / 2 < bottom + grow:
        return 0.0
    return max(0.0, (min(found[2], right) - max(found[0], left)) / (max(found[2], right) - min(found[0], left)))


def on_collected(folder: Path, count: int | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Read the collected pictures; return figures by kind, and what went wrong by picture."""
    pictures = json.loads((folder / "wild.json").read_text(encoding="utf-8"))["images"]
    tallies = {kind: Tally() for kind in (*KINDS, "all")}
    wrong = {}
    for picture in _some(pictures, count):
        seen = see((folder / "wild" / Path(picture["file"]).name).read_bytes())
        found = boxes_of(seen)
        what = seen.layout.form.arrangement if seen.layout else f"refused, {seen.refusal}"
        right = seen.refusal is not None if not picture["readable_12_lead"] else what == picture["layout"]
        boxes = picture["lead_boxes"] or {}
        overlaps = [overlap(found.get(name), box, seen.rgb.shape[:2]) for name, box in boxes.items()]
        if not right:
            wrong[picture["id"]] = f"{picture['kind']}, {picture['layout']}: {what}"
        for tally in (tallies[picture["kind"]], tallies["all"]):
            tally.page(seen)
            if not picture["readable_12_lead"]:
                tally.unreadable += 1
                tally.correctly_refused += right
                tally.codes[seen.refusal or "read"] += 1
            elif picture["layout"] != "other":
                tally.readable += 1
                tally.layout += right
                tally.refused += seen.refusal is not None
                tally.overlaps.append(overlaps)
    return {kind: tally.figures() for kind, tally in tallies.items() if tally.pictures}, wrong


def on_reports(folder: Path, count: int | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Read the machine's reports; return figures by layout, and what went wrong by report."""
    manifest = pd.read_csv(folder / "reports.csv")
    figures: dict[str, dict[str, float]] = {}
    wrong = {}
    for name in REPORT_LAYOUTS:
        files = _some(list(manifest[manifest.layout == name].file), count)
        right = strips = checked = in_place = 0
        seconds = []
        for file in files:
            seen = see((folder / "reports" / file).read_bytes())
            seconds.append(seen.seconds)
            layout = seen.layout
            right += layout is not None and layout.name == name
            strips += layout is not None and sum(box.role == "rhythm" for box in layout.boxes) == name.count("+1")
            fault = f"refused, {seen.refusal}" if layout is None else ""
            if layout is not None and layout.name != name:
                fault = f"read as {layout.name}"
            if name == "3x4+1" and (dividers := printed_dividers(255 * grayscale(seen.rgb))) is not None:
                fault = misplaced(layout, dividers, 1.0) if layout and not fault else fault
                checked, in_place = checked + 1, in_place + (not fault)
            if fault:
                wrong[file] = fault
        figures[name] = {
            "n": len(files),
            "layout": right,
            "strips": strips,
            "checked": checked,
            "in_place": in_place,
            "median_s": round(_median(seconds), 2),
            "slowest_s": round(max(seconds), 2),
        }
    return figures, wrong


def _some(things: list[Any], count: int | None) -> list[Any]:
    """Return so many things, drawn by a fixed seed; all of them without a count."""
    return [things[nth] for nth in np.random.default_rng(SEED).permutation(len(things))[:count]]


def main() -> None:
    """Read the pages, print figures and faults, and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/real_pages.py", description=__doc__)
    parser.add_argument("--count", type=int, help="so many reports of each layout (default: all; 0: none)")
    parser.add_argument("--pictures", type=int, help="so many collected pictures (default: all)")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    folder = data_folder()
    collected, wrong = on_collected(folder, chosen.pictures)
    result = {"collected": collected}
    if chosen.count != 0:
        result["reports"], wrong_reports = on_reports(folder, chosen.count)
        wrong |= wrong_reports
    for part, groups in result.items():
        for group, figures in groups.items():
            print(f"{part}, {group}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    for name, fault in wrong.items():
        print(f"{name}: {fault}")
    if chosen.out:
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
