"""Memory and rate of a long batch: ``nice -n 15 python -m tests.benchmarks.batch_memory FOLDER --files 10000``.

Draws small pages into the folder, reads them by ``batch --workers``, and looks every few seconds at the files that are
done, at resident memory and at processor time of the command and of each worker; each look is a line of
``looks.jsonl`` there. ``--kill-at N`` kills the command and its workers by SIGKILL once N files are done, and starts
the command again. Ctrl-C and ``--minutes`` end it early; the same command goes on. At the end it prints a row for each
thousand files, how memory changes with the files read, and whether every file that is done stands in the results once;
``--no-run`` prints that alone.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean

import numpy as np
import psutil

from tests.benchmarks.intervals import mean_in_words
from tests.benchmarks.small_pages import write_small_pages

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS, ROW_FILES = 10.0, 1000
# A life of a worker counts from here: its first pages fill the pools of its libraries.
FIRST_FILES, LEAST_LOOKS = 100, 5
MEGABYTE = 2**20


@dataclass(frozen=True)
class Look:
    """One look at a batch: files done, then MB and processor seconds of the command, and of each worker by process."""

    time: float
    done: int
    command: tuple[float, float]
    workers: dict[str, tuple[float, float]]


def cost(process: psutil.Process) -> tuple[float, float]:
    """Return resident MB and processor seconds of one process."""
    used = process.cpu_times()
    return process.memory_info().rss / MEGABYTE, used.user + used.system


def entered(out: Path) -> int:
    """Return how many files are done."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{out / 'ledger.sqlite'}?mode=ro", uri=True)) as ledger:
        return int(ledger.execute("SELECT count(*) FROM entries").fetchone()[0])
    return 0


def look(command: psutil.Process, out: Path) -> Look:
    """Look once."""
    workers = {}
    for child in command.children():
        # One that has just ended has nothing to look at.
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                workers[str(child.pid)] = cost(child)
    return Look(time.time(), entered(out), cost(command), workers)


def run(folder: Path, options: list[str], kill_at: int | None, minutes: float) -> None:
    """Read the folder's pages, and look."""
    out, began = folder / "out", time.monotonic()
    command = [sys.executable, "-m", "ecgviz", "batch", str(folder / "pages"), "--out", str(out), "--reports", "none",
               *options]  # fmt: skip
    with (folder / "looks.jsonl").open("a") as looks, (folder / "progress.txt").open("a") as progress:

        def start() -> subprocess.Popen[bytes]:
            # A group of its own, to be killed as one.
            return subprocess.Popen(command, cwd=ROOT, stdout=progress, stderr=progress, process_group=0)

        running = start()
        try:
            while running.poll() is None:
                with suppress(psutil.Error):
                    seen = look(psutil.Process(running.pid), out)
                    print(json.dumps(asdict(seen)), file=looks, flush=True)
                    if kill_at is not None and seen.done >= kill_at:
                        kill_at = None
                        os.killpg(running.pid, signal.SIGKILL)
                        running.wait()
                        print(f"killed with {entered(out)} files done", flush=True)
                        running = start()
                if time.monotonic() - began > 60 * minutes:
                    break
                time.sleep(LOOK_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                running.send_signal(signal.SIGINT)
            running.wait()


def looks_in(folder: Path) -> list[Look]:
    """Return the looks of a folder."""
    return [Look(**json.loads(line)) for line in (folder / "looks.jsonl").read_text().splitlines()]


def lives(looks: list[Look]) -> list[float]:
    """Return how many MB each worker's memory changed by in a hundred of the pages that it read."""
    seen = defaultdict[str, list[tuple[float, float]]](list)
    for one in looks:
        for worker, (size, _) in one.workers.items():
            seen[worker].append((one.done / max(1, len(one.workers)), size))
    slopes = []
    for points in seen.values():
        later = np.array([point for point in points if point[0] - points[0][0] >= FIRST_FILES])
        if len(later) >= LEAST_LOOKS and np.ptp(later[:, 0]) > 0:
            slopes.append(100 * float(np.polyfit(later[:, 0], later[:, 1], 1)[0]))
    return slopes


def printed(folder: Path) -> None:
    """Print what came of a batch."""
    looks = looks_in(folder)
    print("files | files a minute | command MB | workers MB: mean | most | workers started")
    marks, began, started = [], looks[0], set[str]()
    for place in range(0, looks[-1].done, ROW_FILES):
        part = [one for one in looks if place < one.done <= place + ROW_FILES]
        sizes = [size for one in part for size, _ in one.workers.values()]
        started |= {worker for one in part for worker in one.workers}
        if not sizes:
            continue
        marks.append(mean(one.command[0] for one in part))
        rate = 60 * (part[-1].done - began.done) / max(1.0, part[-1].time - began.time)
        print(f"{part[-1].done} | {rate:.0f} | {marks[-1]:.0f} | {mean(sizes):.0f} | {max(sizes):.0f} | {len(started)}")
        began = part[-1]
    print(f"command, MB in {ROW_FILES} files: {mean_in_words([after - before for before, after in pairwise(marks)])}")
    print(f"worker, MB in 100 files of its own, after {FIRST_FILES}: {mean_in_words(lives(looks))}")
    spent = Counter[str]()
    for before, after in pairwise(looks):
        both = after.workers.keys() & before.workers.keys()
        spent["workers"] += sum(after.workers[one][1] - before.workers[one][1] for one in both)
        spent["command"] += max(0.0, after.command[1] - before.command[1])
    done = looks[-1].done - looks[0].done
    print(f"processor time a file: workers {spent['workers'] / done:.3f} s, command {spent['command'] / done:.4f} s")
    lines = [json.loads(line) for line in (folder / "out" / "readings.jsonl").read_text().splitlines()]
    names = Counter(line["file"] for line in lines)
    print(f"{entered(folder / 'out')} files done, {len(lines)} lines, most lines of a file {max(names.values())}")
    print(dict(Counter(line["refusal"]["code"] if line["status"] == "refused" else "read" for line in lines)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--no-models", action="store_true", help="read without networks")
    parser.add_argument("--kill-at", type=int, metavar="N", help="kill once after N files")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--no-run", action="store_true")
    given = parser.parse_args()
    # A shell lets what it runs in the background ignore Ctrl-C, and what that starts too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not given.no_run:
        if not (given.folder / "pages").exists():
            write_small_pages(given.folder / "pages", given.files)
        options = ["--workers", str(given.workers), *["--no-models"] * given.no_models]
        with suppress(KeyboardInterrupt):
            run(given.folder, options, given.kill_at, given.minutes)
    printed(given.folder)


if __name__ == "__main__":
    main()
