"""Saving: one reading per person and report, no change lost, an audit trail, and nothing kept that was not ticked."""

import subprocess
from dataclasses import replace

import pytest

from ecgviz.store import (
    KeptPrediction,
    Reading,
    Role,
    boxes_of,
    corrections_of,
    counts_of,
    decision_of,
    delete_everything,
    every_prediction,
    every_reading,
    history_of,
    keep_predictions,
    open_store,
    picture_of,
    reading_of,
    readings_of,
    save,
)
from ecgviz.store.tables import TABLES
from ecgviz.study import Corrections
from preprocessing.errors import EcgImageError
from preprocessing.page import Turn
from tests.postgresql_server import installed

SHA = "a1" * 32
BY_HAND = Corrections("3x4+1", (0.0, 90.5), (0.0, 50.0), 50.0, 5.0, (4.0, 4.1), (("I", (1.0, 2.0, 3.0, 4.0)),), ("II",),
                      Turn(1, True))  # fmt: skip
FULL = Reading(SHA, "AB", "Normal", ("sinus_rhythm",), "Ünüsual; see V2", {"pr_ms": 180.0}, boxes_of(BY_HAND), True)


def test_a_reading_comes_back_as_it_was_saved(store):
    saved = save(store, FULL)
    assert reading_of(store, SHA, "AB") == saved
    assert saved.version == 1
    assert replace(saved, version=0, created_at="", changed_at="") == FULL
    assert corrections_of(saved.boxes) == BY_HAND


def test_it_is_there_when_the_store_is_opened_anew(store, place):
    saved = save(store, FULL)
    again = open_store(place)
    assert readings_of(again, SHA) == [saved]
    again.close()


def test_a_second_reading_of_the_same_person_is_refused_and_changes_nothing(store):
    saved = save(store, FULL)
    with pytest.raises(EcgImageError) as refusal:
        save(store, Reading(SHA, "AB", "History of MI"))
    assert refusal.value.code == "reading_changed"
    assert list(every_reading(store)) == [saved]
    assert len(history_of(store)) == 1


def test_of_two_changes_of_one_version_the_second_is_refused(store):
    loaded = save(store, FULL)
    first = save(store, replace(loaded, label="History of MI"))
    with pytest.raises(EcgImageError, match="nothing was overwritten"):
        save(store, replace(loaded, label="Myocardial infarction"))
    assert reading_of(store, SHA, "AB") == first


def test_sent_again_without_an_acknowledgement_it_is_kept_once(store):
    saved = save(store, FULL)
    assert save(store, FULL) == saved
    assert save(store, saved) == saved
    assert [change.version for change in history_of(store, SHA)] == [1]


def test_of_two_equal_changes_of_one_version_the_second_is_refused_too(store):
    changed = replace(save(store, FULL), comment="")
    assert save(store, changed).version == 2
    with pytest.raises(EcgImageError, match="nothing was overwritten"):
        save(store, changed)


def test_the_trail_says_who_when_and_what_before(store):
    saved = save(store, FULL)
    changed = save(store, replace(saved, label="History of MI", blind=False))
    first, second = history_of(store, SHA)
    assert (first.who, first.at, first.before) == ("AB", saved.created_at, None)
    assert (second.who, second.at) == ("AB", changed.changed_at)
    assert second.before == {**saved.content, "reader": "AB"}
    assert second.before["label"] == "Normal"


def test_several_people_read_one_report_and_one_of_them_decides(store):
    for reader in ("AB", "CD"):
        save(store, Reading(SHA, reader, "Normal"))
    decided = save(store, Reading(SHA, "AB", "History of MI", role=Role.ADJUDICATION))
    assert len(readings_of(store, SHA)) == 3
    assert decision_of(store, SHA) == decided
    with pytest.raises(EcgImageError) as refusal:
        save(store, Reading(SHA, "CD", "Normal", role=Role.ADJUDICATION))
    assert refusal.value.code == "reading_changed"
    other = save(store, replace(decided, reader="CD", label="Normal"))
    assert decision_of(store, SHA) == other
    assert history_of(store, SHA)[-1].before["reader"] == "AB"


def test_file_and_picture_are_kept_only_where_asked_for_and_leave_no_trace_when_taken_back(store):
    save(store, FULL)
    assert picture_of(store, SHA) is None
    saved = reading_of(store, SHA, "AB")
    named = save(store, replace(saved, file="Doe_Jane.jpg"), b"the page")
    assert (named.file, named.has_picture, picture_of(store, SHA)) == ("Doe_Jane.jpg", True, b"the page")
    without = save(store, replace(named, file=None))
    assert (without.file, without.has_picture, picture_of(store, SHA)) == (None, False, None)
    assert "Doe" not in str(history_of(store))


def test_what_was_changed_or_deleted_is_not_left_in_a_sqlite_file(tmp_path):
    path = tmp_path / "readings.sqlite"
    store = open_store(path)
    saved = save(store, replace(FULL, file="Doe_Jane.jpg"), b"SECRET PICTURE" * 500)
    save(store, replace(saved, file=None))
    delete_everything(store)
    assert counts_of(store).readings == 0
    assert not history_of(store)
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in (b"Doe_Jane", b"SECRET", b"sual; see", SHA.encode()):
        assert word not in left
    store.close()


def test_after_everything_was_deleted_the_store_can_be_used(store):
    save(store, FULL, b"picture")
    keep_predictions(store, SHA, [KeptPrediction("cnn", "v1", "Normal", "predicted", (0.9, 0.1, 0.0, 0.0))])
    delete_everything(store)
    assert (list(every_reading(store)), every_prediction(store), picture_of(store, SHA)) == ([], {}, None)
    assert save(store, FULL).version == 1


def test_the_newest_prediction_of_each_network_counts_and_none_is_doubled(store):
    old, new = (KeptPrediction("cnn", v, "Normal", "unsure", (0.4, 0.3, 0.2, 0.1)) for v in ("v1", "v2"))
    other = replace(old, network="ensemble")
    for each in ([old, other], [old], [new]):
        keep_predictions(store, SHA, each)
    assert every_prediction(store) == {SHA: {"cnn": new, "ensemble": other}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"reader": ""},
        {"label": "Healthy"},
        {"findings": ("cold",)},
        {"measurements": {"pr_ms": 9.0}},
        {"comment": "x" * 2001},
    ],
)
def test_what_no_form_can_give_is_a_fault_of_the_program(wrong):
    with pytest.raises(ValueError, match=r"."):
        replace(FULL, **wrong)


@pytest.mark.postgresql
def test_an_account_without_the_right_to_delete_records_and_deletes_nothing(postgresql):
    owner = open_store(postgresql)
    delete_everything(owner)
    with owner.writing() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS recorder")
        connection.exec_driver_sql("CREATE ROLE recorder LOGIN")
        connection.exec_driver_sql("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO recorder")
    store = open_store(postgresql.replace("postgres@", "recorder@"))
    saved = save(store, FULL)
    save(store, replace(saved, label="History of MI"))
    with pytest.raises(EcgImageError) as refusal:
        delete_everything(store)
    assert refusal.value.code == "store_unavailable"
    assert counts_of(owner).readings == 1
    store.close()
    with owner.writing() as connection:
        connection.exec_driver_sql("DROP OWNED BY recorder")
        connection.exec_driver_sql("DROP ROLE recorder")
    owner.close()


@pytest.mark.postgresql
def test_the_backup_that_is_described_brings_every_reading_back(postgresql):
    store = open_store(postgresql)
    delete_everything(store)
    saved = save(store, FULL, b"the page")
    socket = postgresql.partition("host=")[2]
    dump = [str(installed() / "pg_dump"), "--host", socket, "--username", "postgres", "--table", "ecgviz_*", "postgres"]
    backup = subprocess.run(dump, check=True, capture_output=True).stdout
    with store.writing() as connection:
        for table in TABLES.sorted_tables:
            connection.exec_driver_sql(f"DROP TABLE {table.name}")
    psql = [str(installed() / "psql"), "--host", socket, "--username", "postgres", "--quiet", "postgres"]
    subprocess.run(psql, check=True, input=backup, capture_output=True)
    assert readings_of(store, SHA) == [saved]
    assert picture_of(store, SHA) == b"the page"
    store.close()


def test_a_copy_made_by_sqlite_itself_holds_every_reading(tmp_path):
    store = open_store(tmp_path / "readings.sqlite")
    saved = save(store, FULL)
    store.outside_transaction(f"VACUUM INTO '{tmp_path / 'backup.sqlite'}'")
    copy = open_store(tmp_path / "backup.sqlite")
    assert readings_of(copy, SHA) == [saved]
    copy.close()
    store.close()
