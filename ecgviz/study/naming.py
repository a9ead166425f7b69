"""What an export is named, and what its reader has to know of its leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from preprocessing.traces import Trace

# Of the sha256 that names a file: enough to be the only one, short enough to read.
HASH_LETTERS = 16


def name_of(sha256: str) -> str:
    """Return the name of what is exported: from the file's hash, never from the file's name.

    Examples
    --------
    >>> name_of("9cc31813a81c5937e4f35b1fb5526227")
    'ecg_9cc31813a81c5937'
    """
    return f"ecg_{sha256[:HASH_LETTERS]}"


def remarks(traces: Sequence[Trace]) -> list[str]:
    """Say what a reader of the table may not expect."""
    turned_over = any(trace.lead == "-aVR" for trace in traces)
    return ["-aVR is aVR turned over, as the page prints it in Cabrera's order"] if turned_over else []
