"""Many files, read one after another: their results stay in memory, their images and signals do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock
from time import perf_counter

from ecgviz.batch.files import BatchFile
from ecgviz.batch.reading import Done, FileResult, duplicate, hash_of, read_file, unavailable
from ecgviz.batch.settings import RunSettings
from models.serving import predictor
from preprocessing.errors import EcgImageError

# Takes the name and the bytes of a file made from a study, and returns whether it kept them.
Keep = Callable[[str, bytes], bool]
Read = Callable[[bytes, str, RunSettings, bool], FileResult]


class Batch:
    """The files of a batch and the results so far. It can pause between any two files.

    Each click reruns the page in a new thread while the previous one still reads a file. If two threads request
    the next file at once, the second waits.

    Parameters
    ----------
    files : sequence of BatchFile
    settings : RunSettings
    thumbnails : bool
        Whether to keep a thumbnail of each file.
    keep_report, keep_signals : callable
        Keep the files made from a study. A report that was not kept is not named in its row.
    read : callable, optional
        Reads one file, as `read_file` does; without, in this process.
    """

    def __init__(
        self,
        files: Sequence[BatchFile],
        settings: RunSettings | None = None,
        thumbnails: bool = True,
        keep_report: Keep = lambda name, content: False,
        keep_signals: Keep = lambda name, content: False,
        read: Read | None = None,
    ) -> None:
        self.files = tuple(files)
        self.done: list[Done] = []
        self.paused = False
        self._settings, self._thumbnails = settings or RunSettings(), thumbnails
        self._keep_report, self._keep_signals, self._read = keep_report, keep_signals, read
        self._reading = Lock()
        self._first: dict[str, Done] = {}
        self._spent_s = 0.0

    @property
    def left(self) -> int:
        """How many files are still to be read."""
        return len(self.files) - len(self.done)

    @property
    def running(self) -> bool:
        """Whether files are left and the batch is not paused."""
        return not self.paused and self.left > 0

    @property
    def left_s(self) -> float | None:
        """Expected seconds for the files left, from the mean of those read; None before the first.

        Duplicates and files that were never opened take no time and do not enter the mean.
        """
        return self._spent_s / len(self._first) * self.left if self._first else None

    def pause(self) -> None:
        """Pause before the next file."""
        self.paused = True

    def wait(self) -> None:
        """Wait until no file is being read."""
        with self._reading:
            pass

    def resume(self) -> None:
        """Resume with the files left."""
        self.paused = False

    def prepare(self) -> None:
        """Load the networks where this process reads, which takes seconds once."""
        if self._settings.networks and self._read is None:
            predictor.networks()

    def step(self) -> Done | None:
        """Read the next file and return its result; None where none is left or the batch is paused."""
        with self._reading:
            return self._next() if self.running else None

    def _next(self) -> Done:
        self.prepare()  # A missing model is no file's fault.
        start = perf_counter()
        file = self.files[len(self.done)]
        sha256: str | None = None
        try:
            data = file.content()
        except EcgImageError as error:
            found = unavailable(file.file, error)
        else:
            sha256 = hash_of(data)
            first = self._first.get(sha256) if sha256 else None
            found = self._kept(data, file.file) if first is None else duplicate(first, file.file)
        seconds = perf_counter() - start
        number = len(self.done) + 1
        done = replace(found, row=replace(found.row, number=number, seconds=round(seconds, 3)))
        if sha256 and sha256 not in self._first:
            self._first[sha256] = done
            self._spent_s += seconds
        self.done.append(done)
        return done

    def _kept(self, data: bytes, file: str) -> Done:
        """Read a file and keep what is made from it."""
        result = (self._read or read_file)(data, file, self._settings, self._thumbnails)
        for name, content in result.signals:
            self._keep_signals(name, content)
        if result.report is None or self._keep_report(*result.report):
            return result.done
        return replace(result.done, row=replace(result.done.row, report=None))


def with_label(done: Done, label: str | None) -> Done:
    """Return the result with the true class of its file."""
    return replace(done, row=replace(done.row, label=label))


def with_labels(done: Sequence[Done], labels: Sequence[str | None]) -> list[Done]:
    """Return the results with their true classes, one label each in order."""
    return [with_label(one, label) for one, label in zip(done, labels, strict=True)]
