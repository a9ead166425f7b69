"""A warm child process that answers requests, and is ended beyond limits of processor time and memory."""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

Answer = TypeVar("Answer")
# Several children share the cores, and NumPy's products are small: with threads, which wait for each other by spinning,
# reading a page took three times the processor time of finding its leads. What the environment says comes first.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Limits:
    """What one request may cost.

    Attributes
    ----------
    processor_seconds : float
        Of the child: other processes of a busy machine do not count.
    wall_seconds : float
        From request to answer, for a child that waits for ever.
    memory_bytes : int
        Resident in the child.
    """

    processor_seconds: float
    wall_seconds: float
    memory_bytes: int


class LimitExceededError(Exception):
    """The child was ended by this process.

    `limit` is ``time`` of the processor, ``memory``, ``wall`` where the answer did not come, or ``stop`` where the
    caller left.
    """

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


class ProcessEndedError(Exception):
    """The child ended before its answer was complete."""


class LimitedProcess:
    """One child process; not for two threads at once.

    Parameters
    ----------
    program : Path
        A Python file that reads requests from standard input and answers on standard output.
    every_seconds : float
        How often the child's time and memory are looked at.
    """

    def __init__(self, program: Path, every_seconds: float) -> None:
        # psutil is loaded with the first child: most reports need none.
        import psutil

        # -P keeps the program's folder off the path, where our modules would hide others of the same name.
        self._child = subprocess.Popen(
            [sys.executable, "-P", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ONE_THREAD | os.environ,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = psutil.Process(self._child.pid)
        self._gone: type[Exception] = psutil.Error
        self._every_seconds = every_seconds

    def ask(
        self,
        request: list[bytes],
        receive: Callable[[IO[bytes]], Answer],
        limits: Limits,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Send a request and return what `receive` makes of the answer; whatever goes wrong ends the child.

        Setting `stop` ends it too.

        Raises
        ------
        LimitExceededError
        ProcessEndedError
        """
        answered = threading.Event()
        exceeded: list[str] = []
        watch = threading.Thread(target=self._watch, args=(limits, answered, exceeded, stop), daemon=True)
        watch.start()
        try:
            assert self._child.stdin is not None
            assert self._child.stdout is not None
            for part in request:
                self._child.stdin.write(part)
            self._child.stdin.flush()
            return receive(self._child.stdout)
        except (OSError, EOFError) as error:
            self.end()
            answered.set()
            watch.join()
            if exceeded:
                raise LimitExceededError(exceeded[0]) from error
            raise ProcessEndedError from error
        except BaseException:
            # Half an answer is still in the pipe.
            self.end()
            raise
        finally:
            answered.set()

    @property
    def alive(self) -> bool:
        """Whether the child is still running."""
        return self._child.poll() is None

    def memory_bytes(self) -> int:
        """Return the child's resident memory; 0 when it has ended."""
        try:
            return int(self._process.memory_info().rss)
        except self._gone:
            return 0

    def end(self) -> None:
        """End the child and wait until it is gone."""
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            # What was not sent cannot be sent any more.
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self._child.wait()

    def _watch(
        self, limits: Limits, answered: threading.Event, exceeded: list[str], stop: threading.Event | None
    ) -> None:
        try:
            start, began = self._processor_seconds(), time.monotonic()
            while not answered.wait(self._every_seconds):
                if stop is not None and stop.is_set():
                    exceeded.append("stop")
                elif self._process.memory_info().rss > limits.memory_bytes:
                    exceeded.append("memory")
                elif self._processor_seconds() - start > limits.processor_seconds:
                    exceeded.append("time")
                elif time.monotonic() - began > limits.wall_seconds:
                    exceeded.append("wall")
                if exceeded:
                    self._child.kill()
                    return
        except self._gone:  # It ended by itself; the reader sees the end of the answer.
            return

    def _processor_seconds(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)


class ProcessPool:
    """At most so many children of one program; the idle ones stay warm and are ended with this process.

    Parameters
    ----------
    program : Path
    most : int
        Children at once; further requests wait.
    most_requests : int
        After so many a child is replaced.
    most_idle_bytes : int
        A child that holds more after its answer is replaced.
    every_seconds : float
        See `LimitedProcess`.
    """

    def __init__(
        self, program: Path, *, most: int, most_requests: int, most_idle_bytes: int, every_seconds: float
    ) -> None:
        self._program = program
        self._most = most
        self._most_requests = most_requests
        self._most_idle_bytes = most_idle_bytes
        self._every_seconds = every_seconds
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(most)
        self._idle: list[tuple[LimitedProcess, int]] = []
        atexit.register(self.close)
        # A forked copy of this process must not use its parent's children.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def ask(
        self,
        request: list[bytes],
        receive: Callable[[IO[bytes]], Answer],
        limits: Limits,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Have an idle or new child answer; see `LimitedProcess.ask`."""
        with self._places:
            child, requests = self._take()
            answer = child.ask(request, receive, limits, stop)
            if requests + 1 >= self._most_requests or child.memory_bytes() > self._most_idle_bytes:
                child.end()
            else:
                with self._lock:
                    self._idle.append((child, requests + 1))
        return answer

    def close(self) -> None:
        """End the idle children."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child, _ in idle:
            child.end()

    def _take(self) -> tuple[LimitedProcess, int]:
        """Return an idle child, or a new one, with how many requests it has answered."""
        while True:
            with self._lock:
                if not self._idle:
                    break
                child, requests = self._idle.pop()
            # The system may have ended it meanwhile; that is no fault of the next file.
            if child.alive:
                return child, requests
            child.end()
        return LimitedProcess(self._program, self._every_seconds), 0

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._most)
        self._idle = []
