"""What a batch of 200 reports costs: ``python tests/benchmarks/batch.py``: memory over the start, and seconds a report.

The networks are loaded before the start, since they stay in memory. The batch keeps what the page keeps: rows,
readings, thumbnails, and on request the reports in a zip archive in memory.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import sample_images as drawn
from ecgviz.batch import (
    Batch,
    ReportZip,
    RunSettings,
    counted,
    in_folder,
    report_files,
)
from models.data import data_folder

ALLOWED_MIB = 300


def resident_mib() -> float:
    """Return what the process holds in memory now."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 2**10


def draw(folder: Path, count: int) -> None:
    """Draw reports, each with a heart of its own."""
    for number in range(count):
        page = drawn.draw_page(drawn.simulate(seed=number), drawn.edan_style())
        stream = io.BytesIO()
        Image.fromarray(page.image).save(stream, "JPEG", quality=88)
        (folder / f"{number:04}.jpg").write_bytes(stream.getvalue())


def main() -> None:
    """Read a batch and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200, help="how many (default: %(default)s)")
    parser.add_argument(
        "--reports", choices=[*report_files.KINDS, "none"], default="html", help="kind (default: %(default)s)"
    )
    chosen = parser.parse_args()
    real = data_folder() / "reports"
    with tempfile.TemporaryDirectory() as scratch:
        folder = real if real.is_dir() else Path(scratch)
        if folder is not real:
            draw(folder, chosen.files)
        files = in_folder(folder, Path(scratch) / "out")[: chosen.files]
        what = "real reports" if folder is real else "drawn reports"
        batch = Batch(files, RunSettings(reports=chosen.reports), keep_report=ReportZip().keep)
        measure(batch, f"{what}, reports: {chosen.reports}")


def measure(batch: Batch, what: str) -> None:
    """Read a batch to its end, and print how memory grew and how long it took."""
    batch.prepare()
    start_mib = resident_mib()
    most_mib = start_mib
    print(f"{len(batch.files)} {what}; {os.cpu_count()} cores; {start_mib:.0f} MiB once the networks are loaded")
    while batch.step() is not None:
        most_mib = max(most_mib, resident_mib())
        if len(batch.done) % 25 == 0:
            print(f"{len(batch.done):5} files: {resident_mib() - start_mib:+.0f} MiB", flush=True)
    spent_s = [done.row.seconds for done in batch.done]
    kept = sum(len(done.line) + len(done.thumbnail) for done in batch.done)
    print(", ".join(f"{name} {count}" for name, count in counted([done.row for done in batch.done]).items()))
    print(f"seconds a report: median {median(spent_s):.2f}, slowest {max(spent_s):.2f}; in all {sum(spent_s):.0f}")
    print(f"readings and thumbnails: {kept / len(batch.done) / 2**10:.1f} KiB a file")
    grown = most_mib - start_mib
    print(f"memory over the start: at most {grown:.0f} MiB ({'within' if grown <= ALLOWED_MIB else 'BEYOND'} "
          f"{ALLOWED_MIB}), {resident_mib() - start_mib:.0f} at the end")  # fmt: skip


if __name__ == "__main__":
    main()
