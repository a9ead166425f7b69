"""What a store of readings costs: ``python -m tests.benchmarks.store``.

`--worklist` times what a page of the worklist asks a SQLite store of 50,000 readings, `--writers` lets eight processes
write for a minute to SQLite and to PostgreSQL, and counts what is kept.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, perf_counter, process_time

import sqlalchemy as sa

from ecgviz.store import (
    Queue,
    Reading,
    Store,
    agreement,
    counts_of,
    every_reading,
    history_of,
    labels_of,
    open_store,
    queues,
    save,
    status_of_reports,
)
from ecgviz.store.tables import READINGS
from models.classes import CLASSES
from tests.postgresql_server import MISSING, installed, started_postgresql

ROOT = Path(__file__).resolve().parents[2]
READINGS_N, ALLOWED_MS, WRITERS, SECONDS, PAGE = 50_000, 300, 8, 60, 50


def filled(place: Path, count: int) -> Store:
    """Return a store of readings by two readers of half as many reports, every eighth in another class."""
    store = open_store(place)
    rows = []
    for number in range(count):
        report, reader = number // 2, number % 2
        rows.append(
            {
                "id": f"{number:032x}",
                "sha256": f"{report * 2654435761 % 2**32:064x}",
                "role": "reader",
                "reader": ("AB", "CD")[reader],
                "label": CLASSES[(report + (reader and report % 8 == 0)) % 4],
                "findings": '["sinus_rhythm"]',
                "comment": "A comment of ordinary length, as readers write it.",
                "measurements": '{"pr_ms": 180.0}',
                "boxes": None,
                "blind": True,
                "file": None,
                "has_picture": False,
                "version": 1,
                "created_at": f"2026-11-{1 + number % 27:02}T10:00:00.000000+00:00",
                "changed_at": f"2026-11-{1 + number % 27:02}T10:00:00.000000+00:00",
            }
        )
    with store.writing() as connection:
        connection.execute(sa.insert(READINGS), rows)
    return store


def median_ms(action: Callable[[], object], times: int = 15) -> tuple[float, float]:
    """Return the median and the slowest of some runs in milliseconds, after one to warm up."""
    action()
    spent = []
    for _ in range(times):
        start = perf_counter()
        action()
        spent.append((perf_counter() - start) * 1000)
    return statistics.median(spent), max(spent)


def worklist(folder: Path) -> None:
    """Time a page of the worklist over as many reports as the store knows, half as many again being unread."""
    store = filled(folder / "readings.sqlite", READINGS_N)
    reports = READINGS_N // 2 * 3 // 2
    listed = [f"{n * 2654435761 % 2**32:064x}" for n in range(reports)]

    def page(reader: str = "EF") -> object:
        status = status_of_reports(store, reader)
        shown = queues.waiting(Queue.DISAGREEMENT, listed, status)[:PAGE]
        after = queues.next_after(Queue.UNREAD, listed, status)
        return queues.lengths(listed, status), after, labels_of(store, reader, shown)

    median, slowest = median_ms(page)
    start = process_time()
    page()
    of_it_ms = (process_time() - start) * 1000
    verdict = "within" if median <= ALLOWED_MS else "BEYOND"
    print(f"{READINGS_N} readings, {reports} reports in the worklist, SQLite; {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}: a page takes {median:.0f} ms ({verdict} {ALLOWED_MS}), at most {slowest:.0f}, "
          f"{of_it_ms:.0f} ms of processor time")  # fmt: skip
    pair, slowest = median_ms(lambda: agreement.compared(agreement.ratings_of(store), "AB", "CD"), times=5)
    print(f"agreement of two readers on {READINGS_N // 2} reports: {pair:.0f} ms, at most {slowest:.0f}")
    ordinary, slowest = median_ms(lambda: save(store, Reading(os.urandom(32).hex(), "EF", "Normal")))
    print(f"one more reading is saved in {ordinary:.1f} ms, at most {slowest:.1f}")


def write(place: str, reader: str, seconds: float) -> None:
    """Write as one of the writers, and print how many readings were acknowledged and the slowest in milliseconds."""
    store = open_store(place)
    until, count, slowest = monotonic() + seconds, 0, 0.0
    while monotonic() < until:
        start = perf_counter()
        save(store, Reading(f"{count:064x}", reader, CLASSES[count % 4], comment="x" * 200))
        slowest = max(slowest, perf_counter() - start)
        count += 1
    print(count, round(slowest * 1000))


def writers(place: str, seconds: float) -> None:
    """Let processes write at once, and count what is kept."""
    store = open_store(place)
    command = [sys.executable, "-m", "tests.benchmarks.store", "--place", place, "--seconds", str(seconds), "--as"]
    each = [
        subprocess.Popen([*command, f"reader {number}"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for number in range(WRITERS)
    ]
    found = [[int(part) for part in process.communicate()[0].split()] for process in each]
    assert all(process.returncode == 0 for process in each)
    acknowledged = sum(count for count, _ in found)
    kept = [(one.sha256, one.reader) for one in every_reading(store)]
    good = len(kept) == len(set(kept)) == acknowledged == len(history_of(store)) == counts_of(store).readings
    print(f"{store.engine.dialect.name}: {WRITERS} processes for {seconds:.0f} s: {acknowledged} acknowledged, "
          f"{len(kept)} kept, {len(set(kept))} different, slowest {max(ms for _, ms in found)} ms: "
          f"{'nothing lost, nothing doubled' if good else 'WRONG'}")  # fmt: skip
    store.close()


def main() -> None:
    """Measure what is asked for; without a choice, everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worklist", action="store_true", help="only the worklist")
    parser.add_argument("--writers", action="store_true", help="only the writers")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long they write (default: %(default)s)")
    parser.add_argument("--as", dest="reader", help="be one of the writers")
    parser.add_argument("--place", help="the store that a writer writes to")
    chosen = parser.parse_args()
    if chosen.reader:
        return write(chosen.place, chosen.reader, chosen.seconds)
    with tempfile.TemporaryDirectory() as folder:
        if not chosen.writers:
            worklist(Path(folder))
        if not chosen.worklist:
            writers(str(Path(folder) / "written.sqlite"), chosen.seconds)
            if installed() is None:
                print(MISSING)
            else:
                with started_postgresql() as url:
                    writers(url, chosen.seconds)


if __name__ == "__main__":
    main()
