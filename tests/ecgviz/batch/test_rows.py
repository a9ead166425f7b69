"""Rows of a batch's table: the reading's values, and a CSV without formulas."""

import csv
import io
from dataclasses import replace

import pytest

from ecgviz.batch.rows import COLUMNS, as_csv, counted, row_of
from ecgviz.study import reading_from, refusal
from preprocessing.errors import EcgImageError
from tests.quick_reading import quick_study, report

REFUSED = row_of(refusal("x.png", None, EcgImageError("not_an_ecg", 'No "trace", here;\nopen a report.')))


def reading(networks=True):
    return reading_from(quick_study(report(1), "a.png", with_models=networks))


def test_a_row_has_the_values_of_its_reading():
    whole = reading()
    row = row_of(whole, "ecg_1.html")
    assert (row.file, row.status, row.sha256, row.report) == ("a.png", "read", whole["sha256"], "ecg_1.html")
    assert (row.layout, row.order) == (whole["layout"]["name"], "standard")
    assert (row.speed_mm_s, row.gain_mm_mv, row.scale_from) == (25.0, 10.0, "grid")
    for name in ("heart_rate_bpm", "rhythm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg"):
        assert getattr(row, name) == whole["measurements"][name] is not None
    for model, verdict in whole["models"].items():
        for name in ("label", "confidence", "abstains"):
            assert getattr(row, f"{model}_{name}") == (verdict and verdict[name])
    assert row.networks_agree is False
    assert row.refusal is row.message is None


def test_networks_with_the_same_class_agree():
    whole = reading()
    whole["models"]["trace_cnn_lstm"]["label"] = whole["models"]["trace_cnn"]["label"]
    assert row_of(whole).networks_agree is True


def test_without_networks_their_columns_are_empty():
    row = row_of(reading(networks=False))
    assert {getattr(row, name) for name in COLUMNS if name.startswith(("trace_cnn", "ensemble", "networks"))} == {None}


def test_a_refusal_has_its_code_and_its_sentence():
    assert (REFUSED.status, REFUSED.refusal) == ("refused", "not_an_ecg")
    assert REFUSED.layout is REFUSED.trace_cnn_label is REFUSED.sha256 is None


def test_the_csv_keeps_every_value():
    rows = [replace(row_of(reading()), number=1, warnings=("first", "second")), REFUSED]
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert tuple(read[0]) == COLUMNS
    assert (read[0]["warnings"], read[0]["heart_rate_bpm"]) == ("first second", str(rows[0].heart_rate_bpm))
    assert (read[0]["trace_cnn_abstains"], read[1]["trace_cnn_abstains"]) == ("False", "")
    assert read[1]["message"] == REFUSED.message


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a"])
def test_no_cell_begins_like_a_formula(name):
    row = replace(REFUSED, file=name, duplicate_of=name, message=name)
    read = next(csv.DictReader(io.StringIO(as_csv([row]), newline="")))
    assert {read["file"], read["duplicate_of"], read["message"]} == {f"'{name}"}


def test_counts():
    rows = [row_of(reading()), REFUSED, replace(REFUSED, duplicate_of="x.png")]
    assert counted(rows) == {"files": 3, "read": 1, "refused": 2, "duplicates": 1}
