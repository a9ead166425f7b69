"""Program of a reader: it answers one request after another until its input ends.

Run by its path. A request is a byte with the threads that it may have, and a frame with a pickled name of `TASKS` and
its arguments; an answer is any number of frames with a kind and a value: ``step``, ``image``, ``study``, and at last
``done``, ``refused``, ``network`` or ``fault``.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import IO, Any

HEAD = struct.Struct("<Q")
Send = Callable[[str, Any], None]


def main() -> None:
    """Answer requests from standard input on standard output."""
    # Ctrl-C in a terminal and the stop of a service reach the whole group; the parent decides when this process ends,
    # so that a reading can still answer. Without a parent the end of the input ends it.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not end up among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    send = partial(write_frame, answers)
    while (threads := requests.read(1)) and (request := read_frame(requests)) is not None:
        name, arguments = request
        _answer(send, threads[0], name, arguments)


def write_frame(stream: IO[bytes], kind: str, value: Any) -> None:
    """Write one frame."""
    content = pickle.dumps((kind, value), pickle.HIGHEST_PROTOCOL)
    stream.write(HEAD.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[str, Any] | None:
    """Read one frame; None at the end of the stream."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    size = HEAD.unpack(head)[0]
    content = stream.read(size)
    if len(content) < size:
        return None
    frame: tuple[str, Any] = pickle.loads(content)
    return frame


def _answer(send: Send, threads: int, name: str, arguments: tuple[Any, ...]) -> None:
    from preprocessing.errors import EcgImageError
    from preprocessing.side_by_side import allowed_threads

    try:
        with allowed_threads(threads):
            answer = TASKS[name](send, *arguments)
        send("done", answer)
    except EcgImageError as refusal:
        send("refused", (refusal.code, refusal.message))
    except Exception as error:
        from models.serving import ModelFileError

        if isinstance(error, ModelFileError):
            send("network", str(error))
        else:
            send("fault", traceback.format_exc())


def _study(send: Send, *arguments: Any) -> Any:
    from ecgviz.study import open_study

    data, file, preset, corrections, with_models, sends_image = arguments
    on_step = partial(send, "step")
    on_image: Callable[[Any], None] = partial(send, "image") if sends_image else lambda rgb: None
    study = open_study(data, file, preset, corrections, on_step, with_models, on_image=on_image)
    # Ahead of its trust, which every reader of a study asks for: who waits makes the networks' pictures meanwhile.
    send("study", study)
    return {"trust": study.trust, "lead_snr_db": study.lead_snr_db, "printed": study.printed}


def _batch_file(send: Send, niceness: int, *arguments: Any) -> Any:
    from ecgviz.batch import read_file
    from models.serving import predictor

    if hasattr(os, "nice"):
        os.nice(max(0, niceness - os.nice(0)))
    data, file, settings, thumbnail = arguments
    if settings.networks:
        predictor.networks()  # A missing model is no file's fault.
    return read_file(data, file, settings, thumbnail)


def _call(send: Send, function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _ready(send: Send) -> None:
    """Load what the first page needs."""
    from ecgviz.study import open_study  # noqa: F401


TASKS: dict[str, Callable[..., Any]] = {"study": _study, "batch_file": _batch_file, "call": _call, "ready": _ready}

if __name__ == "__main__":
    # Run by its path, with its own folder kept off the path.
    sys.path.insert(0, os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..")))  # noqa: PTH100, PTH118, PTH120
    main()
