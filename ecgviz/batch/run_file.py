"""The run file of a batch: what was read, with which settings and versions, and what came of it.

A second run on the same files is compared with it by hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from ecgviz import __version__
from ecgviz.batch.reading import Done
from ecgviz.batch.report_files import KINDS
from ecgviz.batch.settings import NONE, RunSettings
from ecgviz.export import SIGNAL_FORMATS
from preprocessing.errors import EcgImageError
from preprocessing.stages import StageSettings

SCHEMA = "ecgviz.run/1"
# What may differ between two runs of the same file.
_NOT_COMPARED = ("file", "seconds")


@dataclass(frozen=True)
class Run:
    """What a run file holds.

    Attributes
    ----------
    app : str
        Version of ecgviz.
    models : dict of str to str
        Version of the weights by model.
    settings : RunSettings
    results : dict of str to str
        Digest of the reading by the file's sha256.
    labels : dict of str to str
        True class by the file's sha256, where one was given.
    """

    app: str
    models: dict[str, str]
    settings: RunSettings
    results: dict[str, str]
    labels: dict[str, str]


@dataclass(frozen=True)
class Comparison:
    """Two runs compared by the hashes of their files: how many readings are equal, and the others' hashes."""

    same: int
    different: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


class RunRecord:
    """What a batch was read with and what came of it, collected file by file.

    Parameters
    ----------
    settings : RunSettings
    """

    def __init__(self, settings: RunSettings) -> None:
        self._settings = settings
        self._versions: dict[str, str] = {}
        self._files: list[tuple[str, str | None, str | None, str | None]] = []

    def add(self, done: Done) -> None:
        """Add a file: its name, hash, label and the digest of its reading."""
        row = done.row
        self._versions |= {key: verdict.version for key, verdict in row.verdicts.items()}
        self._files.append((row.file, row.sha256, row.label, _digest(done.line) if row.sha256 else None))

    def run(self) -> Run:
        """Return the run of the files so far."""
        results = {sha256: digest for _, sha256, _, digest in self._files if sha256 and digest}
        labels = {sha256: label for _, sha256, label, _ in self._files if sha256 and label}
        return Run(__version__, dict(sorted(self._versions.items())), self._settings, results, labels)

    def written(self) -> str:
        """Write the run as JSON, with the name, hash and label of every file."""
        document = {
            "schema": SCHEMA,
            "ecgviz": __version__,
            "models": dict(sorted(self._versions.items())),
            "settings": asdict(self._settings),
            "files": [dict(zip(("file", "sha256", "label", "reading"), one, strict=True)) for one in self._files],
        }
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def run_record(done: Iterable[Done], settings: RunSettings) -> RunRecord:
    """Return the record of a batch that is done."""
    record = RunRecord(settings)
    for one in done:
        record.add(one)
    return record


def opened_run(data: bytes) -> Run:
    """Read a run file.

    Raises
    ------
    EcgImageError
        ``run_unreadable`` when it is none, ``run_unknown`` when it was made by a later version.
    """
    try:
        document: dict[str, Any] = json.loads(data)
        schema = document["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise EcgImageError("run_unreadable", "This is no run file of a batch; choose the run.json of one.") from error
    if schema != SCHEMA:
        raise EcgImageError("run_unknown", f"The run file has the schema '{schema}'; this version reads {SCHEMA}.")
    try:
        known = {one.name for one in fields(RunSettings)}
        chosen = {name: value for name, value in document["settings"].items() if name in known}
        settings = _checked(RunSettings(**{**chosen, "signals": tuple(chosen["signals"])}))
        hashed = [one for one in document["files"] if one["sha256"]]
        results = {one["sha256"]: one["reading"] for one in hashed}
        labels = {one["sha256"]: one["label"] for one in hashed if one["label"]}
        return Run(str(document["ecgviz"]), dict(document["models"]), settings, results, labels)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EcgImageError("run_unreadable", "The run file is damaged; make it again from its batch.") from error


def compared(before: Run, now: Run) -> Comparison:
    """Compare a run with an earlier one."""
    both = before.results.keys() & now.results.keys()
    different = sorted(sha256 for sha256 in both if before.results[sha256] != now.results[sha256])
    return Comparison(
        len(both) - len(different),
        tuple(different),
        tuple(sorted(before.results.keys() - both)),
        tuple(sorted(now.results.keys() - both)),
    )


def other_versions(before: Run, now: Run) -> list[str]:
    """Return how the versions of two runs differ, in words."""
    pairs = {"ecgviz": (before.app, now.app)}
    pairs |= {key: (before.models[key], now.models.get(key, "none")) for key in before.models}
    return [f"{what} was {old}, is {new}" for what, (old, new) in pairs.items() if old != new]


def _checked(settings: RunSettings) -> RunSettings:
    """Return settings that this version knows; ValueError otherwise."""
    StageSettings(sigma=settings.sigma, threshold_shift=settings.threshold_shift)
    if settings.reports not in (*KINDS, NONE) or not set(settings.signals) <= set(SIGNAL_FORMATS):
        raise ValueError("an unknown format of reports or signals")
    return settings


def _digest(line: str) -> str:
    reading = {name: value for name, value in json.loads(line).items() if name not in _NOT_COMPARED}
    return hashlib.sha256(json.dumps(reading, sort_keys=True).encode()).hexdigest()
