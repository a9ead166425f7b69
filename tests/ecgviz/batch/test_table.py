"""The filters over a batch's table, and the table itself."""

import json
from dataclasses import replace

import pytest

from ecgviz.batch.rows import COLUMNS, row_of
from ecgviz.batch.run import Done
from ecgviz.batch.table import ANSWERS, DUPLICATES, WARNINGS, Filters, frame, layouts, nameless
from ecgviz.study import name_of, reading_from
from tests.ecgviz.batch.test_rows import REFUSED
from tests.quick_reading import quick_study, report

READ = row_of(reading_from(quick_study(report(1), "Ward/A.png")))
ROWS = {
    "no answer": READ,
    "answered": replace(READ, file="b.png", ensemble_abstains=False, layout="12x1", warnings=("scale_assumed",)),
    "refused": REFUSED,
    "again": replace(REFUSED, duplicate_of="x.png"),
}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), set(ROWS)),
        (Filters(name="ward/a"), {"no answer"}),
        (Filters(name="[x"), set()),
        (Filters(status=("read",)), {"no answer", "answered"}),
        (Filters(status=("read", "refused")), set(ROWS)),
        (Filters(labels=("Normal",)), {"no answer", "answered"}),
        (Filters(labels=("History of MI",)), set()),
        (Filters(layouts=("12x1",)), {"answered"}),
        (Filters(answer=ANSWERS[1]), {"answered"}),
        (Filters(answer=ANSWERS[2]), {"no answer"}),
        (Filters(warnings=WARNINGS[1]), {"answered"}),
        (Filters(warnings=WARNINGS[2]), set(ROWS) - {"answered"}),
        (Filters(duplicates=DUPLICATES[1]), set(ROWS) - {"again"}),
        (Filters(duplicates=DUPLICATES[2]), {"again"}),
        (Filters(status=("read",), answer=ANSWERS[1], layouts=("3x4+1",)), set()),
    ],
)
def test_filters_keep_what_is_wanted(filters, kept):
    assert {name for name, row in ROWS.items() if filters.keep(row)} == kept


def test_the_table_has_a_row_a_file():
    done = [Done(row, "{}", b"RIFF" if row.status == "read" else b"") for row in ROWS.values()]
    table = frame(done)
    assert set(table.columns) == {*COLUMNS, "picture"}
    assert table["file"].tolist() == [row.file for row in ROWS.values()]
    assert table["cnn_confidence"][0] == pytest.approx(90)
    assert table["warnings"].tolist() == ["", "scale_assumed", "", ""]
    assert table["picture"].notna().tolist() == [True, True, False, False]
    assert layouts(done) == ["12x1", "3x4+1"]


def test_an_empty_table_has_all_its_columns():
    assert set(frame([]).columns) == {*COLUMNS, "picture"}


def test_without_names_a_file_is_called_by_its_hash_or_its_place():
    first = nameless(Done(replace(READ, duplicate_of="Ward/first.png"), '{"file": "Ward/A.png", "page": 1}', b"small"))
    assert first.row.file == first.row.duplicate_of == name_of(READ.sha256)
    assert json.loads(first.line) == {"file": first.row.file, "page": 1}
    assert first.thumbnail == b"small"
    unknown = nameless(Done(replace(REFUSED, number=7), '{"file": "x.png"}', b""))
    assert (unknown.row.file, unknown.row.duplicate_of) == ("file 7", None)
