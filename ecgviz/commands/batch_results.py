"""What the command ``batch`` writes while it reads, and once it is done."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from ecgviz.batch import (
    Batch,
    Run,
    RunSettings,
    as_csv,
    as_parquet,
    compared,
    counted,
    leads_csv,
    other_versions,
    progress_line,
    reading,
    run_of,
    with_label,
    written_run,
)
from ecgviz.batch_results import evaluation_files, labelled_predictions

READINGS, TABLE, LEADS, PARQUET, RUN = "readings.jsonl", "table.csv", "leads.csv", "table.parquet", "run.json"
REPORTS, SIGNALS, EVALUATION = "reports", "signals", "evaluation"


def written(
    batch: Batch, out: Path, settings: RunSettings, labels: Sequence[str | None] | None, before: Run | None
) -> tuple[dict[str, Any], int]:
    """Read a batch to its end and write its files; return the counts to print and the exit code."""
    _read(batch, out, labels)
    done, rows = batch.done, [one.row for one in batch.done]
    (out / PARQUET).write_bytes(as_parquet(done))
    (out / RUN).write_text(written_run(done, settings), encoding="utf-8", errors="backslashreplace")
    names = [READINGS, TABLE, LEADS, PARQUET, RUN]
    names += [REPORTS] if any(row.report for row in rows) else []
    names += [SIGNALS] if settings.signals and any(row.status == "read" for row in rows) else []
    counts: dict[str, Any] = dict(counted(rows))
    if labels is not None:
        predictions = labelled_predictions(rows)
        counts["labelled"] = len(predictions.labels)
        if predictions.probabilities:
            (out / EVALUATION).mkdir(exist_ok=True)
            for name, content in evaluation_files(rows).items():
                (out / EVALUATION / name).write_bytes(content)
            names.append(EVALUATION)
    differs = False
    if before is not None:
        now = run_of(done, settings)
        found = compared(before, now)
        differs = bool(found.different)
        counts["run"] = {"same": found.same, "different": list(found.different), "missing": list(found.missing),
                         "added": list(found.added), "versions": other_versions(before, now)}  # fmt: skip
    counts["written"] = [str(out / name) for name in names]
    failed = any(row.refusal == reading.PROGRAM_ERROR.code for row in rows)
    return counts, int(failed or differs)


def _read(batch: Batch, out: Path, labels: Sequence[str | None] | None) -> None:
    """Read every file and write its lines at once."""
    out.mkdir(parents=True, exist_ok=True)
    with _text(out / READINGS) as readings, _text(out / TABLE) as table, _text(out / LEADS) as leads:
        table.write(as_csv([]))
        leads.write(leads_csv([]))
        while batch.step() is not None:
            place = len(batch.done) - 1
            if labels is not None:
                batch.done[place] = with_label(batch.done[place], labels[place])
            done = batch.done[place]
            print(done.line, file=readings, flush=True)
            table.write(as_csv([done], header=False))
            leads.write(leads_csv([done], header=False))
            table.flush()
            leads.flush()
            print(progress_line(batch), file=sys.stderr)


def _text(path: Path) -> TextIO:
    # A file name of broken bytes is written escaped instead of ending the batch.
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
