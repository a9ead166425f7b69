"""What a batch over processes costs: ``python tests/benchmarks/cluster.py --files 200``.

Draws small pages, reads them by one process and by two workers, and counts seconds, and processor seconds of all
processes, without those of a batch of a page for each worker: the start. On two quiet cores both give how many times as
fast two workers are as one process; on busy ones only processor seconds do. Set ``OPENBLAS_NUM_THREADS=1``: workers
have one thread each, and the one process would otherwise wait in loops for its others. Memory is that of each worker,
looked at every few seconds: after a quarter of the run against the end.
"""

from __future__ import annotations

import argparse
import json
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

from tests.benchmarks.small_pages import write_small_pages

WORKERS, LOOK_SECONDS = 2, 3.0


def processor_seconds() -> float:
    """Return what the children that have ended took, their own children included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def batch(folder: Path, out: Path, *more: str) -> tuple[float, float, list[list[int]]]:
    """Run a batch; return wall and processor seconds, and the resident bytes of each worker at each look."""
    before, began, looks = processor_seconds(), time.monotonic(), list[list[int]]()
    command = [sys.executable, "-m", "ecgviz", "batch", str(folder), "--out", str(out), "--reports", "none",
               "--no-models", *more]  # fmt: skip
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
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
    print(f"{' '.join(more) or 'one process'}: {counts['files']} files, {counts['read']} read")
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
        for name, more in (("one process", ()), ("two workers", ("--workers", str(WORKERS)))):
            idle_wall, idle, _ = batch(place / "start", place / f"{name} start", *more)
            wall, processor, looks = batch(place / "pages", place / name, *more)
            each = (processor - idle) / (given.files - WORKERS)
            rows[name] = each, (wall - idle_wall) / (given.files - WORKERS)
            quarter, last = looks[len(looks) // 4], looks[-2 if len(looks) > 1 else -1]
            sizes = [f"{sum(one) / 2**20 / len(one):.0f}" for one in (quarter, last)]
            print(f"{name}: {wall:.0f} s, {processor:.0f} s of processor time, start {idle:.1f} s, {each:.3f} s a file")
            print(f"MB a process after a quarter {sizes[0]}, at the end {sizes[1]}")
        (processor, wall), (both, together) = rows["one process"], rows["two workers"]
        by_processor = WORKERS * processor / both
        print(f"two workers, two cores: {wall / together:.2f} times one process, by processor time {by_processor:.2f}")


if __name__ == "__main__":
    main()
