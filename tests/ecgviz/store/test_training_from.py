"""What retraining takes of a store: the same readings from the store itself and from its export, and kept pictures."""

from __future__ import annotations

from ecgviz.store import Reading, Role, as_jsonl, save
from models.retraining import confirmed_labels, kept_pictures, kept_readings

FIRST, SECOND, THIRD = "a1" * 32, "b2" * 32, "c3" * 32


def test_a_store_and_its_export_confirm_the_same_classes(store, place, tmp_path):
    save(store, Reading(FIRST, "AB", "Normal"))
    save(store, Reading(FIRST, "CD", "Normal"))
    save(store, Reading(SECOND, "AB", "Normal"))
    save(store, Reading(SECOND, "EF", "History of MI", role=Role.ADJUDICATION))
    save(store, Reading(THIRD, "AB", "Abnormal heartbeat"))
    export = tmp_path / "export.jsonl"
    export.write_bytes(as_jsonl(store))
    for where in (place, str(export)):
        known = confirmed_labels(kept_readings(where))
        assert known.labels == {FIRST: 0, SECOND: 3}
        assert known.open == 1


def test_only_pictures_that_readers_kept_are_given(store, place):
    save(store, Reading(FIRST, "AB", "Normal"), b"picture")
    save(store, Reading(FIRST, "CD", "Normal"), b"picture")
    save(store, Reading(SECOND, "AB", "Normal"))
    assert list(kept_pictures(place)) == [(FIRST, b"picture")]
