"""The command ``batch``: read a folder or zip archive of reports into readings, a table and a report each."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from ecgviz.batch import (
    Batch,
    BatchFile,
    as_csv,
    counted,
    in_folder,
    in_zip,
    into_folder,
    progress_line,
    report_files,
    reports,
    run,
    signals,
)
from ecgviz.commands.arguments import add_no_models
from ecgviz.export import SIGNAL_FORMATS
from preprocessing.errors import EcgImageError

READINGS, TABLE, REPORTS, SIGNALS = "readings.jsonl", "table.csv", "reports", "signals"
NONE = "none"


def add_batch(commands: Any) -> None:
    """Add the command to the parser's commands."""
    batch = commands.add_parser(
        "batch",
        help="read a folder or zip archive of reports into readings, a table and a report each",
        description="Read every file of a folder and its subfolders, or of a zip archive, by name. "
        f"{READINGS} has one reading per line, {TABLE} one row per file, {REPORTS}/ a report of each file read, named "
        f"by its hash, with header and margins hidden, {SIGNALS}/ the signals in each format chosen. A file that "
        "cannot be read has a row with its reason; files with the same bytes are read once. Hidden files are skipped. "
        "In the table, an apostrophe precedes names that a spreadsheet would take for a formula. Progress goes to "
        "standard error, and one JSON object with the counts to standard output. The exit code is 0 if every file was "
        "read or refused, 1 if a program error ended the reading of one, and 2 if the source could not be opened or "
        "the results could not be written.",
    )
    batch.add_argument("source", metavar="FOLDER|ZIP", type=Path, help="the reports")
    batch.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder for the results")
    batch.add_argument("--reports", choices=[*report_files.KINDS, NONE], default=next(iter(report_files.KINDS)),
                       help="format of the reports; html is fastest (default: %(default)s)")  # fmt: skip
    batch.add_argument("--signals", choices=list(SIGNAL_FORMATS), nargs="+", default=[],
                       help="formats in which to write the signals (default: none)")  # fmt: skip
    add_no_models(batch)
    batch.set_defaults(run=read_batch)


def read_batch(chosen: argparse.Namespace) -> int:
    """Run ``batch`` and return its exit code."""
    with ExitStack() as stack:
        try:
            files = _files(chosen.source, chosen.out, stack)
        except EcgImageError as refusal:
            print(f"{chosen.source}: {refusal.message}", file=sys.stderr)
            return 2
        except OSError as error:
            print(f"{chosen.source} could not be opened: {error.strerror}.", file=sys.stderr)
            return 2
        made = None if chosen.reports == NONE else reports(chosen.reports, into_folder(chosen.out / REPORTS))
        traces = signals(chosen.signals, into_folder(chosen.out / SIGNALS))
        batch = Batch(files, not chosen.no_models, made, thumbnails=False, signals=traces)
        try:
            _write(batch, chosen.out)
        except OSError as error:
            print(f"{error.filename or chosen.out} could not be written: {error.strerror}.", file=sys.stderr)
            return 2
    rows = [done.row for done in batch.done]
    folders = [REPORTS] if any(row.report for row in rows) else []
    folders += [SIGNALS] if chosen.signals and any(row.status == "read" for row in rows) else []
    written = [str(chosen.out / name) for name in (READINGS, TABLE, *folders)]
    print(json.dumps({"source": str(chosen.source), **counted(rows), "written": written}, ensure_ascii=False))
    return 1 if any(row.refusal == run.PROGRAM_ERROR.code for row in rows) else 0


def _files(source: Path, out: Path, stack: ExitStack) -> list[BatchFile]:
    return in_folder(source, out) if source.is_dir() else in_zip(stack.enter_context(source.open("rb")))


def _write(batch: Batch, out: Path) -> None:
    """Read the batch to its end and write each file's line at once."""
    out.mkdir(parents=True, exist_ok=True)
    with _text(out / READINGS) as readings, _text(out / TABLE) as table:
        table.write(as_csv([]))
        while (done := batch.step()) is not None:
            print(done.line, file=readings, flush=True)
            table.write(as_csv([done.row], header=False))
            table.flush()
            print(progress_line(batch), file=sys.stderr)


def _text(path: Path) -> TextIO:
    # A file name of broken bytes is written escaped instead of ending the batch.
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
