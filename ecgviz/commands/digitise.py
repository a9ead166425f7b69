"""The command ``digitise``: write the signals of one report as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ecgviz.commands.arguments import add_report_files
from ecgviz.commands.writing import written_from
from ecgviz.export import signal_files, wfdb_record
from ecgviz.study import Study


def add_digitise(commands: Any) -> None:
    """Add the command to the parser's commands."""
    digitise = commands.add_parser(
        "digitise",
        help="write the signals of one report as CSV, WFDB or JSON",
        description="Read one report's signals, in mV at 500 Hz, and write them as files. Prints one JSON object: the "
        "files written, or the refusal. The exit code is 0 if the report was read or refused, and 2 if a file could "
        "not be opened or written, or no output was given.",
    )
    add_report_files(digitise)
    digitise.add_argument("--csv", metavar="OUT", type=Path, help="a table: time_s and one column per lead, in mV")
    digitise.add_argument("--wfdb", metavar="DIR", type=Path, help="a folder for a WFDB record named by the hash")
    digitise.add_argument("--json", metavar="OUT", type=Path, help="signals, their positions on the page, measurements")
    digitise.set_defaults(run=digitise_file)


def digitise_file(chosen: argparse.Namespace) -> int:
    """Run ``digitise`` and return its exit code."""
    if not (chosen.csv or chosen.wfdb or chosen.json):
        print("Give an output: --csv OUT, --wfdb DIR or --json OUT.", file=sys.stderr)
        return 2
    return written_from(chosen.file, lambda study: _files(study, chosen), with_models=False)


def _files(study: Study, chosen: argparse.Namespace) -> list[tuple[Path, bytes]]:
    files = []
    if chosen.csv:
        files.append((chosen.csv, signal_files.as_csv(study.traces, study.image.sha256)))
    if chosen.wfdb:
        record = wfdb_record.record(study.traces, study.image.sha256)
        files += [(chosen.wfdb / name, content) for name, content in record.items()]
    if chosen.json:
        files.append((chosen.json, signal_files.as_json(study)))
    return files
