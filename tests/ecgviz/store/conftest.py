"""Stores to test on: a SQLite file, and a real PostgreSQL that is started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ecgviz.store import Store, open_store
from ecgviz.store.tables import TABLES
from tests.postgresql_server import MISSING, installed, started_postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server; skips where it is not installed."""
    if installed() is None:
        pytest.skip(MISSING)
    with started_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made: a path, or a URL."""
    if request.param == "sqlite":
        return str(tmp_path / "readings.sqlite")
    url = request.getfixturevalue("postgresql")
    engine = sa.create_engine(url)
    TABLES.drop_all(engine)
    engine.dispose()
    return url


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(place)
    yield opened
    opened.close()
