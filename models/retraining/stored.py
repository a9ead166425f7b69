"""The readings that a store holds: from the store itself, or from its export as JSON Lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from models.classes import CLASSES

SCHEMA = "ecgviz.kept_reading/1"
EXPORT_ENDINGS = (".jsonl", ".json", ".ndjson")
# What is taken of a store's tables, whose newest form `ecgviz.store` keeps.
_READINGS = sa.table("ecgviz_readings", *(sa.column(name) for name in ("sha256", "role", "reader", "label")))
_PICTURES = sa.table("ecgviz_pictures", sa.column("sha256"), sa.column("content"))


class StoreError(ValueError):
    """A store cannot be read, or is none; the message says why, and never holds a password."""


def kept_readings(place: str) -> list[dict[str, str]]:
    """Return every reading with its ``sha256``, ``role``, ``reader`` and ``label``.

    Parameters
    ----------
    place : str
        Path of an export or of a SQLite store, or the URL of a store, as in ``ECGVIZ_STORE``.

    Raises
    ------
    StoreError
    """
    if place.endswith(EXPORT_ENDINGS):
        try:
            text = Path(place).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{place} cannot be read: {error}") from error
        return [_exported(line, number) for number, line in enumerate(text.splitlines(), start=1)]
    with _looking(place) as connection:
        found = [dict(row) for row in connection.execute(sa.select(_READINGS)).mappings()]
    if unknown := {one["label"] for one in found} - set(CLASSES):
        raise StoreError(f"the store holds classes that are none: {', '.join(sorted(unknown))}")
    return found


def kept_pictures(place: str) -> Iterator[tuple[str, bytes]]:
    """Yield the sha256 and the content of each report whose picture readers chose to keep; an export holds none."""
    if place.endswith(EXPORT_ENDINGS):
        return
    with _looking(place) as connection:
        known = sorted(set(connection.execute(sa.select(_PICTURES.c.sha256)).scalars()))
    for sha256 in known:
        # One at a time: together they may be larger than the memory.
        with _looking(place) as connection:
            of_report = sa.select(_PICTURES.c.content).where(_PICTURES.c.sha256 == sha256)
            content = connection.execute(of_report).scalars().first()
        if content is not None:
            yield sha256, bytes(content)


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the sha256 and the content of each file in a folder and its sub-folders."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield hashlib.sha256(content).hexdigest(), content


@contextmanager
def _looking(place: str) -> Iterator[sa.Connection]:
    try:
        url = sa.make_url(place) if "://" in place else sa.URL.create("sqlite", database=place)
    except sa.exc.ArgumentError:
        raise StoreError("this URL is no store") from None
    name = url.get_backend_name()
    if name == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    elif name != "sqlite" or not url.database:
        raise StoreError(f"{url.render_as_string()} is no SQLite file and no PostgreSQL database")
    # SQLite would make a file that is missing.
    elif not Path(url.database).expanduser().is_file():
        raise StoreError(f"there is no store {url.database}")
    else:
        url = url.set(database=str(Path(url.database).expanduser()))
    engine = sa.create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    except sa.exc.SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or "no readings are in it").splitlines()[0]
        raise StoreError(f"{url.render_as_string()} cannot be read: {reason}") from None
    finally:
        engine.dispose()


def _exported(line: str, number: int) -> dict[str, str]:
    try:
        reading: dict[str, Any] = json.loads(line)
        known = reading["schema"] == SCHEMA and reading["label"] in CLASSES
        found = {name: str(reading[name]) for name in ("sha256", "role", "reader", "label")}
    except (ValueError, KeyError, TypeError):
        known, found = False, {}
    if not known:
        raise StoreError(f"line {number} is no reading that a store of ecgviz has exported")
    return found
