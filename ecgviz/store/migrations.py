"""The versions of the store's tables: numbered steps in SQL, each taken once, in one transaction with its number.

A step is never changed once it was released; a change of the tables is a new step at the end, and `tables.py` follows.
The SQL is that of SQLite and of PostgreSQL, which differ in the type of bytes alone.
"""

from __future__ import annotations

import sqlalchemy as sa

from ecgviz.store.tables import SCHEMA
from preprocessing.errors import EcgImageError

# Of PostgreSQL's advisory lock: any number that no other program uses.
LOCK = 7_240_918
BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}

_FIRST = (
    "CREATE TABLE ecgviz_store (version INTEGER PRIMARY KEY)",
    """CREATE TABLE ecgviz_readings (
        id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, role TEXT NOT NULL, reader TEXT NOT NULL, label TEXT NOT NULL,
        findings TEXT NOT NULL, comment TEXT NOT NULL, measurements TEXT NOT NULL, boxes TEXT, blind BOOLEAN NOT NULL,
        file TEXT, has_picture BOOLEAN NOT NULL, version INTEGER NOT NULL, created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL)""",
    # Nothing is doubled: one reading per person and report, one decision per report.
    "CREATE UNIQUE INDEX ecgviz_one_reading ON ecgviz_readings (sha256, reader) WHERE role = 'reader'",
    "CREATE UNIQUE INDEX ecgviz_one_decision ON ecgviz_readings (sha256) WHERE role = 'adjudication'",
    # All that a worklist asks for, so that it reads this index alone.
    "CREATE INDEX ecgviz_by_report ON ecgviz_readings (sha256, role, reader, label)",
    """CREATE TABLE ecgviz_history (
        reading_id TEXT NOT NULL, version INTEGER NOT NULL, sha256 TEXT NOT NULL, role TEXT NOT NULL,
        who TEXT NOT NULL, at TEXT NOT NULL, before TEXT, PRIMARY KEY (reading_id, version))""",
    "CREATE INDEX ecgviz_history_by_report ON ecgviz_history (sha256, at)",
    """CREATE TABLE ecgviz_pictures (
        reading_id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content {bytes} NOT NULL)""",
    "CREATE INDEX ecgviz_pictures_by_report ON ecgviz_pictures (sha256)",
    """CREATE TABLE ecgviz_predictions (
        sha256 TEXT NOT NULL, network TEXT NOT NULL, version TEXT NOT NULL, label TEXT NOT NULL, state TEXT NOT NULL,
        probabilities TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, network, version))""",
)
MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)


def migrate(connection: sa.Connection) -> None:
    """Bring the tables to the newest version, within the connection's transaction.

    Raises
    ------
    EcgImageError
        ``not_a_store`` for a database with tables of these names that are not ours, ``store_too_new`` where a newer
        version of the app has been here.
    """
    dialect = connection.dialect.name
    if dialect == "postgresql":
        # Two processes that open a new database at once take turns; SQLite's write lock does so by itself.
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    here = version_of(connection)
    if here > len(MIGRATIONS):
        raise EcgImageError(
            "store_too_new",
            "These readings were kept by a newer version of ecgviz. Update ecgviz, or choose another store.",
        )
    for number, step in enumerate(MIGRATIONS[here:], start=here + 1):
        for statement in step:
            connection.execute(sa.text(statement.format(bytes=BYTES[dialect])))
        connection.execute(SCHEMA.delete())
        connection.execute(SCHEMA.insert().values(version=number))


def version_of(connection: sa.Connection) -> int:
    """Return the version of the tables, 0 in an empty database."""
    if not sa.inspect(connection).has_table(SCHEMA.name):
        return 0
    return int(connection.execute(sa.select(SCHEMA.c.version)).scalar_one())
