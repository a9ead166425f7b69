"""What the app reads in other processes: the pages that people open, and the files of their batches."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import numpy as np

from ecgviz.batch import FileResult, RunSettings, hash_of, read_file, unavailable
from ecgviz.processes.config import batch_pool, page_pool, readers
from ecgviz.processes.pool import Readers
from ecgviz.study import Corrections, Study, open_study
from preprocessing.errors import EcgImageError
from preprocessing.picture import MAX_BYTES

Result = TypeVar("Result")


def read_study(
    data: bytes,
    file: str,
    preset: str = "standard",
    corrections: Corrections | None = None,
    on_step: Callable[[str], None] = lambda step: None,
    on_image: Callable[[np.ndarray], None] | None = None,
    with_models: bool = True,
    while_waiting: Callable[[], None] = lambda: None,
) -> Study:
    """Read a report in another process; parameters, result and refusals as those of `open_study`.

    `on_step` is also called again, with the last step, several times a second: where the page that shows it has been
    left, it raises, and the reading ends. So does `while_waiting`, which is called before the first step as well. With
    the study comes what its trust rests on. Without `on_image` the image is not sent ahead.
    """
    if not readers() or len(data) > MAX_BYTES:

        def begin(step: str) -> None:
            while_waiting()
            on_step(step)

        shown = on_image or (lambda rgb: None)
        return open_study(data, file, preset, corrections, begin, with_models, on_image=shown)
    last: list[str] = []
    read: list[Study] = []

    def on_message(kind: str, value: Any) -> None:
        if kind == "step":
            last[:] = [value]
            on_step(value)
        elif kind == "study":
            read.append(value)
            if with_models:
                # While the reader computes what the study's trust rests on.
                _ = value.pictures
        elif on_image is not None:
            on_image(value)

    def wait() -> None:
        while_waiting()
        for step in last:
            on_step(step)

    request = pickle.dumps(("study", (data, file, preset, corrections, with_models, on_image is not None)))
    rests_on: dict[str, Any] = _page_readers().run(request, on_message, wait)
    (study,) = read
    vars(study).update(rests_on)
    return study


def read_for_batch(data: bytes, file: str, settings: RunSettings, thumbnail: bool) -> FileResult:
    """Read a file of a batch in another process; as `read_file`, and a process that ends is a refusal of this file."""
    if not readers() or len(data) > MAX_BYTES:
        return read_file(data, file, settings, thumbnail)
    request = pickle.dumps(("batch_file", (batch_pool().niceness, data, file, settings, thumbnail)))
    try:
        result: FileResult = _batch_readers().run(request, lambda kind, value: None, lambda: None)
    except EcgImageError as ended:
        return FileResult(unavailable(file, ended, hash_of(data)))
    return result


def called_apart(
    function: Callable[..., Result], *arguments: Any, while_waiting: Callable[[], None] = lambda: None
) -> Result:
    """Have a reader of pages call a function of a module, in its turn and within the same limits.

    `while_waiting` is called before it and several times a second; what it raises ends the call.

    Raises
    ------
    EcgImageError
        Of the function; or as those of `read_study`, where the reader ended.
    """
    while_waiting()
    if not readers():
        return function(*arguments)
    request = pickle.dumps(("call", (function, *arguments)))
    result: Result = _page_readers().run(request, lambda kind, value: None, while_waiting)
    return result


def warm_up() -> None:
    """Start a reader before the first visitor needs it."""
    if readers():
        _page_readers().run(pickle.dumps(("ready", ())), lambda kind, value: None, lambda: None)


@cache
def _page_readers() -> Readers:
    return Readers(page_pool())


@cache
def _batch_readers() -> Readers:
    return Readers(batch_pool())
