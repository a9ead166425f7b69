"""How the command ``batch`` reads its files: one after another in its own process, or spread over workers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecgviz.batch import (
    Batch,
    BatchFile,
    Run,
    RunSettings,
    into_folder,
    left_in_words,
    outcome,
    progress_line,
    with_label,
)
from ecgviz.cluster import Credentials, Progress, Spread, connected, local_client, open_ledger
from ecgviz.commands.batch_results import READINGS, REPORTS, SIGNALS, ResultFiles, text_file

if TYPE_CHECKING:
    from distributed import Client

# The exit code of a program that Ctrl-C ended.
STOPPED = 130
Labels = Sequence[str | None] | None


def read_alone(
    files: Sequence[BatchFile], out: Path, settings: RunSettings, labels: Labels, before: Run | None
) -> tuple[dict[str, Any], int]:
    """Read files in this process by name; return the counts to print and the exit code."""
    batch = Batch(files, settings, False, *_kept(out))
    results = ResultFiles(out, settings, labels is not None)
    with text_file(out / READINGS) as readings:
        while (done := batch.step()) is not None:
            print(done.line, file=readings, flush=True)
            results.add(done if labels is None else with_label(done, labels[len(batch.done) - 1]))
            print(progress_line(batch), file=sys.stderr)
    return results.finished(before)


def read_by_workers(
    files: Sequence[BatchFile],
    out: Path,
    settings: RunSettings,
    labels: Labels,
    before: Run | None,
    chosen: argparse.Namespace,
) -> tuple[dict[str, Any], int]:
    """Have workers read what is not done yet, then write the tables of all that is done, by name.

    Ctrl-C keeps what is done; the same command goes on with the rest.
    """
    stopped = False
    with open_ledger(out, READINGS, settings) as ledger:
        try:
            with _client(chosen) as client:
                spread = Spread(client, ledger, settings, *_kept(out), own_workers=chosen.scheduler is None)
                with closing(spread.run(files)) as progress:
                    for one in progress:
                        print(_line(one), file=sys.stderr)
        except KeyboardInterrupt:
            stopped = True
            print("Stopped. What is done is kept; run the same command again to go on.", file=sys.stderr)
        results = ResultFiles(out, settings, labels is not None)
        for number, file in enumerate(files, start=1):
            entry = ledger.entry(file.file)
            if entry is not None:
                done = ledger.done(number, entry)
                results.add(done if labels is None else with_label(done, labels[number - 1]))
    counts, code = results.finished(before)
    return counts, STOPPED if stopped else code


def _client(chosen: argparse.Namespace) -> AbstractContextManager[Client]:
    if chosen.scheduler is None:
        return local_client(chosen.workers or None)
    return connected(chosen.scheduler, Credentials(chosen.tls_ca, chosen.tls_cert, chosen.tls_key), chosen.plain)


def _kept(out: Path) -> tuple[Any, Any]:
    return into_folder(out / REPORTS), into_folder(out / SIGNALS)


def _line(one: Progress) -> str:
    """Return the last file's result, the rate and the time left."""
    row = one.done.row
    rate = f"{one.per_second:.1f} files/s" if one.per_second >= 1 else f"{60 * one.per_second:.1f} files/min"
    return (
        f"{one.entered}/{one.of}  {row.file}: {outcome(row)}, {row.seconds:.1f} s; {rate}, {left_in_words(one.left_s)}"
    )
