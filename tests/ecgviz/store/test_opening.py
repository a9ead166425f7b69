"""Opening: what is no store is left alone, versions are brought up to date, and errors say what to do."""

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from ecgviz.store import Reading, migrations, open_store, opening, readings_of, save
from ecgviz.store.config import StoreConfig
from ecgviz.store.tables import READINGS, TABLES
from preprocessing.errors import EcgImageError

SHA = "b2" * 32


def refusal_of(place) -> EcgImageError:
    with pytest.raises(EcgImageError) as refusal:
        open_store(place)
    return refusal.value


def test_the_tables_are_those_that_the_code_writes(store):
    inspector = sa.inspect(store.engine)
    for table in TABLES.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in inspector.get_columns(table.name)}
        assert set(columns) == {column.name for column in table.columns}
    assert [index["name"] for index in inspector.get_indexes(READINGS.name) if index["unique"]]


def test_a_new_file_is_its_owners_alone_and_survives_a_loss_of_power(tmp_path):
    path = tmp_path / "new.sqlite"
    store = open_store(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with store.looking() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]
    assert store.place == str(path)
    store.close()


def test_files_and_databases_of_others_are_refused_and_left_as_they_are(tmp_path):
    page, foreign = tmp_path / "page.sqlite", tmp_path / "foreign.sqlite"
    page.write_bytes(b"\x89PNG no database")
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE patients (name TEXT)")
    connection.commit()
    connection.close()
    for path in (page, foreign):
        before = path.read_bytes()
        assert refusal_of(path).code == "not_a_store"
        assert path.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"page.sqlite", "foreign.sqlite"}


@pytest.mark.parametrize("place", ["mysql://reader:secret@host/db", "http:", "http://["])
def test_urls_of_other_databases_are_refused_without_their_password(place):
    refusal = refusal_of(place if "://" in place else f"{place}//")
    assert refusal.code == "not_a_store"
    assert "secret" not in refusal.message


def test_a_store_that_cannot_be_reached_says_where_and_shows_no_password(tmp_path):
    assert refusal_of(tmp_path / "missing" / "a.sqlite").code == "store_unavailable"
    assert refusal_of(tmp_path).code == "store_unavailable"
    refusal = refusal_of(f"postgresql://me:secret@/db?host={tmp_path}")
    assert refusal.code == "store_unavailable"
    assert "secret" not in refusal.message


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "readings.sqlite"
    store = open_store(path)
    for number in range(200):
        save(store, Reading(f"{number:064}", "AB", "Normal"))
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * len(content[8192:])
    path.write_bytes(bytes(content))
    with pytest.raises(EcgImageError) as refusal:
        readings_of(open_store(path), SHA)
    assert refusal.value.code == "store_damaged"


def test_steps_that_are_new_are_taken_once_and_readings_stay(store, place, monkeypatch):
    saved = save(store, Reading(SHA, "AB", "Normal"))
    step = ("CREATE TABLE ecgviz_later (at INTEGER)",)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    for _ in range(2):
        newer = open_store(place)
        with newer.looking() as connection:
            assert migrations.version_of(connection) == 2
        newer.close()
    assert readings_of(store, SHA) == [saved]
    monkeypatch.undo()
    assert refusal_of(place).code == "store_too_new"
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE ecgviz_later")


def test_a_step_that_fails_leaves_the_store_at_its_version(store, place, monkeypatch):
    broken = ("CREATE TABLE ecgviz_half (at INTEGER)", "CREATE TABLE ecgviz_half (at INTEGER)")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    with pytest.raises(Exception, match="ecgviz_half"):
        open_store(place)
    monkeypatch.undo()
    open_store(place).close()
    assert not sa.inspect(store.engine).has_table("ecgviz_half")


def test_a_new_store_may_be_opened_by_several_at_once(place):
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(open_store, [place] * 6))
    saved = save(stores[0], Reading(SHA, "AB", "Normal"))
    assert all(readings_of(store, SHA) == [saved] for store in stores)
    for store in stores:
        store.close()


def test_a_writer_that_waited_too_long_says_so(place, monkeypatch):
    for module in (opening,):
        monkeypatch.setattr(module, "STORE", StoreConfig(busy_s=1.0))
    first, second = open_store(place), open_store(place)
    saved = save(first, Reading(SHA, "AB", "Normal"))
    with first.writing() as connection:
        connection.execute(READINGS.update().values(comment="half done"))
        with pytest.raises(EcgImageError) as refusal:
            save(second, Reading(SHA, "AB", "History of MI", id=saved.id, version=1))
    assert refusal.value.code == "store_busy"
    first.close()
    second.close()
