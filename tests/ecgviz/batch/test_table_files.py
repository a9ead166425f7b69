"""The files of a batch for other programs: every value, and a CSV without formulas."""

import csv
import io
import json
from dataclasses import replace
from unittest.mock import patch

import pandas as pd
import pytest

from ecgviz import __version__
from ecgviz.batch.columns import COLUMNS, ENDINGS, LEAD_COLUMNS
from ecgviz.batch.reading import Done
from ecgviz.batch.rows import row_of
from ecgviz.batch.run import with_labels
from ecgviz.batch.table_files import as_csv, as_parquet, leads_csv
from ecgviz.study import reading_from, refusal
from models.serving import predictor
from preprocessing.errors import EcgImageError
from tests.conftest import fixed_prediction
from tests.quick_reading import quick_study, report

# At import the stand-in for the networks is not installed yet.
with patch.object(predictor, "networks", lambda: fixed_prediction):
    READING = json.loads(json.dumps(reading_from(quick_study(report(1), "a.png"))))
REASON = EcgImageError("not_an_ecg", 'No "trace", here;\nopen a report.')


def done_of(reading, **changed):
    return Done(replace(row_of(reading), **changed), json.dumps(reading), b"")


READ = done_of(READING, number=1, warnings=("first", "second"))
REFUSED = done_of(refusal("x.png", None, REASON), number=2)
BOTH = with_labels([READ, REFUSED], ["Normal", None])


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_keeps_every_value():
    read, refused = rows_of(as_csv(BOTH))
    assert list(read) == list(COLUMNS)
    assert (read["warnings"], read["label"], refused["label"]) == ("first second", "Normal", "")
    assert refused["message"] == REASON.message
    assert read["app_version"] == refused["app_version"] == __version__
    for name, value in READING["measurements"].items():
        if name in COLUMNS:
            assert read[name] == ("" if value is None else str(value)), name
    assert float(read["rr_median_ms"]) == READING["measurements"]["rr_ms"]["median"]
    assert float(read["sigma"]) == READING["settings"]["sigma"]


def test_the_csv_has_every_probability_and_version_of_every_model():
    read, refused = rows_of(as_csv(BOTH))
    predicted = {key: one for key, one in READING["models"].items() if one}
    assert len(predicted) >= 3
    for key, verdict in predicted.items():
        assert [float(read[f"{key}_p_{ending}"]) for ending in ENDINGS] == verdict["probabilities"]
        assert read[f"{key}_version"] == verdict["version"]
        assert read[f"{key}_abstains"] == str(verdict["abstains"])
    assert {refused[name] for name in COLUMNS if "_p_" in name} == {""}


def test_each_lead_has_a_row_with_the_probabilities_of_each_network():
    rows = rows_of(leads_csv(BOTH))
    assert len(rows) == len(READING["leads"])
    assert list(rows[0]) == list(LEAD_COLUMNS)
    assert {(row["number"], row["file"], row["label"]) for row in rows} == {("1", "a.png", "Normal")}
    first = READING["leads"][0]
    assert (rows[0]["lead"], float(rows[0]["quality"])) == (first["lead"], first["quality"])
    for network, probabilities in first["probabilities"].items():
        assert [float(rows[0][f"{network}_p_{ending}"]) for ending in ENDINGS] == probabilities


def test_parquet_keeps_kinds_and_missing_values():
    table = pd.read_parquet(io.BytesIO(as_parquet(BOTH)))
    assert list(table.columns) == list(COLUMNS)
    assert table["heart_rate_bpm"].tolist()[0] == READING["measurements"]["heart_rate_bpm"]
    assert pd.api.types.is_numeric_dtype(table["trace_cnn_p_normal"])
    assert table["ensemble_abstains"].tolist()[0] in (True, False)
    assert table["ensemble_abstains"].isna().tolist() == [False, True]
    assert table["file"].tolist() == ["a.png", "x.png"]


def test_a_batch_of_nothing_has_all_its_columns():
    assert as_csv([]).splitlines() == [",".join(COLUMNS)]
    assert list(pd.read_parquet(io.BytesIO(as_parquet([]))).columns) == list(COLUMNS)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a"])
def test_no_cell_begins_like_a_formula(name):
    done = replace(REFUSED, row=replace(REFUSED.row, file=name, duplicate_of=name, message=name))
    (row,) = rows_of(as_csv([done]))
    assert {row["file"], row["duplicate_of"], row["message"]} == {f"'{name}"}
    (lead, *_) = rows_of(leads_csv([replace(READ, row=replace(READ.row, file=name))]))
    assert lead["file"] == f"'{name}"
    # Parquet is opened by programs.
    assert pd.read_parquet(io.BytesIO(as_parquet([done])))["file"].tolist() == [name]
