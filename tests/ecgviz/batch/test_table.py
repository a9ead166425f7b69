"""The filters over a batch's table, and the table itself."""

import json
from dataclasses import replace
from unittest.mock import patch

import pytest

from ecgviz.batch.reading import Done
from ecgviz.batch.rows import row_of
from ecgviz.batch.table import (
    AGAINST_LABEL,
    AGREEMENT,
    DUPLICATES,
    PREDICTIONS,
    WARNINGS,
    Filters,
    frame,
    layouts,
    nameless,
)
from ecgviz.study import name_of, reading_from
from models.serving import predictor
from tests.conftest import fixed_prediction
from tests.ecgviz.batch.test_rows import REFUSED
from tests.quick_reading import quick_study, report

# At import the stand-in for the networks is not installed yet.
with patch.object(predictor, "networks", lambda: fixed_prediction):
    READ = row_of(reading_from(quick_study(report(1), "Ward/A.png")))
COMBINED = replace(READ.combined, abstains=False, state="predicted")
ROWS = {
    "abstained": READ,
    "predicted": replace(
        READ,
        file="b.png",
        layout="12x1",
        warnings=("scale_assumed",),
        label="Normal",
        verdicts={**dict.fromkeys(READ.verdicts, COMBINED)},
    ),
    "refused": REFUSED,
    "again": replace(REFUSED, duplicate_of="x.png"),
}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), set(ROWS)),
        (Filters(name="ward/a"), {"abstained"}),
        (Filters(name="[x"), set()),
        (Filters(status=("read",)), {"abstained", "predicted"}),
        (Filters(status=("read", "refused")), set(ROWS)),
        (Filters(labels=("Normal",)), {"predicted"}),
        (Filters(labels=("History of MI",)), set()),
        (Filters(layouts=("12x1",)), {"predicted"}),
        (Filters(prediction=PREDICTIONS[1]), {"predicted"}),
        (Filters(prediction=PREDICTIONS[2]), {"abstained"}),
        (Filters(warnings=WARNINGS[1]), {"predicted"}),
        (Filters(warnings=WARNINGS[2]), set(ROWS) - {"predicted"}),
        (Filters(duplicates=DUPLICATES[1]), set(ROWS) - {"again"}),
        (Filters(duplicates=DUPLICATES[2]), {"again"}),
        (Filters(agreement=AGREEMENT[1]), {"predicted"}),
        (Filters(agreement=AGREEMENT[2]), {"abstained"}),
        (Filters(agreement=AGREEMENT[1], between=("trace_cnn", "ensemble")), {"abstained", "predicted"}),
        (Filters(against_label=AGAINST_LABEL[1]), {"predicted"}),
        (Filters(against_label=AGAINST_LABEL[2]), set()),
        (Filters(against_label=AGAINST_LABEL[3]), set(ROWS) - {"predicted"}),
        (Filters(status=("read",), prediction=PREDICTIONS[1], layouts=("3x4+1",)), set()),
    ],
)
def test_filters_keep_the_matching_rows(filters, kept):
    assert {name for name, row in ROWS.items() if filters.keep(row)} == kept


@pytest.mark.parametrize(
    ("found", "shown"),
    [(("Any infarction", "Sinus rhythm"), "Any infarction, Sinus rhythm"), ((), "none"), (None, None)],
)
def test_findings_stand_in_words_and_none_is_not_nothing(found, shown):
    assert frame([Done(replace(READ, findings=found), "{}", b"")])["findings"][0] == shown


def test_the_table_has_one_row_per_file():
    done = [Done(row, "{}", b"RIFF" if row.status == "read" else b"") for row in ROWS.values()]
    table = frame(done)
    assert table["file"].tolist() == [row.file for row in ROWS.values()]
    assert table["trace_cnn_confidence"][0] == pytest.approx(90)
    # Without a prediction there is no class and no confidence, only the state.
    assert table["ensemble_label"].isna().tolist() == [True, False, True, True]
    assert table["ensemble_confidence"].isna()[0]
    assert table["ensemble_state"][0] == "unsure"
    assert table["warnings"].tolist() == ["", "scale assumed", "", ""]
    assert table["agree"].fillna("").tolist() == ["no", "yes", "", ""]
    assert table["label"].fillna("").tolist() == ["", "Normal", "", ""]
    assert table["findings"][2:].isna().all()
    assert table["picture"].notna().tolist() == [True, True, False, False]
    assert layouts(done) == ["12x1", "3x4+1"]


def test_an_empty_table_has_its_columns():
    assert {"number", "picture", "file", "status", "warnings", "ensemble_state"} <= set(frame([]).columns)


def test_without_names_a_file_is_called_by_its_hash_or_its_number():
    first = nameless(Done(replace(READ, duplicate_of="Ward/first.png"), '{"file": "Ward/A.png", "page": 1}', b"small"))
    assert first.row.file == first.row.duplicate_of == name_of(READ.sha256)
    assert json.loads(first.line) == {"file": first.row.file, "page": 1}
    assert first.thumbnail == b"small"
    unknown = nameless(Done(replace(REFUSED, number=7), '{"file": "x.png"}', b""))
    assert (unknown.row.file, unknown.row.duplicate_of) == ("file 7", None)
