"""Keep what Drift compares with, of the training reports: ``python tests/benchmarks/training_reports.py``.

Writes ``ecgviz/batch_results/training_reports.json``: of each value the sorted list, so that no row is a report. The
networks do not run: their confidences are compared with those on held-out reports. Takes 10 minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import pandas as pd

from ecgviz.batch import Batch, BatchFile, RunSettings, progress_line
from ecgviz.batch_results import drift_tables
from models.data import data_folder, training_rows


def readings() -> list[dict]:
    """Return the readings of the reports that networks are trained on."""
    table = pd.read_csv(data_folder() / "reports.csv")
    table["in_v2"] = table["in_v2"].astype(bool)
    names = table.loc[training_rows(table), "file"]
    files = [BatchFile(name, (data_folder() / "reports" / name).read_bytes) for name in names]
    batch = Batch(files, RunSettings(networks=False), thumbnails=False)
    while batch.step() is not None:
        print(progress_line(batch), file=sys.stderr)
    return [reading for reading in (json.loads(done.line) for done in batch.done) if reading["status"] == "read"]


def main() -> None:
    """Read the reports and write what is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", nargs="+", type=Path, metavar="JSONL",
                        help="readings of these reports that the command batch wrote")  # fmt: skip
    given = parser.parse_args()
    lines = [line for path in given.readings or () for line in path.read_text(encoding="utf-8").splitlines()]
    read = [one for one in map(json.loads, lines) if one["status"] == "read"] if lines else readings()
    kept = drift_tables.reference_of(read)
    drift_tables.REFERENCE.write_text(json.dumps(asdict(kept), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{kept.n} reports, {len(kept.values)} values")


if __name__ == "__main__":
    main()
