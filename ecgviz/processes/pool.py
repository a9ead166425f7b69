"""A pool of readers: requests are answered in the order in which they come, and a caller that leaves ends its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from ecgviz.processes.config import TICK_SECONDS, WATCH_SECONDS, PoolConfig
from ecgviz.processes.reader import HEAD, read_frame
from models.serving import ModelFileError
from preprocessing.errors import EcgImageError
from preprocessing.picture import LimitExceededError, Limits, ProcessEndedError, ProcessPool
from preprocessing.side_by_side import MOST_THREADS

PROGRAM = Path(__file__).with_name("reader.py")
_LAST = ("done", "refused", "network", "fault", "busy")
_ENDED = {
    "memory": (
        "too_large",
        "Reading this file took more memory than one report may, so it was ended; nothing else was. Save the report as "
        "JPEG or at a lower resolution.",
    ),
    "time": (
        "too_complex",
        "Reading this file took longer than any report should, so it was ended; nothing else was. Open the page alone, "
        "without pictures or patterns around it.",
    ),
    "crash": (
        "program_error",
        "Reading this file ended its process; nothing else was ended. Try another export of the report, and please "
        "report it to the project, without the image.",
    ),
}


class ReaderBusyError(EcgImageError):
    """The machine had no time for a reading. The file is not at fault, so this refusal is not to be kept."""

    def __init__(self) -> None:
        super().__init__(
            "program_error",
            "This machine is too busy to read the file now; nothing is wrong with the file. Open it again in a few "
            "minutes.",
        )


class ReaderFaultError(RuntimeError):
    """A bug, seen in a reader; the text is its traceback."""


class Readers:
    """Processes that read.

    Parameters
    ----------
    config : PoolConfig
    """

    def __init__(self, config: PoolConfig) -> None:
        megabyte = 2**20
        self._limits = Limits(config.processor_seconds, config.wall_seconds, config.memory_mb * megabyte)
        self._pool = ProcessPool(
            PROGRAM,
            most=config.readers,
            most_requests=config.most_requests,
            most_idle_bytes=config.idle_mb * megabyte,
            every_seconds=WATCH_SECONDS,
        )
        # Its queue keeps the order of requests; a lock would not.
        self._places = ThreadPoolExecutor(config.readers, thread_name_prefix="reader")
        # Requests that are being answered or wait.
        self._open: set[SimpleQueue[tuple[str, Any]]] = set()

    def run(self, request: bytes, on_message: Callable[[str, Any], None], while_waiting: Callable[[], None]) -> Any:
        """Have a reader answer a request.

        Parameters
        ----------
        request : bytes
            A pickled name of `reader.TASKS` and its arguments.
        on_message : callable
            Called in this thread with each ``step`` and ``image``.
        while_waiting : callable
            Called in this thread several times a second. What it raises ends the reading.

        Raises
        ------
        EcgImageError
            The reader's refusal; ``too_large`` or ``too_complex`` beyond the limits; ``program_error`` where the
            reader ended.
        ReaderBusyError
        ModelFileError
            A network's file is missing or damaged.
        ReaderFaultError
        """
        messages: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        stop = threading.Event()
        self._open.add(messages)
        waiting = self._places.submit(self._ask, request, messages, stop)
        try:
            while True:
                try:
                    kind, value = messages.get(timeout=TICK_SECONDS)
                except Empty:
                    while_waiting()
                    continue
                if kind in _LAST:
                    break
                on_message(kind, value)
        except BaseException:
            # Not after an answer: its reader stays warm.
            stop.set()
            waiting.cancel()
            raise
        finally:
            self._open.discard(messages)
        if kind == "refused":
            raise EcgImageError(*value)
        if kind == "busy":
            raise ReaderBusyError
        if kind == "network":
            raise ModelFileError(value)
        if kind == "fault":
            raise ReaderFaultError(value)
        return value

    def _ask(self, request: bytes, messages: SimpleQueue[tuple[str, Any]], stop: threading.Event) -> None:
        if stop.is_set():
            return
        try:
            receive = partial(_received, messages)
            # Beside other readings a second thread takes their cores, and spends what it waits for them.
            threads = bytes([MOST_THREADS if len(self._open) == 1 else 1])
            self._pool.ask([threads, HEAD.pack(len(request)), request], receive, self._limits, stop)
        except LimitExceededError as exceeded:
            busy = exceeded.limit == "wall"
            messages.put(("busy", None) if busy else ("refused", _ENDED.get(exceeded.limit, _ENDED["crash"])))
        except ProcessEndedError:
            messages.put(("refused", _ENDED["crash"]))


def _received(messages: SimpleQueue[tuple[str, Any]], stream: IO[bytes]) -> None:
    """Pass on each frame of an answer; the last ends it."""
    while True:
        frame = read_frame(stream)
        if frame is None:
            raise EOFError
        messages.put(frame)
        if frame[0] in _LAST:
            return
