"""Compare what is measured with what is known: ``python tests/benchmarks/measurements.py``.

Real reports print their heart rate, and those of one layout their intervals and axes, as the recorder's own program
measured them. Drawn pages have the rate and intervals that they were drawn with. The reports fall into two halves by
their number: the methods were developed on the first, the second was held out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from time import perf_counter
from zlib import crc32

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sample_images as drawn
from models.data import data_folder
from models.scoring import bootstrap
from preprocessing.errors import EcgImageError
from preprocessing.leads import (
    Layout,
    LeadBox,
    find_leads,
)
from preprocessing.measuring import measure
from preprocessing.page import Page as FlatPage
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.traces import Trace, trace_leads
from sample_images.rhythms import Rhythm
from tests.benchmarks.intervals import pages_interval

LAYOUTS = ("3x4+1", "6x2", "6x2+1")
HALVES = ("development", "held out")
PRINTED = {
    "pr_ms": "pr_ms",
    "qrs_ms": "qrs_ms",
    "qt_ms": "qt_ms",
    "qtc_ms": "qtc_ms",
    "p_axis_deg": "axis_p",
    "axis_deg": "axis_qrs",
    "t_axis_deg": "axis_t",
}
RATE_WITHIN_BPM = 3
DRAWN = ("heart_rate_bpm", "pr_ms", "qrs_ms", "qt_ms")
SEEDS = range(4)


@dataclass(frozen=True)
class Page:
    """One page: what was measured, by name, and how long that took; or the refusal's code."""

    name: str
    values: dict[str, float | str | None]
    seconds: float
    refusal: str | None = None


def measured(name: str, traces: Sequence[Trace]) -> Page:
    """Measure the traces of one page."""
    start = perf_counter()
    values = {key: one.value for key, one in measure(traces).values.items()}
    return Page(name, values, perf_counter() - start)


def report(path: Path) -> Page:
    """Measure one report, all the way from its file."""
    try:
        traces = trace_leads(*find_leads(find_page(decode(path.read_bytes()).rgb)))
    except EcgImageError as error:
        return Page(path.name, {}, 0.0, error.code)
    return measured(path.name, traces)


def drawn_page(task: tuple[str, int]) -> Page:
    """Draw a page of one rhythm, follow its traces in the boxes where they were drawn, and measure them."""
    rhythm, seed = task
    style = drawn.edan_style()
    drawing = drawn.draw_page(drawn.simulate(rhythm, seed=seed), style)
    page = FlatPage(drawing.image, style.px_per_mm, style.px_per_mm, "grid", style.speed_mm_s, style.gain_mm_mv)
    boxes = [
        LeadBox(lead.lead, lead.role, *lead.quad[0].tolist(), *lead.quad[2].tolist(), lead.start_s)
        for lead in drawing.leads
    ]
    return measured(f"{rhythm}/{seed}", trace_leads(page, Layout(drawing.layout or "", 1.0, tuple(boxes))))


def half_of(report_id: object) -> str:
    """Return the half of a report: all pages of one number are in the same."""
    return HALVES[crc32(str(report_id).encode()) % 2]


def rates(reports: pd.DataFrame) -> list[dict[str, object]]:
    """Count, for each layout and half, the reports whose rate is the printed one within a few beats."""
    lines = []
    for layout in LAYOUTS:
        for half in (*HALVES, "all"):
            some = reports[(reports.layout == layout) & reports.printed_hr.notna()]
            some = some if half == "all" else some[some.half == half]
            if len(some):
                right = int(((some.heart_rate_bpm.round() - some.printed_hr).abs() <= RATE_WITHIN_BPM).sum())
                low, high = bootstrap.wilson(right, len(some))
                lines.append({"layout": layout, "half": half, "n": len(some), "right": right, "low": low, "high": high})
    return lines


def errors(reports: pd.DataFrame) -> list[dict[str, object]]:
    """Return the absolute errors against the printed intervals and axes."""
    lines = []
    for name, column in PRINTED.items():
        printed = reports[reports[f"printed_{column}"].notna()]
        if name in ("pr_ms", "p_axis_deg"):
            # Without a P wave the recorder prints both as 0.
            printed = printed[printed.printed_pr_ms > 0]
        for half in (*HALVES, "all"):
            some = printed if half == "all" else printed[printed.half == half]
            away = (some[name] - some[f"printed_{column}"]).astype(float).dropna()
            away = ((away + 180) % 360 - 180 if name.endswith("_deg") else away).abs()
            if len(away):
                middle, ninetieth = float(away.median()), float(away.quantile(0.9))
                lines.append(
                    {"measure": name, "half": half, "printed": len(some), "measured": len(away)}
                    | {"median": round(middle, 1), "ninetieth": round(ninetieth, 1)}
                    | {"interval": pages_interval([[one] for one in away], lambda some: float(np.median(some)))}
                )
    return lines


def of_rhythms(pages: list[Page]) -> list[dict[str, object]]:
    """Return, for each drawn rhythm, the median errors against how it was drawn, and how often each was measured."""
    lines = []
    for rhythm, kind in drawn.RHYTHMS.items():
        some = [page for page in pages if page.name.startswith(f"{rhythm}/") and page.refusal is None]
        line: dict[str, object] = {"rhythm": rhythm, "pages": len(some)}
        for name in DRAWN:
            found = [(page.values[name], _drawn(name, kind, page)) for page in some]
            away = [value - true for value, true in found if value is not None and true is not None]
            line[f"{name}_measured"] = sum(value is not None for value, _ in found)
            line[name] = round(float(np.median(away)), 1) if away else None
        line["words"] = sorted({str(page.values["rhythm"]) for page in some})
        lines.append(line)
    return lines


def _drawn(name: str, kind: Rhythm, page: Page) -> float | None:
    """Return what a page was drawn with; None where the rhythm has no such thing."""
    seed = int(page.name.split("/")[1])
    recording = drawn.simulate(page.name.split("/")[0], seed=seed)
    if kind.beat is None or recording.heart_rate_bpm is None:
        return None
    rr_s = float(np.median(np.diff(recording.r_times_s)))
    return {
        "heart_rate_bpm": 60 / rr_s,
        "pr_ms": 1000 * kind.beat.pr_s if kind.beat.p_mv is not None else None,
        "qrs_ms": 1000 * kind.beat.qrs_s,
        "qt_ms": 1000 * (0.39 * rr_s ** (1 / 3) + kind.beat.qrs_s - 0.09),
    }[name]


def read_reports(folder: Path, layouts: list[str], count: int | None, processes: int) -> pd.DataFrame:
    """Measure the reports of some layouts, next to what they print."""
    manifest = pd.read_csv(folder / "reports.csv")
    manifest = manifest[manifest.layout.isin(layouts)]
    if count:
        manifest = manifest.groupby("layout").head(count)
    manifest["half"] = manifest.report_id.map(half_of)
    printed = manifest.rename(columns={column: f"printed_{column}" for column in PRINTED.values()})
    with Pool(processes) as pool:
        pages = pool.map(report, [folder / "reports" / file for file in manifest.file], chunksize=1)
    values = pd.DataFrame([page.values for page in pages], index=printed.index)
    return printed.assign(**{name: values[name] for name in values}, seconds=[page.seconds for page in pages])


def main() -> None:
    """Measure, print tables and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/measurements.py", description=__doc__)
    parser.add_argument("--layouts", nargs="*", choices=LAYOUTS, default=list(LAYOUTS), help="none: drawn pages only")
    parser.add_argument("--count", type=int, help="so many reports of each layout (default: all)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    figures: dict[str, object] = {}
    if chosen.layouts:
        folder = data_folder()
        reports = read_reports(folder, chosen.layouts, chosen.count, chosen.processes)
        figures = {"rates": rates(reports), "errors": errors(reports)}
        figures["measure_ms"] = round(1000 * float(reports.seconds[reports.seconds > 0].median()), 1)
        print(f"rate within {RATE_WITHIN_BPM} bpm of the printed one")
        for line in figures["rates"]:
            share = line["right"] / line["n"]
            print(
                f"{line['layout']:8}{line['half']:18}{line['right']:4} of {line['n']:3}  {share:6.1%} "
                f"(95 % interval {line['low']:.1%} to {line['high']:.1%})"
            )
        print("\nabsolute error against the printed value")
        for line in figures["errors"]:
            print(
                f"{line['measure']:12}{line['half']:18}{line['measured']:3} of {line['printed']:3} measured  "
                f"median {line['median']:5.1f}  90th percentile {line['ninetieth']:6.1f}"
            )
        print(f"\nmeasuring one page's traces: median {figures['measure_ms']} ms\n")
    with Pool(chosen.processes) as pool:
        pages = pool.map(drawn_page, [(rhythm, seed) for rhythm in drawn.RHYTHMS for seed in SEEDS])
    figures["drawn"] = of_rhythms(pages)
    print("drawn pages: median error against how they were drawn, and how many were measured")
    for line in figures["drawn"]:
        cells = []
        for name in DRAWN:
            away = "none" if line[name] is None else f"{line[name]:.0f}"
            cells.append(f"{name.split('_')[0]:>5} {away:>4} ({line[f'{name}_measured']})")
        print(f"{line['rhythm']:28}{line['pages']} pages {'  '.join(cells)}  {', '.join(line['words'])}")
    if chosen.out:
        chosen.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
