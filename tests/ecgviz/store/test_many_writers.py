"""Several people at once, and a process that is killed: nothing acknowledged is lost, nothing is doubled."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ecgviz.store import Reading, delete_everything, every_reading, history_of, open_store, reading_of, save
from preprocessing.errors import EcgImageError

ROOT = Path(__file__).resolve().parents[3]
WRITERS, SECONDS, CONTENDED = 8, 3.0, "f" * 64
OF_OTHERS = "WHERE pid <> pg_backend_pid() AND datname = 'postgres'"
WRITE_UNTIL_KILLED = """
import sys
from ecgviz.store import Reading, open_store, save
store = open_store(sys.argv[1])
for number in range(10**6):
    saved = save(store, Reading(f"{number:064x}", "AB", "Normal", comment="x" * 500), b"p" * 20_000)
    print(saved.sha256, flush=True)
"""


def write(place: str, reader: str, until: float, acknowledged: list[tuple[str, str]], counted: list[int]) -> None:
    """Save readings of one's own and, every third time, change the one that all write."""
    store = open_store(place)
    number = 0
    while time.monotonic() < until:
        number += 1
        sha256 = f"{number:064x}"
        save(store, Reading(sha256, reader, "Normal"))
        acknowledged.append((sha256, reader))
        if number % 3 == 0:
            counted[0] += count_up(store)
    store.close()


def count_up(store) -> int:
    """Add one to the number in the comment of the contended reading; return 0 where another was first."""
    loaded = reading_of(store, CONTENDED, "all")
    try:
        save(store, replace(loaded, comment=str(int(loaded.comment) + 1)))
    except EcgImageError as refusal:
        if refusal.code != "reading_changed":
            raise
        return 0
    return 1


def test_eight_writers_at_once_lose_and_double_nothing(store, place):
    save(store, Reading(CONTENDED, "all", "Normal", comment="0"))
    acknowledged: list[tuple[str, str]] = []
    counted = [[0] for _ in range(WRITERS)]
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=write, args=(place, f"reader {number}", until, acknowledged, counted[number]))
        for number in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [(one.sha256, one.reader) for one in every_reading(store) if one.sha256 != CONTENDED]
    assert len(acknowledged) > WRITERS
    assert sorted(kept) == sorted(acknowledged)
    ups = sum(one[0] for one in counted)
    contended = reading_of(store, CONTENDED, "all")
    assert (contended.comment, contended.version) == (str(ups), ups + 1)
    assert len(history_of(store)) == len(kept) + ups + 1


def test_of_equal_readings_that_arrive_at_once_one_is_kept(place):
    def first(number: int) -> bool:
        store = open_store(place)
        try:
            save(store, Reading(CONTENDED, "AB", "Normal", comment=str(number)))
        except EcgImageError as refusal:
            if refusal.code != "reading_changed":
                raise
            return False
        finally:
            store.close()
        return True

    open_store(place).close()
    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(pool.map(first, range(WRITERS))) == 1
    store = open_store(place)
    assert len(list(every_reading(store))) == len(history_of(store)) == 1
    store.close()


@pytest.mark.postgresql
def test_connections_that_the_server_closed_are_opened_again(postgresql):
    store, other = open_store(postgresql), open_store(postgresql)
    delete_everything(store)
    with other.looking() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity {OF_OTHERS}")
    assert save(store, Reading("d" * 64, "AB", "Normal")).version == 1
    for one in (store, other):
        one.close()


def test_killed_while_writing_the_store_opens_and_holds_all_that_was_acknowledged(place):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_UNTIL_KILLED, place], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    acknowledged = [process.stdout.readline().strip() for _ in range(40)]
    process.kill()
    acknowledged += process.stdout.read().split()
    process.wait()
    store = open_store(place)
    kept = list(every_reading(store))
    assert set(acknowledged) <= {one.sha256 for one in kept}
    # At most the one whose acknowledgement did not arrive.
    assert len(kept) <= len(acknowledged) + 1
    assert len(history_of(store)) == len(kept)
    if store.engine.dialect.name == "sqlite":
        with store.looking() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert save(store, Reading("e" * 64, "AB", "Normal")).version == 1
    store.close()
