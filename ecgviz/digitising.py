"""The command ``digitise``: the signals of one report as files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ecgviz import exports, wfdb_record
from ecgviz.opening import bytes_of
from ecgviz.reading import refusal_of
from ecgviz.study import Study, open_study
from preprocessing.errors import EcgImageError


def add_digitise(commands: Any) -> None:
    """Add the command to the parser's commands."""
    digitise = commands.add_parser(
        "digitise",
        help="the signals of one report as CSV, WFDB and JSON",
        description="Read one report's signals, 500 samples a second in mV, and write them as files. Prints one JSON "
        "object: what was written, or why the file was refused. The exit code is 0 when it was read or refused, and 2 "
        "when a file could not be opened or written, or no kind of file was asked for.",
    )
    digitise.add_argument("file", metavar="FILE", help="image or PDF of a report; the content decides")
    digitise.add_argument("--csv", metavar="OUT", type=Path, help="a table: time_s and one column a lead, in mV")
    digitise.add_argument("--wfdb", metavar="DIR", type=Path, help="a folder for a WFDB record named by the hash")
    digitise.add_argument("--json", metavar="OUT", type=Path, help="signals, their places on the page, measurements")
    digitise.set_defaults(run=digitise_file)


def digitise_file(chosen: argparse.Namespace) -> int:
    """Run ``digitise`` and return its exit code."""
    if not (chosen.csv or chosen.wfdb or chosen.json):
        print("Say what to write: --csv OUT, --wfdb DIR or --json OUT.", file=sys.stderr)
        return 2
    try:
        data = bytes_of(chosen.file)
    except EcgImageError as unopened:
        print(unopened.message, file=sys.stderr)
        return 2
    try:
        study = open_study(data, chosen.file)
    except EcgImageError as error:
        print(json.dumps(refusal_of(data, chosen.file, error), ensure_ascii=False))
        return 0
    try:
        written = [_write(path, content) for path, content in _files(study, chosen)]
    except OSError as error:
        print(f"{error.filename} could not be written: {error.strerror}.", file=sys.stderr)
        return 2
    done = {"file": chosen.file, "sha256": study.image.sha256, "status": "read", "written": written}
    print(json.dumps(done, ensure_ascii=False))
    return 0


def _files(study: Study, chosen: argparse.Namespace) -> list[tuple[Path, bytes]]:
    files = []
    if chosen.csv:
        files.append((chosen.csv, exports.as_csv(study.traces, study.image.sha256)))
    if chosen.wfdb:
        record = wfdb_record.record(study.traces, study.image.sha256)
        files += [(chosen.wfdb / name, content) for name, content in record.items()]
    if chosen.json:
        files.append((chosen.json, exports.as_json(study)))
    return files


def _write(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path)
