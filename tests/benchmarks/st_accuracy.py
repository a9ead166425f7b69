"""Error of ST and of delineation on drawn pages: ``python -m tests.benchmarks.st_accuracy [--count N]``.

Real signals (PTB-XL, fold 9, which trained no network) are drawn, clean and photographed, and read. The truth is what
the same definition gives on the true signal, cut as the page shows it: ST at J and J+60 ms against the PR level. The
same is done with QRS delineated by NeuroKit2 on the rhythm strip. With ``--reports``, durations by both are compared
with those that the recorder printed on its 6x2 reports.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pool
from pathlib import Path

import neurokit2
import numpy as np
import pandas as pd

from models.data import data_folder
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.measuring import Fiducials, LeadWaves, Measurements, measure
from preprocessing.measuring.lead_waves import lead_waves
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.traces import RATE_HZ, Trace, trace_leads
from sample_images import Camera, Drawing, PageStyle, draw_page, photograph
from tests.benchmarks.drawn_signals import recording_of
from tests.benchmarks.intervals import pages_interval
from tests.printed_traces import printed

FOLD = 9
STYLES = (PageStyle(), PageStyle(grid="blue", dividers="none", dpi=150), PageStyle(dpi=300))
CONDITIONS = ("clean", "photographed")
LAYOUT = "3x4+1"
LEVELS = ("st_j_mv", "st_j60_mv")
# Durations by their two fiducial points.
ENDS = {"pr_ms": ("p_on_ms", "qrs_on_ms"), "qrs_ms": ("qrs_on_ms", "qrs_off_ms"), "qt_ms": ("qrs_on_ms", "t_off_ms")}
OURS, THEIRS = "ours", "NeuroKit2"


@dataclass(frozen=True)
class Page:
    """One page: errors of ST in mV by method and level, and of durations in ms; None where it was refused."""

    condition: str
    errors: dict[tuple[str, str], list[float]] | None
    truths: int = 0


def judged(task: tuple[str, int, Path]) -> Page:
    """Draw, read and measure one page."""
    condition, row, folder = task
    recording = recording_of(folder, row)
    drawing: Drawing = draw_page(recording, STYLES[row % len(STYLES)])
    if condition == "photographed":
        drawing = photograph(drawing, Camera.photo(row))
    true_traces = printed(recording, LAYOUT)
    try:
        traces = trace_leads(*find_leads(find_page(drawing.image)))
    except EcgImageError:
        return Page(condition, None)
    truth, read = measure(true_traces), measure(traces)
    errors = {}
    for method, at in ((OURS, own_fiducials), (THEIRS, neurokit_fiducials)):
        true_at, read_at = at(truth, true_traces), at(read, traces)
        true_waves, read_waves = waves_of(truth, true_at), waves_of(read, read_at)
        for level in LEVELS:
            errors[method, level] = differences(true_waves, read_waves, level)
        for name in ("qrs_ms", "qt_ms"):
            start, end = ENDS[name]
            true_ms, read_ms = (duration(one, start, end) for one in (true_at, read_at))
            errors[method, name] = [] if true_ms is None or read_ms is None else [abs(read_ms - true_ms)]
    return Page(condition, errors, len(truth.waves))


def own_fiducials(found: Measurements, traces: Sequence[Trace]) -> Fiducials | None:
    """Return the fiducial points that ship."""
    return None if found.fiducials.qrs_on_ms is None else found.fiducials


def neurokit_fiducials(found: Measurements, traces: Sequence[Trace]) -> Fiducials | None:
    """Return those of NeuroKit2 on lead II, as times from the middle of our QRS complexes."""
    if found.beat is None:
        return None
    lead = max((trace for trace in traces if trace.lead == "II"), key=lambda trace: trace.mv.size)
    mv = pd.Series(lead.mv).interpolate(limit_direction="both").to_numpy(float)
    if not np.isfinite(mv).all():
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cleaned = neurokit2.ecg_clean(mv, sampling_rate=RATE_HZ)
            _, peaks = neurokit2.ecg_peaks(cleaned, sampling_rate=RATE_HZ)
            _, points = neurokit2.ecg_delineate(cleaned, peaks["ECG_R_Peaks"], sampling_rate=RATE_HZ, method="dwt")
    except (ValueError, IndexError, ZeroDivisionError):
        return None
    beats_s = found.beat.at_s - lead.start_s

    def median_ms(name: str) -> float | None:
        times_s = np.asarray(points[name], float) / RATE_HZ
        times_s = times_s[np.isfinite(times_s)]
        if not times_s.size:
            return None
        away_s = times_s[:, None] - beats_s
        return float(np.median(away_s[np.arange(times_s.size), np.abs(away_s).argmin(axis=1)]) * 1000)

    on_ms, off_ms = median_ms("ECG_R_Onsets"), median_ms("ECG_R_Offsets")
    if on_ms is None or off_ms is None or off_ms <= on_ms:
        return None
    p_on_ms, t_off_ms = median_ms("ECG_P_Onsets"), median_ms("ECG_T_Offsets")
    return replace(found.fiducials, p_on_ms=p_on_ms, qrs_on_ms=on_ms, qrs_off_ms=off_ms, t_off_ms=t_off_ms)


def waves_of(found: Measurements, at: Fiducials | None) -> dict[str, LeadWaves]:
    """Return each lead's waves by any fiducial points."""
    return {} if found.beat is None or at is None else lead_waves(found.beat, at)


def differences(truth: dict[str, LeadWaves], read: dict[str, LeadWaves], level: str) -> list[float]:
    """Return the absolute errors of one level over the leads that have it in both, mV."""
    pairs = [(getattr(truth[lead], level), getattr(read[lead], level)) for lead in truth.keys() & read.keys()]
    return [abs(two - one) for one, two in pairs if one is not None and two is not None]


def duration(at: Fiducials | None, start: str, end: str) -> float | None:
    """Return the time between two fiducial points, ms."""
    if at is None or getattr(at, start) is None or getattr(at, end) is None:
        return None
    return float(getattr(at, end) - getattr(at, start))


def summary(pages: Sequence[Page]) -> list[dict[str, object]]:
    """Return the median error of each condition, method and figure with n and its 95 % interval."""
    lines = []
    for condition in CONDITIONS:
        mine = [page for page in pages if page.condition == condition]
        kept = [page for page in mine if page.errors is not None]
        for key in kept[0].errors or {} if kept else {}:
            groups = [page.errors[key] for page in kept if page.errors and page.errors[key]]
            values = np.concatenate(groups) if groups else np.array([np.nan])
            lines.append(
                {
                    "condition": condition,
                    "method": key[0],
                    "figure": key[1],
                    "pages": len(mine),
                    "refused": len(mine) - len(kept),
                    "n": int(values.size),
                    "median": round(float(np.median(values)), 4),
                    "interval": pages_interval(groups, np.median),
                    "ninetieth": round(float(np.quantile(values, 0.9)), 4),
                }
            )
    return lines


def printed_errors(path: Path) -> dict[str, float | None]:
    """Return PR, QRS and QT of one report by both methods, ms."""
    try:
        traces = trace_leads(*find_leads(find_page(decode(path.read_bytes()).rgb)))
    except EcgImageError:
        return {}
    found = measure(traces)
    ends = {
        "pr_ms": ("p_on_ms", "qrs_on_ms"),
        "qrs_ms": ("qrs_on_ms", "qrs_off_ms"),
        "qt_ms": ("qrs_on_ms", "t_off_ms"),
    }
    return {
        f"{method} {name}": duration(at(found, traces), *ends[name])
        for method, at in ((OURS, own_fiducials), (THEIRS, neurokit_fiducials))
        for name in ends
    }


def of_reports(folder: Path, processes: int) -> list[dict[str, object]]:
    """Compare durations with those printed on the 6x2 reports."""
    table = pd.read_csv(folder / "reports.csv")
    table = table[(table.layout == "6x2") & table.qrs_ms.notna() & (table.pr_ms > 0)]
    with Pool(processes) as pool:
        found = pool.map(printed_errors, [folder / "reports" / file for file in table.file], chunksize=1)
    lines = []
    for method in (OURS, THEIRS):
        for name in ENDS:
            pairs = [(one.get(f"{method} {name}"), value) for one, value in zip(found, table[name], strict=True)]
            away = [abs(one - value) for one, value in pairs if one is not None]
            low_high = pages_interval([[value] for value in away], np.median)
            lines.append(
                {"method": method, "figure": name, "printed": len(pairs), "n": len(away),
                 "median": round(float(np.median(away)), 1), "interval": low_high,
                 "ninetieth": round(float(np.quantile(away, 0.9)), 1)}
            )  # fmt: skip
    return lines


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.st_accuracy", description=__doc__)
    parser.add_argument("--count", type=int, default=40, help="records a condition")
    parser.add_argument("--reports", action="store_true", help="also the printed durations of the 6x2 reports")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    folder = data_folder()
    table = pd.read_csv(folder / "signals" / "ptbxl.csv")
    rows = table.index[table.strat_fold == FOLD]
    rows = rows[:: max(1, len(rows) // chosen.count)][: chosen.count]
    tasks = [(condition, int(row), folder) for condition in CONDITIONS for row in rows]
    with Pool(chosen.processes) as pool:
        lines = summary(pool.map(judged, tasks, chunksize=1))
    printed_lines = of_reports(folder, chosen.processes) if chosen.reports else []
    figures = {"fold": FOLD, "drawn": lines, "printed": printed_lines}
    for line in (*lines, *printed_lines):
        print("  ".join(f"{name} {value}" for name, value in line.items()))
    if chosen.out:
        chosen.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
