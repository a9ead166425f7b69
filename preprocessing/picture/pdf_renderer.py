"""Program of the child process that renders pages of PDF files, one request after another, until its input ends.

PDFium decompresses, interprets and draws whatever a file asks for: a small file can cost gigabytes and minutes, or end
the process. So it runs here, where `limited_process` can end it. This file is run by its path and imports nothing of
ours: it starts within a tenth of a second.

A request is `REQUEST`, then the file's bytes. The answer is a line of JSON: ``error`` alone, or ``pages`` with
``rows``, ``columns``, ``stride``, ``channels`` and then ``rows`` times ``stride`` bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from typing import Any, BinaryIO

# Bytes of the file, index of the page, dots per inch, most pixels, seconds of processor time, bytes of memory.
REQUEST = struct.Struct("<QQdQQQ")
POINTS_PER_INCH = 72
# Over what the parent allows and watches: the system ends a child whose parent has died or looks too seldom. Memory
# grows by some 200 MB between two looks.
_MORE_SECONDS, _MORE_MEMORY = 5, 2**29


def main() -> None:
    """Answer requests from standard input on standard output."""
    # Ctrl-C in a terminal reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not end up among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        size, index, dpi, max_pixels, seconds, memory = REQUEST.unpack(head)
        data = requests.read(size)
        if len(data) < size:
            return
        _limit_this_process(seconds, memory)
        _answer(answers, data, index, dpi, max_pixels)
        answers.flush()


def _limit_this_process(seconds: int, memory: int) -> None:
    """Have the system end this process beyond its limits, where it can."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches.
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(used.ru_utime + used.ru_stime) + seconds + _MORE_SECONDS
    for kind, limit in ((resource.RLIMIT_CPU, processor), (resource.RLIMIT_DATA, memory + _MORE_MEMORY)):
        # A system may have set a lower limit, or refuse this one.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _answer(answers: BinaryIO, data: bytes, index: int, dpi: float, max_pixels: int) -> None:
    # Here alone, so that the parent, which imports `REQUEST`, never loads PDFium.
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        _write_line(answers, {"error": "locked" if locked else "damaged"})
        return
    try:
        pages = len(document)
        if index >= pages:
            _write_line(answers, {"error": "no_such_page"})
            return
        page = document[index]
        width, height = page.get_size()
        if not 0 < width * height * (dpi / POINTS_PER_INCH) ** 2 <= max_pixels:
            _write_line(answers, {"error": "too_large", "inches": [width / POINTS_PER_INCH, height / POINTS_PER_INCH]})
            return
        bitmap = page.render(scale=dpi / POINTS_PER_INCH, fill_color=(255, 255, 255, 255), rev_byteorder=True)
    except pdfium.PdfiumError:
        _write_line(answers, {"error": "damaged"})
        return
    else:
        shape = {"rows": bitmap.height, "columns": bitmap.width, "stride": bitmap.stride, "channels": bitmap.n_channels}
        _write_line(answers, {"pages": pages, **shape})
        answers.write(memoryview(bitmap.buffer).cast("B")[: bitmap.height * bitmap.stride])
        bitmap.close()
    finally:
        document.close()


def _write_line(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
