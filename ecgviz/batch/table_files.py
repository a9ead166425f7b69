"""A batch as files for other programs: CSV and Parquet of every value, by report or by lead."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ecgviz.batch.columns import COLUMNS, LEAD_COLUMNS, lead_values, report_values
from ecgviz.batch.reading import Done

# Rows in one group of a Parquet file, so in memory at once: 15 MB with 150 columns.
ROWS_AT_ONCE = 10_000
# Spreadsheets take a cell that starts like this for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")


def as_csv(done: Iterable[Done], header: bool = True) -> str:
    """Write one row per file; an apostrophe precedes text that a spreadsheet would take for a formula."""
    return _written(COLUMNS, map(report_values, done), header)


def leads_csv(done: Iterable[Done], header: bool = True) -> str:
    """Write one row per lead of every file that was read, written as `as_csv` writes."""
    return _written(LEAD_COLUMNS, (values for one in done for values in lead_values(one)), header)


class ParquetRows:
    """One row per file as Parquet: numbers as numbers, yes and no as booleans, names as they are.

    Parameters
    ----------
    sink : path or binary file
    """

    def __init__(self, sink: Path | BinaryIO) -> None:
        self._sink, self._rows = sink, list[dict[str, Any]]()
        self._writer: pq.ParquetWriter | None = None

    def add(self, done: Done) -> None:
        """Add the row of a file; `ROWS_AT_ONCE` are in memory at most."""
        self._rows.append(report_values(done))
        if len(self._rows) == ROWS_AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write the rows that are left, and the end of the file."""
        if self._rows or self._writer is None:
            self._write()
        assert self._writer is not None
        self._writer.close()

    def _write(self) -> None:
        frame = pd.DataFrame(self._rows, columns=list(COLUMNS)).astype(COLUMNS)
        table = pa.Table.from_pandas(frame, schema=self._writer and self._writer.schema, preserve_index=False)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._sink, table.schema)
        self._writer.write_table(table)
        self._rows = []


def as_parquet(done: Iterable[Done]) -> bytes:
    """Write one row per file as Parquet."""
    content = io.BytesIO()
    rows = ParquetRows(content)
    for one in done:
        rows.add(one)
    rows.close()
    return content.getvalue()


def _written(columns: dict[str, str], rows: Iterable[dict[str, Any]], header: bool) -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    if header:
        table.writerow(columns)
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
