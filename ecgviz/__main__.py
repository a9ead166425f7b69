"""The command line: ``python -m ecgviz read``, ``digitise``, ``report``, ``batch``, ``serve``; each has ``--help``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from ecgviz import __version__
from ecgviz.commands import (
    add_batch,
    add_digitise,
    add_no_models,
    add_report,
    add_report_files,
    add_stage_settings,
    stage_settings,
)
from ecgviz.service import add_serve
from ecgviz.study import bytes_of, reading_of, refusal
from preprocessing.errors import EcgImageError
from preprocessing.stages import StageSettings


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="python -m ecgviz",
        description="Read images of 12-lead ECG reports. For research and teaching; not a medical device.",
    )
    top.add_argument("--version", action="version", version=f"ecgviz {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    read = commands.add_parser(
        "read",
        help="print one JSON object per file: page, layout, leads, predictions, or the refusal",
        description="Read each file and print one JSON object per line. The exit code is 0 if every file was read or "
        "refused, and 2 if one could not be opened.",
    )
    add_report_files(read, "files", nargs="+")
    read.add_argument("--jsonl", metavar="OUT", type=Path, help="write the objects to this file instead")
    add_stage_settings(read)
    add_no_models(read)
    read.set_defaults(run=print_readings)
    add_digitise(commands)
    add_report(commands)
    add_batch(commands)
    add_serve(commands)
    return top


def readings(files: Sequence[str], with_models: bool, settings: StageSettings) -> Iterator[tuple[dict[str, Any], bool]]:
    """Read files one after another; yield each reading and whether the file could be opened."""
    for file in files:
        try:
            yield reading_of(bytes_of(file), file, with_models, settings), True
        except EcgImageError as error:
            yield refusal(file, None, error), False


def print_readings(chosen: argparse.Namespace) -> int:
    """Run ``read`` and return its exit code."""
    every_opened = True
    with ExitStack() as stack:
        try:
            out = stack.enter_context(chosen.jsonl.open("w", encoding="utf-8")) if chosen.jsonl else sys.stdout
        except OSError as error:
            print(f"{chosen.jsonl} could not be written: {error.strerror}.", file=sys.stderr)
            return 2
        for reading, opened in readings(chosen.files, not chosen.no_models, stage_settings(chosen)):
            every_opened &= opened
            try:
                print(json.dumps(reading, ensure_ascii=False), file=out, flush=True)
            except OSError as error:
                print(f"{chosen.jsonl or 'The output'} could not be written: {error.strerror}.", file=sys.stderr)
                # Closing tries once more, and what is left then is dropped.
                with suppress(OSError):
                    out.close()
                return 2
            if not opened:
                print(reading["refusal"]["message"], file=sys.stderr)
    return 0 if every_opened else 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    chosen = parser().parse_args(arguments)
    return int(chosen.run(chosen))


if __name__ == "__main__":
    sys.exit(main())
