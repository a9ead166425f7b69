"""Signals from our own CSV: lines of `#`, then `time_s` and one column a lead, in millivolts."""

from __future__ import annotations

import csv
from io import StringIO

import numpy as np

from ecgviz.records.config import RECORDS
from ecgviz.records.lead_names import lead_of
from ecgviz.records.record import LeadBuffer, Record, checked_rate, damaged_record

FORMAT = "CSV"


def record_of_csv(data: bytes) -> Record:
    """Read a table of signals."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise damaged_record(FORMAT) from error
    lines = (line for line in StringIO(text) if not line.startswith("#"))
    try:
        table = csv.reader(lines, strict=True)
        names = next(table)[1 : RECORDS.most_signals]
        rows = []
        for row in table:
            rows.append([float(cell) for cell in row[: len(names) + 1]])
            # The first tells the rate, by which the last that is needed is known.
            if len(rows) > 2 and rows[-1][0] - rows[0][0] > RECORDS.page_s + 1:
                break
        values = np.array(rows, np.float64)
    except (csv.Error, ValueError, StopIteration, IndexError) as error:
        raise damaged_record(FORMAT) from error
    if values.ndim != 2 or values.shape[0] < 2:
        raise damaged_record(FORMAT)
    steps_s = np.diff(values[:, 0])
    step_s = float(np.median(steps_s))
    # Times have three decimals.
    if not step_s > 0 or not np.all(np.abs(steps_s - step_s) <= max(0.0011, step_s / 100)):
        raise damaged_record(FORMAT)
    rate_hz = checked_rate((values.shape[0] - 1) / float(values[-1, 0] - values[0, 0]), FORMAT)
    buffer = LeadBuffer(FORMAT)
    for name, mv in zip(names, values[:, 1:].T, strict=False):
        lead = lead_of(name)
        if lead is not None:
            buffer.add(lead, mv, rate_hz)
    return buffer.record()
