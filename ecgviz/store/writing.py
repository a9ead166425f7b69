"""Save readings: nothing is lost, nothing is doubled, and every change leaves a line in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ecgviz.store.failures import changed
from ecgviz.store.opening import Store
from ecgviz.store.queries import as_reading
from ecgviz.store.record import KeptPrediction, Reading, Role
from ecgviz.store.tables import HISTORY, PICTURES, PREDICTIONS, READINGS, SCHEMA, TABLES


def save(store: Store, reading: Reading, picture: bytes | None = None, at: datetime | None = None) -> Reading:
    """Save a new reading, or a change of one; when this returns, it survives the end of the process.

    Parameters
    ----------
    store : Store
    reading : Reading
        With the version that it was loaded with, 0 for a new one.
    picture : bytes, optional
        The report's file, only where the person wants it kept; without it, one that was kept is removed.
    at : datetime, optional
        When it was read, with its time zone; now by default.

    Returns
    -------
    Reading
        As it is kept, with its new version. A new reading that is sent twice is kept once.

    Raises
    ------
    EcgImageError
        ``reading_changed`` where the store holds another version than the one that was loaded.
    """
    wanted = replace(reading, has_picture=picture is not None)
    now = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    with store.writing() as connection:
        there = _kept(connection, wanted)
        if there is not None and _is_same(there, wanted):
            # An acknowledgement that did not arrive: what is sent again is kept already.
            return there
        if (0 if there is None else there.version) != wanted.version or (there and there.id != wanted.id):
            raise changed()
        saved = replace(wanted, version=wanted.version + 1, created_at=wanted.created_at or now, changed_at=now)
        _write(connection, saved)
        _note(connection, saved, there)
        if there is not None and there.has_picture:
            connection.execute(PICTURES.delete().where(PICTURES.c.reading_id == saved.id))
        if picture is not None:
            row = {"reading_id": saved.id, "sha256": saved.sha256, "content": picture}
            connection.execute(PICTURES.insert().values(row))
    return saved


def keep_predictions(store: Store, sha256: str, predictions: Iterable[KeptPrediction]) -> None:
    """Keep what the networks predicted for a report; what is there already, by network and version, stays."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    rows = [
        {
            "sha256": sha256,
            "network": one.network,
            "version": one.version,
            "label": one.label,
            "state": one.state,
            "probabilities": json.dumps(one.probabilities),
            "at": now,
        }
        for one in predictions
    ]
    if not rows:
        return
    insert = sqlite.insert if store.engine.dialect.name == "sqlite" else postgresql.insert
    with store.writing() as connection:
        connection.execute(insert(PREDICTIONS).on_conflict_do_nothing(), rows)


def delete_everything(store: Store) -> None:
    """Delete every reading, picture, prediction and line of the audit trail; the empty store stays.

    On SQLite the file is rewritten, so that nothing of it is left in there either.
    """
    with store.writing() as connection:
        for table in TABLES.sorted_tables:
            if table is not SCHEMA:
                connection.execute(table.delete())
    if store.engine.dialect.name == "sqlite":
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            store.outside_transaction(statement)


def _kept(connection: sa.Connection, wanted: Reading) -> Reading | None:
    """Return what the store holds in the place of a reading, locked until the transaction ends."""
    own = sa.and_(READINGS.c.sha256 == wanted.sha256, READINGS.c.role == wanted.role.value)
    if wanted.role is Role.READER:
        own = sa.and_(own, READINGS.c.reader == wanted.reader)
    row = connection.execute(sa.select(READINGS).where(own).with_for_update()).mappings().first()
    return None if row is None else as_reading(row)


def _is_same(there: Reading, wanted: Reading) -> bool:
    """Return whether a save would change nothing: a new reading that was sent again, or one left as it was loaded."""
    # Not a change that was sent again: two people may make the same one, and each must know whose is kept.
    unchanged = there.version == wanted.version or (there.version, wanted.version) == (1, 0)
    same = there.content == wanted.content and there.reader == wanted.reader and there.file == wanted.file
    return there.id == wanted.id and unchanged and same


def _write(connection: sa.Connection, saved: Reading) -> None:
    row: dict[str, Any] = {
        "id": saved.id,
        "sha256": saved.sha256,
        "role": saved.role.value,
        "reader": saved.reader,
        "label": saved.label,
        "findings": json.dumps(saved.findings),
        "comment": saved.comment,
        "measurements": json.dumps(dict(saved.measurements)),
        "boxes": None if saved.boxes is None else json.dumps(saved.boxes),
        "blind": saved.blind,
        "file": saved.file,
        "has_picture": saved.has_picture,
        "version": saved.version,
        "created_at": saved.created_at,
        "changed_at": saved.changed_at,
    }
    if saved.version == 1:
        connection.execute(READINGS.insert().values(row))
        return
    same = sa.and_(READINGS.c.id == saved.id, READINGS.c.version == saved.version - 1)
    if connection.execute(READINGS.update().where(same).values(row)).rowcount != 1:
        raise changed()


def _note(connection: sa.Connection, saved: Reading, before: Reading | None) -> None:
    """Add a line to the audit trail, without the file's name: one that is taken back must not stay there."""
    line = {
        "reading_id": saved.id,
        "version": saved.version,
        "sha256": saved.sha256,
        "role": saved.role.value,
        "who": saved.reader,
        "at": saved.changed_at,
        "before": None if before is None else json.dumps({**before.content, "reader": before.reader}),
    }
    connection.execute(HISTORY.insert().values(line))
