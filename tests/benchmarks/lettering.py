"""Recall and precision of lead names, and settings read: ``python tests/benchmarks/lettering.py [--cards]``.

Drawn pages use a font (Pillow's own) that is in no training window. On the EDAN recorder's reports the names stand at
known places. For the collected photographs and scans the place of each lead's trace is known: a name counts as right
beside it. With ``--cards`` the figures are written into the cards of the two networks.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from models.lettering import write_card
from models.scoring import bootstrap
from preprocessing.errors import EcgImageError
from preprocessing.lettering import (
    LETTER_WEIGHTS,
    LINE_WEIGHTS,
    PrintedName,
    find_lead_names,
    read_settings,
)
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.weights_file import read_card
from sample_images import (
    GRIDS,
    LAYOUTS,
    Camera,
    CameraMap,
    PageStyle,
    Text,
    draw_page,
    edan_style,
    photograph,
    simulate,
)

DATA = data_folder()
# A name counts from this confidence on.
TRUSTED = 0.5
# The EDAN recorder's pages: left end of each column of names and the rows' baselines, in pixels.
EDAN_COLUMNS = {"3x4": (150, 644, 1136, 1627), "6x2": (150, 1136)}
EDAN_BASELINES = {
    "3x4+1": (463, 763, 1065, 1366),
    "6x2+1": tuple(398 + 171.8 * row for row in range(7)),
}
EDAN_REACH_PX = 40.0

Expected = tuple[str, float, float]
Figure = dict[str, float]


def figure(hits: int, n: int) -> Figure:
    """Return a share with its n and its 95 % interval."""
    low, high = bootstrap.wilson(hits, n)
    return {"value": round(hits / max(1, n), 3), "n": n, "low": round(low, 3), "high": round(high, 3)}


@dataclass
class Tally:
    """Counts of what is printed, what was found of it, and what was found that is not printed."""

    pages: int = 0
    printed: int = 0
    found: int = 0
    wrong: int = 0
    settings: dict[str, int] = field(default_factory=lambda: {"right": 0, "wrong": 0, "not read": 0, "invented": 0})
    seconds: list[float] = field(default_factory=list)

    def names(self, found: tuple[PrintedName, ...], expected: list[Expected], reach_px: float) -> None:
        """Count names whose left end and middle lie within reach of where they are printed."""
        hit = set()
        for name in found:
            near = [
                nth
                for nth, (lead, left, middle) in enumerate(expected)
                if lead == name.lead and np.hypot(name.left - left, (name.top + name.bottom) / 2 - middle) < reach_px
            ]
            if name.confidence >= TRUSTED:
                hit.update(near)
                self.wrong += not near
        self.pages += 1
        self.printed += len(expected)
        self.found += len(hit)

    def setting(self, read: float | None, printed: float | None) -> None:
        """Count one setting."""
        if printed is None:
            self.settings["invented"] += read is not None
        elif read is None:
            self.settings["not read"] += 1
        else:
            self.settings["right" if read == printed else "wrong"] += 1

    def of_names(self) -> dict[str, Figure]:
        """Return recall and precision of names, each with its n and 95 % interval."""
        return {"recall": figure(self.found, self.printed), "precision": figure(self.found, self.found + self.wrong)}

    def of_settings(self) -> dict[str, Figure]:
        """Return the share of printed settings read correctly and wrongly, each with its n and 95 % interval."""
        printed = sum(self.settings[kind] for kind in ("right", "wrong", "not read"))
        return {kind: figure(self.settings[kind], printed) for kind in ("right", "wrong")}

    def __str__(self) -> str:
        settings = ", ".join(f"{count} {kind}" for kind, count in self.settings.items())
        recall, precision = self.found / max(1, self.printed), self.found / max(1, self.found + self.wrong)
        return (
            f"{self.pages} pages, names: recall {recall:.3f} (n = {self.printed}), precision {precision:.3f} "
            f"({self.wrong} wrong); settings: {settings}; median {np.median(self.seconds):.2f} s a page for both"
        )


def drawn_pages(count: int) -> Iterator[tuple[np.ndarray, float, list[Expected], float, float]]:
    """Yield pages of many styles: picture, scale, names, speed and gain."""
    for seed in range(count):
        rng = np.random.default_rng((20261, seed))
        layout = str(rng.choice(list(LAYOUTS)))
        speed, gain = float(rng.choice([25, 25, 50])), float(rng.choice([5, 10, 10, 20]))
        dpi = int(rng.integers(80, 300))
        size_mm = float(rng.uniform(2.4, 4.5))
        style = PageStyle(
            layout=layout,
            speed_mm_s=speed,
            gain_mm_mv=gain,
            dpi=dpi,
            grid=str(rng.choice(list(GRIDS))),
            dividers=str(rng.choice(["short", "full", "none"])),  # type: ignore[arg-type]
            name_mm=(float(rng.uniform(0.1, 2.0)), float(rng.uniform(-8.0, 0.5))),
            name_size_mm=size_mm,
            texts=(Text("12-lead ECG", 8, 11, 5.0), Text("{speed}mm/s  {gain} mm/mV  0.67-25Hz", 8, 206, size_mm)),
        )
        drawing = draw_page(simulate(seed=1000 + seed), style)
        names = list(_drawn_names(style))
        if seed % 2:
            turn = float(rng.uniform(-1, 1))
            camera = Camera(turn, blur_px=0.6, noise=3.0, jpeg_quality=70, shadow=0.3, seed=seed)
            seen = CameraMap(camera, *style.shape_px)
            moved = seen.to_photo(np.array([(left, middle) for _, left, middle in names]))
            names = [(lead, float(x), float(y)) for (lead, _, _), (x, y) in zip(names, moved, strict=True)]
            drawing = photograph(drawing, camera)
        yield drawing.image, style.px_per_mm * float(rng.uniform(0.92, 1.08)), names, speed, gain


def _drawn_names(style: PageStyle) -> Iterator[Expected]:
    """Yield where a style prints its names, as `sample_images.page` does."""
    right_mm, up_mm = style.name_mm
    up_mm = max(up_mm, -0.42 * style.row_pitch_mm) - 0.35 * style.name_size_mm
    rows = (*style.plan.rows, *((strip,) for strip in style.plan.strips))
    for names, baseline_mm in zip(rows, style.row_baselines_mm, strict=True):
        for column, lead in enumerate(names):
            left_mm = style.trace_left_mm + column * style.trace_width_mm / len(names) + right_mm
            yield lead, left_mm * style.px_per_mm, (baseline_mm + up_mm) * style.px_per_mm


def on_drawn_pages(count: int) -> Tally:
    """Read drawn pages."""
    tally = Tally()
    for rgb, px_per_mm, expected, speed, gain in drawn_pages(count):
        _judge(tally, rgb, px_per_mm, expected, 5 * px_per_mm, speed, gain)
    return tally


def on_overprinted_pages(count: int) -> Tally:
    """Read drawn pages whose names stand on the trace, as the EDAN recorder prints them."""
    tally = Tally()
    for seed in range(count):
        style = edan_style()
        drawing = draw_page(simulate(seed=2000 + seed), style)
        _judge(tally, drawing.image, style.px_per_mm, list(_drawn_names(style)), 5 * style.px_per_mm, 25, 10)
    return tally


def on_reports(count: int) -> Tally:
    """Read the EDAN recorder's reports."""
    with (DATA / "reports.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["layout"] in EDAN_BASELINES]
    tally = Tally()
    for nth in np.random.default_rng(11).permutation(len(rows))[:count]:
        layout = rows[nth]["layout"]
        rgb = decode((DATA / "reports" / rows[nth]["file"]).read_bytes()).rgb
        *rows_px, strip_px = EDAN_BASELINES[layout]
        expected = [
            (lead, x, y - 15.0)
            for names, y in zip(LAYOUTS[layout].rows, rows_px, strict=True)
            for lead, x in zip(names, EDAN_COLUMNS[layout[:3]], strict=True)
        ]
        # Whether the strip shows II or III is not known: its name counts neither way.
        _judge(tally, rgb, 7.87, expected, EDAN_REACH_PX, 25, 10, above_px=strip_px - 2 * EDAN_REACH_PX)
    return tally


def on_collected() -> Tally:
    """Read the collected photographs, scans and screenshots."""
    tally = Tally()
    for image in json.loads((DATA / "wild.json").read_text(encoding="utf-8"))["images"]:
        rgb = decode((DATA / "wild" / Path(image["file"]).name).read_bytes()).rgb
        rows, columns = rgb.shape[:2]
        try:
            px_per_mm = find_page(rgb).px_per_mm_x
        except EcgImageError:
            px_per_mm = columns / 297
        start = perf_counter()
        names, settings = find_lead_names(rgb, px_per_mm), read_settings(rgb, px_per_mm)
        tally.seconds.append(perf_counter() - start)
        boxes = image["lead_boxes"] or {}
        hit = set()
        for name in names:
            if name.confidence < TRUSTED:
                continue
            x, y = (name.left + name.right) / 2 / columns, (name.top + name.bottom) / 2 / rows
            beside = {
                key
                for key, (left, top, right, bottom) in boxes.items()
                if key.split(":")[-1] == name.lead
                and left - 0.06 < x < (left + right) / 2
                and top - 0.16 < y < bottom + 0.08
            }
            hit |= beside
            tally.wrong += not beside
        tally.pages += 1
        tally.printed += len(boxes)
        tally.found += len(hit)
        tally.setting(settings.speed_mm_s, image["speed_mm_s"])
        tally.setting(settings.gain_mm_mv, image["gain_mm_mv"])
    return tally


def _judge(
    tally: Tally,
    rgb: np.ndarray,
    px_per_mm: float,
    expected: list[Expected],
    reach_px: float,
    speed: float,
    gain: float,
    above_px: float = np.inf,
) -> None:
    start = perf_counter()
    names, settings = find_lead_names(rgb, px_per_mm), read_settings(rgb, px_per_mm)
    tally.seconds.append(perf_counter() - start)
    tally.names(tuple(name for name in names if name.top < above_px), expected, reach_px)
    tally.setting(settings.speed_mm_s, speed)
    tally.setting(settings.gain_mm_mv, gain)


def main() -> None:
    """Print a line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, default=40)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--cards", action="store_true", help="write the figures into the networks' cards")
    given = parser.parse_args()
    tallies = {
        "drawn": on_drawn_pages(given.drawn),
        "drawn, names on the trace": on_overprinted_pages(given.drawn // 2),
    }
    if DATA.is_dir():
        tallies |= {"reports": on_reports(given.reports), "collected": on_collected()}
    for kind, tally in tallies.items():
        print(f"{kind}: {tally}")
    if given.cards:
        write_figures(LETTER_WEIGHTS, {kind: tally.of_names() for kind, tally in tallies.items()})
        write_figures(LINE_WEIGHTS, {kind: tally.of_settings() for kind, tally in tallies.items()})


def write_figures(weights: Path, figures: dict[str, dict[str, Figure]]) -> None:
    """Add figures to a network's card; those of its training stay."""
    card = read_card(weights)
    write_card(weights, replace(card, figures={**card.figures, **figures}))


if __name__ == "__main__":
    main()
