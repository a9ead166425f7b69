"""What a batch over processes costs: ``python tests/benchmarks/cluster.py --files 200``.

Draws small pages and reads them by one process as it ships, by one process limited to one thread, and by two workers,
which have one thread each; counts seconds, and processor seconds of all processes, without those of a batch of a page
for each worker: the start. One process as it ships reads on two threads, so on two cores workers have their number
times its speed only beside one of one thread; both ratios are printed. On busy cores only processor seconds mean
something. Memory is that of each worker, looked at every few seconds: after a quarter of the run against the end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from preprocessing.side_by_side import THREADS_VARIABLE
from tests.benchmarks.page_pool import THREADS
from tests.benchmarks.small_pages import write_small_pages

WORKERS, LOOK_SECONDS = 2, 3.0
ONE_THREAD = dict.fromkeys((*THREADS, THREADS_VARIABLE), "1")
SHIPPED, LIMITED, SPREAD = "one process as it ships", "one process of one thread", f"{WORKERS} workers"


def processor_seconds() -> float:
    """Return what the children that have ended took, their own children included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def batch(folder: Path, out: Path, name: str) -> tuple[float, float, list[list[int]]]:
    """Run a batch; return wall and processor seconds, and the resident bytes of each worker at each look."""
    before, began, looks = processor_seconds(), time.monotonic(), list[list[int]]()
    command = [sys.executable, "-m", "ecgviz", "batch", str(folder), "--out", str(out), "--reports", "none",
               "--no-models", *(["--workers", str(WORKERS)] if name == SPREAD else [])]  # fmt: skip
    # What this program's own environment says of threads is not what ships.
    environment = {key: value for key, value in os.environ.items() if key not in ONE_THREAD}
    environment |= ONE_THREAD if name == LIMITED else {}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    own = psutil.Process(running.pid)
    while running.poll() is None:
        try:
            sizes = sorted(one.memory_info().rss for one in own.children(recursive=True))[-WORKERS:]
            looks.append(sizes or [own.memory_info().rss])
        except psutil.Error:
            pass
        with suppress(subprocess.TimeoutExpired):
            running.wait(LOOK_SECONDS)
    assert running.stdout is not None
    counts = json.loads(running.stdout.read())
    print(f"{name}: {counts['files']} files, {counts['read']} read", flush=True)
    return time.monotonic() - began, processor_seconds() - before, looks


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write_small_pages(place / "start", WORKERS)
        write_small_pages(place / "pages", given.files)
        rows = {}
        for name in (SHIPPED, LIMITED, SPREAD):
            idle_wall, idle, _ = batch(place / "start", place / f"{name} start", name)
            wall, processor, looks = batch(place / "pages", place / name, name)
            each = (processor - idle) / (given.files - WORKERS)
            rows[name] = each, (wall - idle_wall) / (given.files - WORKERS)
            quarter, last = looks[len(looks) // 4], looks[-2 if len(looks) > 1 else -1]
            sizes = [f"{sum(one) / 2**20 / len(one):.0f}" for one in (quarter, last)]
            print(f"{name}: {wall:.0f} s, {processor:.0f} s of processor time, start {idle_wall:.1f} and {idle:.1f} s, "
                  f"{rows[name][1]:.3f} and {each:.3f} s a file")  # fmt: skip
            print(f"MB a process after a quarter {sizes[0]}, at the end {sizes[1]}", flush=True)
        both, together = rows[SPREAD]
        for name in (SHIPPED, LIMITED):
            print(f"{SPREAD} are {rows[name][1] / together:.2f} times {name} by the clock")
        # What two idle cores would give, had each worker one of its own.
        print(f"and {WORKERS * rows[LIMITED][0] / both:.2f} times {LIMITED} by processor time")


if __name__ == "__main__":
    main()
