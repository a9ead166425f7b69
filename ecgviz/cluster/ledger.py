"""What is done of a batch, beside its readings: several runs may share it, and any of them may be killed.

A line is added to the readings and entered in the ledger under one lock, and the ledger says up to which byte the
readings count. So a line is either complete and entered, or cut off by the next run.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from ecgviz import __version__
from ecgviz.batch import Done, RunSettings, row_of
from preprocessing.errors import EcgImageError

FILE = "ledger.sqlite"
_BUSY_SECONDS = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS made (one INTEGER PRIMARY KEY CHECK (one = 1), how TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS runs (run TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, began REAL NOT NULL);
CREATE TABLE IF NOT EXISTS claims (sha256 TEXT PRIMARY KEY, run TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
    file TEXT PRIMARY KEY, sha256 TEXT, duplicate_of TEXT, report TEXT, seconds REAL NOT NULL,
    start INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS entries_by_hash ON entries (sha256);
"""


@dataclass(frozen=True)
class Entry:
    """One file that is done: where its line stands, and what the line does not hold."""

    file: str
    sha256: str | None
    duplicate_of: str | None
    report: str | None
    seconds: float
    start: int
    length: int


class Ledger:
    """The ledger of one folder of results, open for one run. Methods may be called from any thread."""

    def __init__(self, connection: sqlite3.Connection, readings: Path) -> None:
        self._connection, self._readings = connection, readings
        self._using = Lock()
        self.run = uuid.uuid4().hex

    def enter_run(self, settings: RunSettings) -> None:
        """Enter this run and cut off what a killed one wrote without entering it.

        Raises
        ------
        EcgImageError
            ``batch_differs`` where the folder holds results of other settings or another version.
        """
        import psutil

        how = json.dumps({"ecgviz": __version__, **asdict(settings)}, sort_keys=True)
        with self._locked():
            self._connection.execute("INSERT OR IGNORE INTO made VALUES (1, ?, 0)", (how,))
            if self._connection.execute("SELECT how FROM made").fetchone()[0] != how:
                raise EcgImageError(
                    "batch_differs",
                    "The folder of results holds those of other settings, or of another version of ecgviz; choose "
                    "another folder, or delete this one.",
                )
            began = psutil.Process().create_time()
            self._connection.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?)", (self.run, socket.gethostname(), os.getpid(), began)
            )
            self._readings.touch()
            self._cut()

    def entry(self, file: str) -> Entry | None:
        """Return the entry of a file by its name."""
        with self._using:
            row = self._connection.execute("SELECT * FROM entries WHERE file = ?", (file,)).fetchone()
        return None if row is None else Entry(*row)

    def first_of(self, sha256: str) -> Entry | None:
        """Return the entry of the file that was read of those with the same bytes."""
        with self._using:
            row = self._connection.execute(
                "SELECT * FROM entries WHERE sha256 = ? AND duplicate_of IS NULL", (sha256,)
            ).fetchone()
        return None if row is None else Entry(*row)

    def claim(self, sha256: str) -> bool:
        """Claim bytes to be read by this run; False where another run that is alive has claimed them."""
        with self._locked():
            row = self._connection.execute(
                "SELECT claims.run, host, pid, began FROM claims LEFT JOIN runs USING (run) WHERE sha256 = ?", (sha256,)
            ).fetchone()
            if row is not None and row[0] != self.run and _alive(*row[1:]):
                return False
            self._connection.execute("INSERT OR REPLACE INTO claims VALUES (?, ?)", (sha256, self.run))
            return True

    def enter(self, done: Done) -> bool:
        """Add a file's line to the readings; False where the same bytes were entered under its name before.

        A file whose bytes have changed is entered anew; its earlier line stays in the readings.
        """
        row, line = done.row, done.line.encode("utf-8", "backslashreplace") + b"\n"
        with self._locked():
            before = self._connection.execute("SELECT sha256 FROM entries WHERE file = ?", (row.file,)).fetchone()
            if before is not None and before[0] == row.sha256:
                return False
            self._connection.execute("DELETE FROM entries WHERE file = ?", (row.file,))
            start = self._cut()
            with self._readings.open("ab") as readings:
                readings.write(line)
                readings.flush()
                os.fsync(readings.fileno())
            self._connection.execute(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row.file, row.sha256, row.duplicate_of, row.report, row.seconds, start, len(line)),
            )
            self._connection.execute("UPDATE made SET bytes = ?", (start + len(line),))
        return True

    def done(self, number: int, entry: Entry) -> Done:
        """Return the result of a file from its line, with its place in the batch."""
        with self._readings.open("rb") as readings:
            readings.seek(entry.start)
            line = readings.read(entry.length).decode("utf-8").rstrip("\n")
        row = row_of(json.loads(line), entry.report)
        row = replace(row, number=number, file=entry.file, duplicate_of=entry.duplicate_of, seconds=entry.seconds)
        return Done(row, line, b"")

    def count(self) -> int:
        """Return how many files are entered."""
        with self._using:
            return int(self._connection.execute("SELECT count(*) FROM entries").fetchone()[0])

    def close(self) -> None:
        """Leave the ledger; what this run claimed and did not read is free again.

        A line that was written while the run was stopped, and never entered, is cut off.
        """
        with self._locked():
            self._cut()
            self._connection.execute("DELETE FROM runs WHERE run = ?", (self.run,))
        self._connection.close()

    def _cut(self) -> int:
        """Cut the readings to what is entered, and return their length in bytes."""
        entered = int(self._connection.execute("SELECT bytes FROM made").fetchone()[0])
        if self._readings.stat().st_size > entered:
            os.truncate(self._readings, entered)
        return entered

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the ledger alone among threads and runs."""
        with self._using:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


@contextmanager
def open_ledger(folder: Path, readings: str, settings: RunSettings) -> Iterator[Ledger]:
    """Open the ledger of a folder of results, or begin one.

    Raises
    ------
    EcgImageError
        ``batch_differs``, or ``ledger_unreadable`` where it is damaged.
    OSError
        When the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(
            folder / FILE, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_TABLES)
    except sqlite3.DatabaseError as error:
        raise EcgImageError(
            "ledger_unreadable",
            f"The {FILE} of the folder of results is damaged or cannot be written; choose another folder.",
        ) from error
    ledger = Ledger(connection, folder / readings)
    try:
        ledger.enter_run(settings)
        yield ledger
    finally:
        ledger.close()


def _alive(host: str | None, pid: int | None, began: float | None) -> bool:
    """Return whether a run is at work. One of another machine, which cannot be looked at, counts as such."""
    import psutil

    if host is None:
        return False
    if host != socket.gethostname():
        return True
    try:
        return bool(psutil.Process(pid).create_time() == began)
    except psutil.Error:
        return False
