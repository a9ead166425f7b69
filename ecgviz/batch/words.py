"""The progress and the results of a batch in words."""

from __future__ import annotations

from collections.abc import Sequence

from ecgviz.batch.rows import Row, counted
from ecgviz.batch.run import Batch
from ecgviz.predictions import percent

MINUTE_S, HOUR_S = 60, 3600
# How each state of a verdict is shown.
STATES = {"predicted": "predicted", "unsure": "unsure", "not_applicable": "not applicable"}


def progress_line(batch: Batch) -> str:
    """Return the last file's result and the time left."""
    row = batch.done[-1].row
    what = f"{row.number}/{len(batch.files)}  {row.file}: {outcome(row)}, {row.seconds:.1f} s"
    left = left_in_words(batch.left_s)
    return f"{what}; {left}" if batch.running else what


def how_far(batch: Batch, named: bool = True) -> str:
    """Return the files done, the time left and, with `named`, the file being read."""
    done, of = len(batch.done), len(batch.files)
    if done == of:
        return f"All {of} files done." if of != 1 else "The file is done."
    files = f"{of} file{'s' * (of != 1)}"
    if not batch.running:
        return f"{done} of {files} done; stopped."
    now = f" Reading {batch.files[done].file}" if named else ""
    return f"{done} of {files} done; {left_in_words(batch.left_s)}.{now}"


def outcome(row: Row) -> str:
    """Return the result of a file in a few words."""
    if row.duplicate_of is not None:
        return f"duplicate of {row.duplicate_of}"
    if row.refusal is not None:
        return f"refused ({code_in_words(row.refusal)})"
    combined = row.combined
    if combined is None:
        return "read"
    if combined.abstains:
        return f"read, no prediction: {STATES[combined.state]}"
    return f"read, {combined.label} ({percent(combined.confidence)})"


def code_in_words(code: str) -> str:
    """Write the code of a refusal or a warning for people; files keep the code itself.

    Examples
    --------
    >>> code_in_words("not_an_ecg")
    'not an ECG'
    """
    return code.replace("_", " ").replace("ecg", "ECG")


def summary(rows: Sequence[Row], shown: int) -> str:
    """Return the counts of the rows, and how many pass the filters."""
    count = counted(rows)
    files = f"{count['files']} file{'s' * (count['files'] != 1)}"
    duplicates = count["duplicates"]
    twice = f", {duplicates} duplicate{'s' * (duplicates != 1)}" if duplicates else ""
    fewer = f" Shown: {shown}." if shown < count["files"] else ""
    return f"{files}: {count['read']} read, {count['refused']} refused{twice}.{fewer}"


def left_in_words(seconds: float | None) -> str:
    """Return a duration as coarse as the estimate is.

    Examples
    --------
    >>> left_in_words(44.0), left_in_words(200.0), left_in_words(9000.0), left_in_words(None)
    ('less than a minute left', 'about 3 minutes left', 'about 2.5 hours left', 'time left unknown')
    """
    if seconds is None:
        return "time left unknown"
    if seconds < MINUTE_S:
        return "less than a minute left"
    if seconds < HOUR_S:
        minutes = round(seconds / MINUTE_S)
        return f"about {minutes} minute{'s' * (minutes > 1)} left"
    return f"about {seconds / HOUR_S:.1f} hours left"
