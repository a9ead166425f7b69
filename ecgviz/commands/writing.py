"""Shared by commands that write files from one report: read it, write the files, print one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ecgviz.batch import write_whole
from ecgviz.study import Study, bytes_of, open_study, refusal_of
from preprocessing.errors import EcgImageError


def written_from(file: str, files_of: Callable[[Study], Sequence[tuple[Path, bytes]]], with_models: bool) -> int:
    """Read a report, write the files made from it, and return the exit code.

    It is 0 if the report was read or refused, and 2 if a file could not be opened or written.
    """
    try:
        data = bytes_of(file)
    except EcgImageError as error:
        print(error.message, file=sys.stderr)
        return 2
    try:
        study = open_study(data, file, with_models=with_models)
    except EcgImageError as error:
        print(json.dumps(refusal_of(data, file, error), ensure_ascii=False))
        return 0
    made = files_of(study)
    try:
        written = [_write(path, content) for path, content in made]
    except OSError as error:
        print(f"{error.filename} could not be written: {error.strerror}.", file=sys.stderr)
        return 2
    done = {"file": file, "sha256": study.image.sha256, "status": "read", "written": written}
    print(json.dumps(done, ensure_ascii=False))
    return 0


def _write(path: Path, content: bytes) -> str:
    write_whole(path, content)
    return str(path)
