"""A batch as files for other programs: CSV and Parquet of every value, by report or by lead."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ecgviz.batch.columns import COLUMNS, LEAD_COLUMNS, lead_values, report_values
from ecgviz.batch.reading import Done

# Spreadsheets take a cell that starts like this for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")


def as_csv(done: Iterable[Done], header: bool = True) -> str:
    """Write one row per file; an apostrophe precedes text that a spreadsheet would take for a formula."""
    return _written(COLUMNS, map(report_values, done), header)


def leads_csv(done: Iterable[Done], header: bool = True) -> str:
    """Write one row per lead of every file that was read, written as `as_csv` writes."""
    return _written(LEAD_COLUMNS, (values for one in done for values in lead_values(one)), header)


def as_parquet(done: Sequence[Done]) -> bytes:
    """Write one row per file as Parquet: numbers as numbers, yes and no as booleans, names as they are."""
    table = pd.DataFrame([report_values(one) for one in done], columns=list(COLUMNS)).astype(COLUMNS)
    content: bytes = table.to_parquet(index=False)
    return content


def _written(columns: dict[str, str], rows: Iterable[dict[str, Any]], header: bool) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    if header:
        table.writerow(columns)
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
