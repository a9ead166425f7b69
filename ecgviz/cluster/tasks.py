"""What a worker does: one task that hashes a file, one that reads it. Networks stay in the worker's memory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import count

from ecgviz.batch import BatchFile, FileResult, RunSettings, hash_of, read_file, unavailable
from models.serving import predictor
from preprocessing.errors import EcgImageError

_READ = count(1)


@dataclass(frozen=True)
class Hashed:
    """A file that a worker has opened: its hash, or why there is none."""

    sha256: str | None
    result: FileResult | None = None


@dataclass(frozen=True)
class ReadByWorker:
    """What a worker made of a file, and how it fares itself: files read so far, and bytes resident afterwards."""

    result: FileResult
    address: str
    files: int
    resident_bytes: int


def hash_file(file: BatchFile, settings: RunSettings) -> Hashed:
    """Open a file and return its hash; one that cannot be opened, or is too large, is done with its refusal."""
    try:
        data = file.content()
    except EcgImageError as error:
        return Hashed(None, FileResult(unavailable(file.file, error)))
    sha256 = hash_of(data)
    return Hashed(sha256, None if sha256 else read_file(data, file.file, settings, False))


def read_on_worker(file: BatchFile, settings: RunSettings) -> ReadByWorker:
    """Read a file on a worker."""
    import psutil
    from distributed import get_worker

    if settings.networks:
        predictor.networks()  # A missing model is no file's fault.
    try:
        data = file.content()
    except EcgImageError as error:
        result = FileResult(unavailable(file.file, error))
    else:
        result = read_file(data, file.file, settings, False)
    resident = psutil.Process(os.getpid()).memory_info().rss
    return ReadByWorker(result, get_worker().address, next(_READ), int(resident))


async def end_process() -> None:
    """End the worker's process at once; a coroutine, since its end cannot be waited for."""
    os._exit(0)
