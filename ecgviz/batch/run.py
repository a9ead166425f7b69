"""Many files, read one after another: their results stay in memory, their images and signals do not."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import perf_counter
from typing import Any

import numpy as np

from ecgviz.batch.files import BatchFile, as_error
from ecgviz.batch.freed_memory import release_memory
from ecgviz.batch.rows import Row, row_of
from ecgviz.drawing import pictures
from ecgviz.records import opened
from ecgviz.study import Study, name_of, open_study, reading_from, refusal, refusal_of
from models.serving import predictor
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES
from preprocessing.stages import StageSettings

THUMBNAIL_WIDTH_PX = 160
PROGRAM_ERROR = Notice(
    "program_error",
    "An error in ecgviz ended the reading of this file; the others were read. The log shows where. Please report it to "
    "the project, without the image.",
)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """The result of one file.

    Attributes
    ----------
    row : Row
    line : str
        Its reading as JSON, of about 10 kB.
    thumbnail : bytes
        WebP of a few kB; empty without an image, or where none was wanted.
    """

    row: Row
    line: str
    thumbnail: bytes


@dataclass(frozen=True)
class StudyFile:
    """How a file is written from each study, and where it is kept.

    Attributes
    ----------
    kind : str
        File extension, such as ``html``.
    make : callable
        From a study to the file's bytes.
    keep : callable
        Takes name and bytes and returns whether it kept them; the name comes from the hash.
    """

    kind: str
    make: Callable[[Study], bytes]
    keep: Callable[[str, bytes], bool]


class Batch:
    """The files of a batch and the results so far. It can pause between any two files.

    Each click reruns the page in a new thread while the previous one still reads a file. If two threads request
    the next file at once, the second waits.

    Parameters
    ----------
    files : sequence of BatchFile
    with_models : bool
        Whether the networks predict each report.
    reports : StudyFile, optional
        Without, no reports are written.
    signals : sequence of StudyFile
        Formats in which the signals of each study are written.
    thumbnails : bool
        Whether to keep a thumbnail of each file.
    settings : StageSettings, optional
        Of the stages; by default the article's.
    """

    def __init__(
        self,
        files: Sequence[BatchFile],
        with_models: bool = True,
        reports: StudyFile | None = None,
        thumbnails: bool = True,
        signals: Sequence[StudyFile] = (),
        settings: StageSettings | None = None,
    ) -> None:
        self.files = tuple(files)
        self.done: list[Done] = []
        self.paused = False
        self._with_models, self._reports, self._thumbnails = with_models, reports, thumbnails
        self._signals, self._settings = tuple(signals), settings
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
        """Load the networks, which takes seconds once per process."""
        if self._with_models:
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
            found = self._ended(refusal(file.file, None, error))
        else:
            sha256 = hashlib.sha256(data).hexdigest() if len(data) <= MAX_BYTES else None
            first = self._first.get(sha256) if sha256 else None
            found = self._read(data, file.file) if first is None else _duplicate(first, file.file)
        seconds = perf_counter() - start
        number = len(self.done) + 1
        done = replace(found, row=replace(found.row, number=number, seconds=round(seconds, 3)))
        if sha256 and sha256 not in self._first:
            self._first[sha256] = done
            self._spent_s += seconds
        self.done.append(done)
        release_memory()
        return done

    def _read(self, data: bytes, file: str) -> Done:
        report = None
        try:
            study = open_study(data, file, with_models=self._with_models, settings=self._settings)
            reading, rgb = reading_from(study), study.image.rgb
            if self._reports is not None:
                report = self._reports.make(study)
            made = [(file, file.make(study)) for file in self._signals]
        except EcgImageError as error:
            return self._ended(refusal_of(data, file, error), self._rgb(data))
        except Exception:
            # The one broad except: a bug over one file must not end the batch. It stays visible in the row, in the log
            # with its traceback, and in the command's exit code.
            _LOG.exception("A program error ended the reading of one file of a batch")
            return self._ended(refusal_of(data, file, as_error(PROGRAM_ERROR)))
        for one, content in made:
            one.keep(_named(study, one), content)
        if self._reports is None or report is None:
            return self._ended(reading, rgb)
        name = _named(study, self._reports)
        return self._ended(reading, rgb, name if self._reports.keep(name, report) else None)

    def _ended(self, reading: dict[str, Any], rgb: np.ndarray | None = None, report: str | None = None) -> Done:
        small = b"" if rgb is None or not self._thumbnails else pictures.webp(rgb, THUMBNAIL_WIDTH_PX)
        return Done(row_of(reading, report), json.dumps(reading, ensure_ascii=False), small)

    def _rgb(self, data: bytes) -> np.ndarray | None:
        """Return the image of a refused file, where it can be decoded."""
        if not self._thumbnails:
            return None
        try:
            return opened(data).image.rgb
        except EcgImageError:
            return None


def with_label(done: Done, label: str | None) -> Done:
    """Return the result with the true class of its file."""
    return replace(done, row=replace(done.row, label=label))


def with_labels(done: Sequence[Done], labels: Sequence[str | None]) -> list[Done]:
    """Return the results with their true classes, one label each in order."""
    return [with_label(one, label) for one, label in zip(done, labels, strict=True)]


def _named(study: Study, file: StudyFile) -> str:
    return f"{name_of(study.image.sha256)}.{file.kind}"


def _duplicate(first: Done, file: str) -> Done:
    """Return the result of the same bytes under another name."""
    line = json.dumps({**json.loads(first.line), "file": file}, ensure_ascii=False)
    return replace(first, line=line, row=replace(first.row, file=file, duplicate_of=first.row.file))
