"""Everything that a store holds, but for pictures, as JSON Lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from ecgviz.store.findings import FINDINGS, MEASURED
from ecgviz.store.opening import Store
from ecgviz.store.queries import every_prediction, every_reading, history_of

SCHEMA = "ecgviz.kept_reading/1"
# Spreadsheets take a cell that starts like this for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")
_PLAIN = ("sha256", "role", "reader", "label", "blind", "comment", "file", "has_picture", "version", "created_at",
          "changed_at")  # fmt: skip
COLUMNS = (*_PLAIN, *MEASURED, *FINDINGS, "boxes")


def as_jsonl(store: Store) -> bytes:
    """Write one line a reading, with its audit trail and the networks' predictions of its report."""
    predictions = every_prediction(store)
    history = defaultdict(list)
    for change in history_of(store):
        history[change.reading_id].append(
            {"version": change.version, "at": change.at, "who": change.who, "before": change.before}
        )
    lines = [
        json.dumps(
            {
                "schema": SCHEMA,
                **asdict(reading),
                "history": history[reading.id],
                "predictions": {key: asdict(one) for key, one in predictions.get(reading.sha256, {}).items()},
            },
            ensure_ascii=False,
        )
        for reading in every_reading(store)
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def as_csv(store: Store) -> bytes:
    """Write one row a reading: findings as 1 or 0; an apostrophe precedes what looks like a formula.

    The rows hold the newest version of each reading; the audit trail is in the JSON Lines alone.
    """
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for reading in every_reading(store):
        values: dict[str, Any] = asdict(reading)
        row = [values[name] for name in _PLAIN]
        row += [reading.measurements.get(name) for name in MEASURED]
        row += [int(name in reading.findings) for name in FINDINGS]
        row.append(None if reading.boxes is None else json.dumps(reading.boxes))
        table.writerow([_cell(value) for value in row])
    return stream.getvalue().encode()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
