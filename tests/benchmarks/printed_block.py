"""Printed measurements read from the machine's reports: ``python -m tests.benchmarks.printed_block [--half b]``.

A hash of the file's name deals the reports into two halves: patterns and views were set on ``a``, ``b`` is reported.
Values that the recorder left out, printed as 0, do not count. ``--differences`` adds measured minus printed values.
Statements are compared without the leads that they name, with the nearest in the list that a reader may know: the table
is itself read by a machine. A statement that only this reading gives is wrong, or the table's line was cut.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from time import process_time
from zlib import crc32

import numpy as np
import pandas as pd

from models.data import data_folder
from models.scoring import bootstrap
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.lettering import STATEMENTS_KNOWN, edits, read_block
from preprocessing.measuring import measure
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.traces import trace_leads

# By the names of the reading, the columns of reports.csv.
PRINTED = {
    "heart_rate_bpm": "printed_hr",
    "p_ms": "p_ms",
    "pr_ms": "pr_ms",
    "qrs_ms": "qrs_ms",
    "qt_ms": "qt_ms",
    "qtc_ms": "qtc_ms",
    "p_axis_deg": "axis_p",
    "axis_deg": "axis_qrs",
    "t_axis_deg": "axis_t",
    "rv5_mv": "rv5_mv",
    "sv1_mv": "sv1_mv",
}
# In the order of what is counted.
KINDS = ("right", "wrong", "not read")
PX_PER_MM = 7.87


def half_of(file: str) -> str:
    """Return the half that a report belongs to."""
    return "ab"[crc32(file.encode()) % 2]


def chosen_reports(folder: Path, layout: str, half: str, count: int | None) -> pd.DataFrame:
    """Return the reports of one layout and half that print anything."""
    table = pd.read_csv(folder / "reports.csv")
    table = table[(table.layout == layout) & table.printed_hr.notna() & table.file.map(half_of).eq(half)]
    # Of the 6x2 reports some print the rate alone: they count as reports that print it.
    return table.head(count) if count else table


def outcome(read: float | None, printed: float) -> str:
    """Return whether a printed value was read rightly, wrongly or not at all."""
    return "not read" if read is None else "right" if read == printed else "wrong"


def statements_of(cell: str) -> set[str]:
    """Return the statements of a cell of the table, spelled as in the list where at most a sixth of a name differs."""
    found = set()
    for part in cell.split("|"):
        plain = re.sub(r"[(].*", "", part).strip()
        away = edits(plain, STATEMENTS_KNOWN, is_open=False)
        found.add(STATEMENTS_KNOWN[int(away.argmin())] if away.min() <= len(plain) / 6 else plain)
    return found


def measured_differences(rgb: np.ndarray, printed: dict[str, float]) -> dict[str, float]:
    """Return measured minus printed values of one report; of axes the shorter way round."""
    try:
        found = measure(trace_leads(*find_leads(find_page(rgb)))).values
    except EcgImageError:
        return {}
    differences = {}
    for name, value in printed.items():
        mine = found[name].value if name in found else None
        if isinstance(mine, float):
            away = mine - value
            differences[name] = (away + 180) % 360 - 180 if name.endswith("deg") else away
    return differences


def main() -> None:
    """Read the reports and print what was read, per value and in all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.printed_block", description=__doc__)
    parser.add_argument("--half", choices=["a", "b"], default="b")
    parser.add_argument("--layout", default="6x2")
    parser.add_argument("--count", type=int, help="so many reports (default: all)")
    parser.add_argument("--differences", action="store_true", help="also measured minus printed")
    chosen = parser.parse_args()
    folder = data_folder()
    reports = chosen_reports(folder, chosen.layout, chosen.half, chosen.count)
    tally = {name: Counter[str]() for name in (*PRINTED, "filter")}
    differences: dict[str, list[float]] = {}
    statements, seconds = Counter[str](), []
    for report in reports.to_dict("records"):
        rgb = decode((folder / "reports" / report["file"]).read_bytes()).rgb
        began = process_time()
        block = read_block(rgb, PX_PER_MM)
        seconds.append(process_time() - began)
        printed = {name: report[column] for name, column in PRINTED.items() if pd.notna(report[column])}
        printed = {name: value for name, value in printed.items() if value or name.endswith("deg")}
        for name, value in printed.items():
            tally[name][outcome(block.values.get(name), value)] += 1
        limits = None if block.filter_hz is None else "{:g}-{:g}".format(*block.filter_hz)
        tally["filter"]["not read" if limits is None else KINDS[limits != report["filter_hz"]]] += 1
        listed = statements_of(report["machine_statements"]) if pd.notna(report["machine_statements"]) else set()
        given = set(block.statements.read)
        statements["read"] += len(given & listed)
        statements["not read"] += len(listed - given)
        statements["not in the table"] += len(given - listed)
        if given - listed:
            print(report["file"], "also reads", sorted(given - listed), "beside", sorted(listed - given))
        if chosen.differences:
            for name, difference in measured_differences(rgb, block.values).items():
                differences.setdefault(name, []).append(difference)
    for name, counts in tally.items():
        print(f"{name:16}" + "  ".join(f"{kind} {counts[kind]}" for kind in KINDS))
    for kind in KINDS:
        every = sum(counts[kind] for name, counts in tally.items() if name != "filter")
        of = sum(sum(counts.values()) for name, counts in tally.items() if name != "filter")
        low, high = bootstrap.wilson(every, of)
        print(f"{kind}: {every} of {of} values, {every / of:.1%} (95 % interval {low:.1%} to {high:.1%})")
    print("statements:", ", ".join(f"{kind} {n}" for kind, n in statements.items()))
    print(f"{len(reports)} reports, median {np.median(seconds):.2f} s each")
    for name, away in differences.items():
        median, ninetieth, most = np.quantile(np.abs(away), [0.5, 0.9, 1.0])
        print(f"{name:16} measured minus printed: n {len(away)}  {median:.0f}  90 % {ninetieth:.0f}  most {most:.0f}")


if __name__ == "__main__":
    main()
