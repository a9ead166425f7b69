"""What a batch over processes costs: ``python tests/benchmarks/cluster.py --files 200``.

Draws small pages, reads them by one process and by two workers, and counts processor seconds of all processes: on a
quiet machine of two cores, two workers are as many times as fast as one process as these seconds let them be. Memory is
that of each worker, looked at every few seconds: the least over the run's second quarter against the last.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image

from sample_images import RHYTHMS, PageStyle, draw_page, simulate

WORKERS, DPI, LOOK_SECONDS = 2, 90, 3.0


def draw(folder: Path, files: int) -> None:
    """Draw pages, each with a heart of its own."""
    folder.mkdir()
    names = [name for name, kind in RHYTHMS.items() if kind.label]
    for number in range(files):
        page = draw_page(simulate(names[number % len(names)], seed=number), PageStyle(dpi=DPI))
        Image.fromarray(page.image).save(folder / f"{number:05d}.png")


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
        time.sleep(LOOK_SECONDS)
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
        draw(place / "none", 1)
        draw(place / "pages", given.files)
        rows = {}
        for name, more in (("one process", ()), ("two workers", ("--workers", str(WORKERS)))):
            idle = batch(place / "none", place / f"{name} start", *more)[1]
            wall, processor, looks = batch(place / "pages", place / name, *more)
            each = (processor - idle) / (given.files - 1)
            rows[name] = each
            quarter, last = looks[len(looks) // 4], looks[-2 if len(looks) > 1 else -1]
            sizes = [f"{sum(one) / 2**20 / len(one):.0f}" for one in (quarter, last)]
            print(f"{name}: {wall:.0f} s, {processor:.0f} s of processor time, start {idle:.1f} s, {each:.3f} s a file")
            print(f"MB a process after a quarter {sizes[0]}, at the end {sizes[1]}")
        print(f"two workers on two cores: {WORKERS * rows['one process'] / rows['two workers']:.2f} times one process")


if __name__ == "__main__":
    main()
