"""Open a store: a SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from ecgviz.store.config import STORE
from ecgviz.store.failures import as_reader_errors, not_a_store, unavailable
from ecgviz.store.migrations import migrate
from ecgviz.store.tables import SCHEMA
from preprocessing.errors import EcgImageError

IN_MEMORY = "sqlite://"
_SQLITE_START = b"SQLite format 3\x00"
_WRITING = "writing"


@dataclass(frozen=True)
class Store:
    """An open store, safe from any thread.

    Attributes
    ----------
    place : str
        Path or URL to show; never with a password.
    engine : sqlalchemy.Engine
    turns : context manager
        Entered around each use: the threads of a store in memory, which has one connection, wait for each other.
    """

    place: str
    engine: sa.Engine
    turns: AbstractContextManager[object] = field(default_factory=nullcontext, repr=False)

    @contextmanager
    def looking(self) -> Iterator[sa.Connection]:
        """Give a connection to read with."""
        with self.turns, as_reader_errors(self.place), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are on disk when the block has ended, all of them or none."""
        with (
            self.turns,
            as_reader_errors(self.place),
            self.engine.connect() as connection,
            connection.execution_options(**{_WRITING: True}).begin(),
        ):
            yield connection

    def outside_transaction(self, statement: str) -> None:
        """Run what SQLite runs outside a transaction alone."""
        with self.turns, as_reader_errors(self.place), self.engine.connect() as connection:
            try:
                connection.connection.cursor().execute(statement)
            except sqlite3.Error as error:
                raise sa.exc.OperationalError(statement, None, error) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_store(place: str | Path) -> Store:
    """Open a store and bring its tables to this version; a new SQLite file is made for its owner alone.

    Parameters
    ----------
    place : str or Path
        Path of a SQLite file, ``sqlite://`` for one in memory, or the URL of a PostgreSQL database.

    Raises
    ------
    EcgImageError
        ``store_unavailable``, ``not_a_store``, ``store_too_new``, ``store_busy`` or ``store_damaged``.
    """
    url = _url_of(place)
    shown = url.render_as_string() if url.get_backend_name() == "postgresql" else url.database or "memory"
    if url.get_backend_name() == "sqlite" and url.database:
        _check_file(Path(url.database))
    store = Store(shown, _engine(url), nullcontext() if url.database else RLock())
    if url.get_backend_name() == "sqlite":
        _log_ahead(store)
    with store.writing() as connection:
        migrate(connection)
    return store


def _url_of(place: str | Path) -> sa.URL:
    if isinstance(place, Path) or "://" not in place:
        return sa.URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = sa.make_url(place)
        name = url.get_backend_name()
    except sa.exc.ArgumentError:
        # The text may hold a password, so that neither it nor the cause is shown.
        raise not_a_store("This URL") from None
    if name not in ("sqlite", "postgresql"):
        raise not_a_store(url.render_as_string())
    return url.set(drivername="postgresql+psycopg") if name == "postgresql" else url


def _check_file(path: Path) -> None:
    """Refuse a file that is not ours before anything is written to it; make a new one, readable by its owner alone."""
    try:
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return
        with path.open("rb") as stream:
            start = stream.read(len(_SQLITE_START))
    except FileExistsError:
        return  # Another process has just made it.
    except OSError as error:
        raise unavailable(str(path), error.strerror or str(error)) from error
    if not start:
        return
    if start != _SQLITE_START:
        raise not_a_store(str(path))
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=STORE.busy_s)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise unavailable(str(path), str(error)) from error
    if names and SCHEMA.name not in names:
        raise not_a_store(str(path))


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        wait = {"connect_timeout": STORE.connect_s, "options": f"-c lock_timeout={STORE.busy_s:.0f}s"}
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=wait)
    # A store in memory is its one connection.
    pool = {"pool_timeout": STORE.busy_s} if url.database else {"poolclass": StaticPool}
    wait = {"timeout": STORE.busy_s, "check_same_thread": False}
    # Hidden, so that what a reading holds never stands in the traceback of a fault.
    engine = sa.create_engine(url, connect_args=wait, hide_parameters=True, **pool)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # Transactions begin as `_begin` has it, not as Python's driver guesses.
    connection.isolation_level = None
    # FULL: what was acknowledged survives a loss of power, not only of the process.
    connection.execute("PRAGMA synchronous = FULL")
    # What was deleted or changed is overwritten in the file.
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: sa.Connection) -> None:
    # A writer takes the lock at once: one that had read first could not get it any more, and would have to start again.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITING) else "BEGIN")


def _log_ahead(store: Store) -> None:
    """Switch to write-ahead logging, under which readers and one writer do not wait for each other."""
    until = time.monotonic() + STORE.busy_s
    while True:
        try:
            return store.outside_transaction("PRAGMA journal_mode = WAL")
        except EcgImageError as error:
            # Here alone SQLite does not wait by itself.
            if error.code != "store_busy" or time.monotonic() > until:
                raise
        time.sleep(STORE.retry_s)
