"""The reports of a worklist: uploads, a batch, a folder that the app was started with, or the simulated samples."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ecgviz.app import SessionSlot, session
from ecgviz.batch import BatchFile, in_folder
from ecgviz.sections import batch as batch_section
from ecgviz.store import Store, picture_of
from ecgviz.study import name_of
from preprocessing.errors import EcgImageError
from sample_images import Sample, samples

FOLDER_VARIABLE = "ECGVIZ_WORKLIST"


@dataclass(frozen=True)
class Item:
    """One report.

    Attributes
    ----------
    sha256 : str
    file : str
        Its name, only for the screen.
    content : callable
        Returns its bytes.
    """

    sha256: str
    file: str
    content: Callable[[], bytes]


@dataclass(frozen=True)
class Worklist:
    """Reports in their order, each once, and how many files could not be opened."""

    title: str
    items: dict[str, Item]
    left_out: int = 0

    @property
    def reports(self) -> list[str]:
        """The sha256 of each report, in order."""
        return list(self.items)


LIST = SessionSlot("worklist", lambda: Worklist("", {}))


def of_files(title: str, files: Iterable[BatchFile]) -> Worklist:
    """Return a worklist of files; each is read once for its hash and not held."""
    found: dict[str, Item] = {}
    left_out = 0
    for file in files:
        try:
            sha256 = hashlib.sha256(file.content()).hexdigest()
        except EcgImageError:
            left_out += 1
            continue
        found.setdefault(sha256, Item(sha256, file.file, file.content))
    return Worklist(title, found, left_out)


def of_batch() -> Worklist | None:
    """Return the files of this session's batch that were read; None without a batch."""
    job = batch_section.JOB.value
    if job is None:
        return None
    found: dict[str, Item] = {}
    for done in job.batch.done:
        if done.row.sha256 and done.row.status == "read":
            file = job.batch.files[done.row.number - 1]
            found.setdefault(done.row.sha256, Item(done.row.sha256, file.file, file.content))
    return Worklist("Batch", found, sum(done.row.status != "read" for done in job.batch.done))


def of_samples() -> Worklist:
    """Return the simulated samples that have a class."""
    files = [BatchFile(sample.path.name, sample.path.read_bytes) for sample, _ in labelled_samples()]
    return of_files("Simulated samples", files)


def labelled_samples() -> list[tuple[Sample, str]]:
    """Return the simulated samples that have a class, each with it."""
    truths = [(one, json.loads(one.truth_path.read_text(encoding="utf-8"))["class"]) for one in samples()]
    return [(sample, label) for sample, label in truths if label]


def folder() -> Path | None:
    """Return the folder that the app was started with, if any."""
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    return Path(named).expanduser() if named else None


def of_folder(path: Path) -> Worklist:
    """Return the files of a folder and its subfolders.

    Raises
    ------
    EcgImageError
        ``unreadable_file`` when the folder cannot be listed.
    """
    try:
        return of_files(path.name, in_folder(path, path / ".no_results"))
    except OSError as error:
        raise EcgImageError("unreadable_file", f"{path} could not be listed: {error.strerror}.") from error


def found(sha256: str, store: Store) -> Item | None:
    """Return a report at hand: of the list, open in this session, or kept in the store; None where it is not."""
    if sha256 in LIST.value.items:
        return LIST.value.items[sha256]
    for report in session.reports():
        if report.sha256 == sha256:
            return Item(sha256, report.file, partial(bytes, report.data))
    if picture_of(store, sha256) is None:
        return None
    return Item(sha256, name_of(sha256), lambda: picture_of(store, sha256) or b"")


def shown_name(item: Item, blind: bool = False) -> str:
    """Return the name to show: the file's, or with hidden margins or to a blind reader that of its exports."""
    # A file or its folder may be named after the class.
    return name_of(item.sha256) if blind or session.margins_hidden() else item.file
