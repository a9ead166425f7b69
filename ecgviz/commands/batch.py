"""The command ``batch``: read a folder or zip archive of reports into readings, tables and a report each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ecgviz.batch import (
    NONE,
    SCHEME,
    BatchFile,
    Run,
    RunSettings,
    at_address,
    in_folder,
    in_list,
    in_zip_at,
    opened_run,
    report_files,
    sha256_of,
)
from ecgviz.commands.arguments import add_no_models, add_stage_settings, stage_settings
from ecgviz.commands.batch_readers import Labels, read_alone, read_by_workers
from ecgviz.commands.batch_results import EVALUATION, LEADS, PARQUET, READINGS, REPORTS, RUN, SIGNALS, TABLE
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.labels import by_folder, labels_from_csv, matched
from preprocessing.errors import EcgImageError
from preprocessing.stages import StageSettings

LIST_ENDING = ".txt"
FIRST_REPORTS = next(iter(report_files.KINDS))


def add_batch(commands: Any) -> None:
    """Add the command to the parser's commands."""
    batch = commands.add_parser(
        "batch",
        help="read a folder or zip archive of reports into readings, tables and a report each",
        description="Read every file of a folder and its subfolders, a zip archive, a list or an address, by name. "
        f"{READINGS} has one reading per line, {TABLE} and {PARQUET} one row per file with every value, {LEADS} one "
        f"row per lead, {RUN} settings, versions and hashes for --run, {REPORTS}/ a report of each file read, named by "
        f"its hash, with header and margins hidden, {SIGNALS}/ the signals in each format chosen, {EVALUATION}/ with "
        "labels the scores of every model. A file that cannot be read has a row with its reason; files with the same "
        "bytes are read once and scored once. Hidden files are skipped. In CSV, an apostrophe precedes names that a "
        "spreadsheet would take for a formula. Progress goes to standard error, and one JSON object with the counts "
        "to standard output. The exit code is 0 if every file was read or refused, 1 if a program error ended the "
        "reading of one or a reading differs from that of --run, and 2 if the source, the labels or the run file "
        "could not be used or the results could not be written.",
    )
    batch.add_argument("source", metavar="FOLDER|ZIP|LIST|ADDRESS",
                       help=f"the reports: a folder, a zip archive, a {LIST_ENDING} file with a path or address per "
                       "line, or an address such as s3://bucket/folder")  # fmt: skip
    batch.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder for the results")
    labels = batch.add_mutually_exclusive_group()
    labels.add_argument("--labels", metavar="CSV", type=Path,
                        help="true classes: columns file and label, or sha256 and label")  # fmt: skip
    labels.add_argument("--label-folders", action="store_true",
                        help="true classes: the names of the folders that the reports lie in")  # fmt: skip
    batch.add_argument("--run", metavar="JSON", type=Path, dest="again",
                       help=f"read as an earlier batch did, by its {RUN}, and compare the readings")  # fmt: skip
    batch.add_argument("--reports", choices=[*report_files.KINDS, NONE],
                       help=f"format of the reports; html is fastest (default: {FIRST_REPORTS})")  # fmt: skip
    batch.add_argument("--signals", choices=list(SIGNAL_FORMATS), nargs="+",
                       help="formats in which to write the signals (default: none)")  # fmt: skip
    _add_workers(batch)
    add_stage_settings(batch)
    add_no_models(batch)
    batch.set_defaults(run=read_batch)


def _add_workers(batch: argparse.ArgumentParser) -> None:
    workers = batch.add_mutually_exclusive_group()
    workers.add_argument("--workers", metavar="N", type=int, nargs="?", const=0,
                         help="read in N processes of this machine, one a core without N; the same command goes on "
                         "after any stop, and several commands may share --out")  # fmt: skip
    workers.add_argument("--scheduler", metavar="ADDRESS",
                         help="read on the workers of a Dask cluster, such as tls://host:8786")  # fmt: skip
    for name, of in (("ca", "authority"), ("cert", "certificate of this machine"), ("key", "its key")):
        batch.add_argument(f"--tls-{name}", metavar="PEM", type=Path, help=f"for --scheduler: {of}")
    batch.add_argument("--plain", action="store_true",
                       help="allow a scheduler without TLS: anybody on the network can read along")  # fmt: skip


def read_batch(chosen: argparse.Namespace) -> int:
    """Run ``batch`` and return its exit code."""
    # The source first: it is named in what could not be opened.
    path = chosen.source
    try:
        files = _files(path, chosen.out)
        if chosen.again is not None:
            path = chosen.again
        before = None if chosen.again is None else opened_run(path.read_bytes())
        settings = _settings(chosen, before)
        path = chosen.labels or chosen.source
        labels = _labels(chosen, files)
    except EcgImageError as refusal:
        print(f"{path}: {refusal.message}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{path} could not be opened: {error.strerror}.", file=sys.stderr)
        return 2
    if labels is None and before is not None and before.labels:
        labels = [before.labels.get(sha256_of(file) or "") for file in files]
    try:
        counts, code = _read(files, chosen, settings, labels, before)
    except EcgImageError as refusal:
        print(f"{chosen.out}: {refusal.message}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or chosen.out} could not be written: {error.strerror}.", file=sys.stderr)
        return 2
    print(json.dumps({"source": chosen.source, **counts}, ensure_ascii=False))
    return code


def _files(source: str, out: Path) -> list[BatchFile]:
    if SCHEME in source:
        return at_address(source)
    path = Path(source)
    if path.is_dir():
        return in_folder(path, out)
    return in_list(path) if path.suffix.lower() == LIST_ENDING else in_zip_at(path)


def _read(
    files: Sequence[BatchFile], chosen: argparse.Namespace, settings: RunSettings, labels: Labels, before: Run | None
) -> tuple[dict[str, Any], int]:
    if chosen.workers is None and chosen.scheduler is None:
        return read_alone(files, chosen.out, settings, labels, before)
    return read_by_workers(files, chosen.out, settings, labels, before, chosen)


def _settings(chosen: argparse.Namespace, before: Run | None) -> RunSettings:
    """Return the settings of the options, or of an earlier run, which leaves no room for options."""
    stages = stage_settings(chosen)
    if before is None:
        return RunSettings(not chosen.no_models, chosen.reports or FIRST_REPORTS, tuple(chosen.signals or ()),
                           stages.sigma, stages.threshold_shift)  # fmt: skip
    if chosen.no_models or chosen.reports or chosen.signals or stages != StageSettings():
        raise EcgImageError(
            "run_settings", "The run file gives the settings; leave out --reports, --signals, --sigma, "
            "--threshold-shift and --no-models.",
        )  # fmt: skip
    return before.settings


def _labels(chosen: argparse.Namespace, files: Sequence[BatchFile]) -> Sequence[str | None] | None:
    if chosen.label_folders:
        return by_folder([file.file for file in files])
    if chosen.labels is None:
        return None
    return matched(labels_from_csv(chosen.labels.read_bytes()), [(file.file, sha256_of(file)) for file in files])
