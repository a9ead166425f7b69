"""What the command ``batch`` writes of its files, one after another, and once they are done."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from ecgviz.batch import (
    Done,
    ParquetRows,
    Row,
    Run,
    RunRecord,
    RunSettings,
    as_csv,
    compared,
    counted,
    leads_csv,
    other_versions,
    reading,
)
from ecgviz.batch_results import evaluation_files, labelled_predictions, labelled_rows

READINGS, TABLE, LEADS, PARQUET, RUN = "readings.jsonl", "table.csv", "leads.csv", "table.parquet", "run.json"
REPORTS, SIGNALS, EVALUATION = "reports", "signals", "evaluation"


class ResultFiles:
    """The tables and the run file of a batch, written file by file, so that no more than one is in memory.

    Parameters
    ----------
    out : Path
    settings : RunSettings
    labelled : bool
        Whether true classes were given. The rows then stay in memory, to be scored.
    """

    def __init__(self, out: Path, settings: RunSettings, labelled: bool) -> None:
        self._out, self._settings, self._labelled = out, settings, labelled
        out.mkdir(parents=True, exist_ok=True)
        self._open = ExitStack()
        self._table, self._leads = (self._open.enter_context(text_file(out / name)) for name in (TABLE, LEADS))
        self._parquet, self._record = ParquetRows(out / PARQUET), RunRecord(settings)
        self._table.write(as_csv([]))
        self._leads.write(leads_csv([]))
        self._counts: Counter[str] = Counter()
        self._rows: list[Row] = []

    def add(self, done: Done) -> None:
        """Add a file."""
        self._table.write(as_csv([done], header=False))
        self._leads.write(leads_csv([done], header=False))
        self._table.flush()
        self._leads.flush()
        self._parquet.add(done)
        self._record.add(done)
        row = done.row
        self._counts.update(counted([row]))
        self._counts.update(reports=bool(row.report), failed=row.refusal == reading.PROGRAM_ERROR.code)
        if self._labelled:
            self._rows.append(row)

    def finished(self, before: Run | None) -> tuple[dict[str, Any], int]:
        """Write what needs all files; return the counts to print and the exit code.

        Parameters
        ----------
        before : Run or None
            An earlier run to compare with.
        """
        self._open.close()
        self._parquet.close()
        (self._out / RUN).write_text(self._record.written(), encoding="utf-8", errors="backslashreplace")
        names = [READINGS, TABLE, LEADS, PARQUET, RUN]
        names += [REPORTS] if self._counts["reports"] else []
        names += [SIGNALS] if self._settings.signals and self._counts["read"] else []
        counts: dict[str, Any] = {name: self._counts[name] for name in counted([])}
        if self._labelled:
            counts["labelled"] = len(labelled_rows(self._rows))
            if labelled_predictions(self._rows).probabilities:
                (self._out / EVALUATION).mkdir(exist_ok=True)
                for name, content in evaluation_files(self._rows).items():
                    (self._out / EVALUATION / name).write_bytes(content)
                names.append(EVALUATION)
        differs = False
        if before is not None:
            now = self._record.run()
            found = compared(before, now)
            differs = bool(found.different)
            counts["run"] = {"same": found.same, "different": list(found.different), "missing": list(found.missing),
                             "added": list(found.added), "versions": other_versions(before, now)}  # fmt: skip
        counts["written"] = [str(self._out / name) for name in names]
        return counts, int(bool(self._counts["failed"]) or differs)


def text_file(path: Path) -> TextIO:
    """Open a file of results for writing."""
    # A file name of broken bytes is written escaped instead of ending the batch.
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
