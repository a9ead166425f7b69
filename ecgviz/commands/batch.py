"""The command ``batch``: a folder or a zip archive of reports, as readings, one table and a report each."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from ecgviz.batch import (
    KINDS,
    PROGRAM_ERROR,
    Batch,
    BatchFile,
    as_csv,
    counted,
    in_folder,
    in_zip,
    into_folder,
    progress_line,
    reports,
)
from preprocessing.errors import EcgImageError

READINGS, TABLE, REPORTS = "readings.jsonl", "table.csv", "reports"
NONE = "none"


def add_batch(commands: Any) -> None:
    """Add the command to the parser's commands."""
    batch = commands.add_parser(
        "batch",
        help="a folder or a zip archive of reports, as readings, one table and a report each",
        description="Read every file of a folder and of those within it, or of a zip archive, in the order of their "
        f"names. {READINGS} has one reading a line, {TABLE} one row a file, {REPORTS}/ a report of each that was "
        "read, named by its hash, with header and margins hidden. A file that cannot be read is a row "
        "with its reason; files with the same bytes are read once. Hidden files are passed over. In the table, an "
        "apostrophe stands before a name that a spreadsheet would take for a formula. Progress goes to the standard "
        "error, and one JSON object with the counts to the standard output. The exit code is 0 when every file was "
        "read or refused, 1 when a fault of the program ended the reading of one, and 2 when the folder or archive "
        "could not be opened or the results could not be written.",
    )
    batch.add_argument("source", metavar="FOLDER|ZIP", type=Path, help="where the reports are")
    batch.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the results go")
    batch.add_argument("--reports", choices=[*KINDS, NONE], default=next(iter(KINDS)),
                       help="kind of the reports; html is the quickest (default: %(default)s)")  # fmt: skip
    batch.add_argument("--no-models", action="store_true", help="do not ask the networks, which takes seconds to load")
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
        batch = Batch(files, not chosen.no_models, made, thumbnails=False)
        try:
            _write(batch, chosen.out)
        except OSError as error:
            print(f"{error.filename or chosen.out} could not be written: {error.strerror}.", file=sys.stderr)
            return 2
    rows = [done.row for done in batch.done]
    folders = (REPORTS,) if any(row.report for row in rows) else ()
    written = [str(chosen.out / name) for name in (READINGS, TABLE, *folders)]
    print(json.dumps({"source": str(chosen.source), **counted(rows), "written": written}, ensure_ascii=False))
    return 1 if any(row.refusal == PROGRAM_ERROR.code for row in rows) else 0


def _files(source: Path, out: Path, stack: ExitStack) -> list[BatchFile]:
    return in_folder(source, out) if source.is_dir() else in_zip(stack.enter_context(source.open("rb")))


def _write(batch: Batch, out: Path) -> None:
    """Read the batch to its end, and write each file's line as soon as it is there."""
    out.mkdir(parents=True, exist_ok=True)
    with _text(out / READINGS) as readings, _text(out / TABLE) as table:
        table.write(as_csv([]))
        while (done := batch.step()) is not None:
            print(done.line, file=readings, flush=True)
            table.write(as_csv([done.row], header=False))
            table.flush()
            print(progress_line(batch), file=sys.stderr)


def _text(path: Path) -> TextIO:
    # A name that is no text, which a disk may have, stays readable instead of ending the batch.
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
