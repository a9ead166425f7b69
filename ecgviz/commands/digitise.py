"""The command ``digitise``: write the signals of one report as files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ecgviz.commands.arguments import add_report_files
from ecgviz.commands.writing import written_from
from ecgviz.export import SIGNAL_FORMATS, wfdb_record
from ecgviz.export.report import report_pdf
from ecgviz.study import Study

# A WFDB record is several files.
_ONE_FILE = {key: one for key, one in SIGNAL_FORMATS.items() if key != "wfdb"}


def add_digitise(commands: Any) -> None:
    """Add the command to the parser's commands."""
    digitise = commands.add_parser(
        "digitise",
        help="write the signals of one report as CSV, WFDB, JSON, DICOM, HL7 aECG, EDF+ or FHIR",
        description="Read one report's signals, in mV at 500 Hz, and write them as files. Prints one JSON object: the "
        "files written, or the refusal. The exit code is 0 if the report was read or refused, and 2 if a file could "
        "not be opened or written, or no output was given.",
    )
    add_report_files(digitise)
    digitise.add_argument("--wfdb", metavar="DIR", type=Path, help="a folder for a WFDB record named by the hash")
    for key, one in _ONE_FILE.items():
        digitise.add_argument(f"--{key}", metavar="OUT", type=Path, help=one.words)
    digitise.set_defaults(run=digitise_file)


def digitise_file(chosen: argparse.Namespace) -> int:
    """Run ``digitise`` and return its exit code."""
    if not (chosen.wfdb or any(getattr(chosen, key) for key in _ONE_FILE)):
        print(f"Give an output: --wfdb DIR, {', '.join(f'--{key} OUT' for key in _ONE_FILE)}.", file=sys.stderr)
        return 2
    return written_from(chosen.file, lambda study: _files(study, chosen), with_models=False)


def _files(study: Study, chosen: argparse.Namespace) -> list[tuple[Path, bytes]]:
    files = [(path, one.write(study, report_pdf)) for key, one in _ONE_FILE.items() if (path := getattr(chosen, key))]
    if chosen.wfdb:
        record = wfdb_record.record(study.traces, study.image.sha256)
        files += [(chosen.wfdb / name, content) for name, content in record.items()]
    return files
