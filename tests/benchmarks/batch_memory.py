"""Memory of a long batch: ``nice -n 15 python -m tests.benchmarks.batch_memory --files 1000``.

Draws small pages, each with a heart of its own, reads them by ``batch --workers``, and looks every few seconds at the
files that are done and at the resident memory of the command and of each worker. Prints a row for each tenth of the
files: memory that grows with the files read shows as rows that rise. Ctrl-C ends it, with the rows so far.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import psutil
from PIL import Image

from sample_images import RHYTHMS, PageStyle, draw_page, simulate

ROOT = Path(__file__).resolve().parents[2]
DPI, LOOK_SECONDS, ROWS = 90, 10.0, 10


@dataclass(frozen=True)
class Look:
    """One look at a batch: files done, resident MB of the command, and of each worker by its process id."""

    seconds: float
    done: int
    command_mb: float
    workers_mb: dict[int, float]


def draw(folder: Path, files: int) -> None:
    """Draw pages that all differ."""
    folder.mkdir()
    names = [name for name, kind in RHYTHMS.items() if kind.label]
    for number in range(files):
        page = draw_page(simulate(names[number % len(names)], seed=number), PageStyle(dpi=DPI))
        Image.fromarray(page.image).save(folder / f"{number:05d}.png")


def look(command: psutil.Process, readings: Path, began: float) -> Look:
    """Look once."""
    workers = dict[int, float]()
    for child in command.children():
        # One that has just ended has nothing to look at.
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                workers[child.pid] = child.memory_info().rss / 2**20
    done = readings.read_bytes().count(b"\n") if readings.exists() else 0
    return Look(time.monotonic() - began, done, command.memory_info().rss / 2**20, workers)


def watch(folder: Path, out: Path, workers: int, more: list[str]) -> list[Look]:
    """Run a batch and look at it until it ends, or until Ctrl-C."""
    command = [sys.executable, "-m", "ecgviz", "batch", str(folder), "--out", str(out), "--reports", "none",
               "--workers", str(workers), *more]  # fmt: skip
    running, began, looks = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL), time.monotonic(), []
    try:
        while running.poll() is None:
            with suppress(psutil.NoSuchProcess):
                looks.append(look(psutil.Process(running.pid), out / "readings.jsonl", began))
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        running.wait()
    return looks


def printed(looks: list[Look]) -> None:
    """Print a row for each tenth of the files, and what the whole took."""
    most, seen = max(one.done for one in looks), set[int]()
    print("files | command MB | workers MB, mean | most | workers started")
    for tenth in range(ROWS):
        part = [one for one in looks if most * tenth / ROWS < one.done <= most * (tenth + 1) / ROWS]
        sizes = [size for one in part for size in one.workers_mb.values()]
        seen |= {pid for one in part for pid in one.workers_mb}
        if sizes:
            command = mean(one.command_mb for one in part)
            print(f"{part[-1].done} | {command:.0f} | {mean(sizes):.0f} | {max(sizes):.0f} | {len(seen)}")
    print(f"{most} files in {looks[-1].seconds:.0f} s: {most / looks[-1].seconds * 60:.1f} a minute")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-models", action="store_true", help="read without networks")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        draw(place / "pages", given.files)
        printed(watch(place / "pages", place / "out", given.workers, ["--no-models"] * given.no_models))


if __name__ == "__main__":
    main()
