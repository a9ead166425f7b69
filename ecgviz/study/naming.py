"""Names of exports, and remarks on their leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from preprocessing.traces import Trace

# Of the sha256: enough to be unique, short enough to read.
HASH_LETTERS = 16


def name_of(sha256: str) -> str:
    """Return the name of an export, from the file's hash and never from its name.

    Examples
    --------
    >>> name_of("9cc31813a81c5937e4f35b1fb5526227")
    'ecg_9cc31813a81c5937'
    """
    return f"ecg_{sha256[:HASH_LETTERS]}"


def remarks(traces: Sequence[Trace]) -> list[str]:
    """Return what a reader of exported signals may not expect."""
    inverted = any(trace.lead == "-aVR" for trace in traces)
    return ["-aVR is aVR inverted, as the page prints it in Cabrera's order"] if inverted else []
