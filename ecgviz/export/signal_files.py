"""Export of the signals on one time axis, as CSV and as JSON, without patient data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from ecgviz import __version__
from ecgviz.study import Study, on_page_clock, place, reading_from, remarks
from preprocessing.traces import RATE_HZ, Trace

SCHEMA = "ecgviz.signals/1"
DECIMALS = 4


def as_csv(traces: Sequence[Trace], sha256: str) -> bytes:
    """Write the signals as a table: lines of `#`, a header, then `time_s` and one column a lead, in mV."""
    time_s, leads = on_page_clock(traces)
    lines = [
        f"# ecgviz {__version__}: signals read from an image; for research and teaching only, not a medical device",
        f"# units: time_s in seconds from the first column's left edge, leads in mV; rate: {RATE_HZ} Hz",
        "# NaN where nothing is printed or read; II_rhythm and similar columns are rhythm strips",
        *(f"# {remark}" for remark in remarks(traces)),
        f"# sha256 of the file: {sha256}",
        ",".join(["time_s", *leads]),
    ]
    table = [_column(values) for values in leads.values()]
    lines += [",".join(row) for row in zip((f"{second:.3f}" for second in time_s), *table, strict=True)]
    return ("\n".join(lines) + "\n").encode("ascii")


def _column(mv: np.ndarray) -> list[str]:
    return ["NaN" if value != value else f"{value:.{DECIMALS}f}" for value in mv.tolist()]


def as_json(study: Study) -> bytes:
    """Write signals, their positions on the page, measurements, and how the page was read.

    The file's name is left out.
    """
    reading = reading_from(study)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "note": "Signals read from an image. For research and teaching only; not a medical device.",
        "sha256": reading["sha256"],
        "page": reading["page"],
        "layout": {**reading["layout"], "set_by_hand": study.corrections is not None},
        "warnings": reading["warnings"],
        "units": {
            "mv": "mV, null where nothing is printed or read",
            "start_s": "s from the first column's left edge",
            "origin_px": "pixels of the page as read: upright, and flattened where laid_flat is true",
        },
        "remarks": remarks(study.traces),
        "rate_hz": RATE_HZ,
        "leads": [_lead(trace) for trace in sorted(study.traces, key=place)],
        "measurements": reading["measurements"],
    }
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _lead(trace: Trace) -> dict[str, Any]:
    return {
        "lead": trace.lead,
        "role": trace.role,
        "column": trace.key,
        "start_s": trace.start_s,
        "quality": round(trace.quality, 4),
        "origin_px": [round(coordinate, 3) for coordinate in trace.origin_px],
        "px_per_sample": round(trace.px_per_sample, 6),
        "px_per_mv": round(trace.px_per_mv, 4),
        "mv": [None if value != value else round(value, DECIMALS) for value in trace.mv.tolist()],
    }
