"""Export: every reading in both formats, readable by others, without pictures."""

import csv
import io
import json
from dataclasses import replace

from ecgviz.store import FINDINGS, MEASURED, KeptPrediction, Reading, as_csv, as_jsonl, keep_predictions, save

SHA = "c3" * 32


def test_json_lines_hold_reading_trail_and_predictions(store):
    saved = save(store, Reading(SHA, "Ä", "Normal", ("paced",), measurements={"qt_ms": 400.0}), b"picture")
    changed = save(store, replace(saved, label="History of MI"))
    save(store, Reading(SHA, "CD", "Normal"))
    keep_predictions(store, SHA, [KeptPrediction("cnn", "v1", "Normal", "predicted", (0.9, 0.1, 0.0, 0.0))])
    first, second = (json.loads(line) for line in as_jsonl(store).decode().splitlines())
    assert first["schema"] == "ecgviz.kept_reading/1"
    assert (first["reader"], first["label"], first["version"]) == ("Ä", "History of MI", 2)
    assert first["changed_at"] == changed.changed_at
    assert [line["before"] and line["before"]["label"] for line in first["history"]] == [None, "Normal"]
    assert first["predictions"]["cnn"]["probabilities"] == [0.9, 0.1, 0.0, 0.0]
    assert second["reader"] == "CD"
    assert b"picture" not in as_jsonl(store).replace(b"has_picture", b"").replace(b"picture_kept", b"")


def test_csv_has_a_column_for_each_finding_and_measurement_and_no_formula(store):
    save(store, Reading(SHA, "=AB", "Normal", ("paced",), "-1+1", {"axis_deg": -30.0}))
    (row,) = csv.DictReader(io.StringIO(as_csv(store).decode()))
    assert (row["reader"], row["comment"]) == ("'=AB", "'-1+1")
    assert {name: row[name] for name in FINDINGS} == {name: str(int(name == "paced")) for name in FINDINGS}
    assert [row[name] for name in MEASURED] == ["", "", "", "", "-30.0"]


def test_an_empty_store_exports_no_line_and_a_header(store):
    assert as_jsonl(store) == b""
    assert len(as_csv(store).splitlines()) == 1
