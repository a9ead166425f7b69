"""One reading of one report by one person, and what a network predicted for it: plain, frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4

from ecgviz.store.config import STORE
from ecgviz.store.findings import FINDINGS, MEASURED
from models.classes import CLASSES


class Role(StrEnum):
    """As what a reading counts."""

    READER = "reader"
    """One person's own; at most one per person and report."""
    ADJUDICATION = "adjudication"
    """The decision where readers disagree; at most one per report."""


@dataclass(frozen=True)
class Reading:
    """What one person recorded for one report.

    Attributes
    ----------
    sha256 : str
        Of the report's file, 64 hexadecimal digits.
    reader : str
        Name or initials, as the person typed them.
    label : str
        One of `models.classes.CLASSES`.
    findings : tuple of str
        Codes of `FINDINGS`.
    comment : str
    measurements : mapping of str to float
        What the person corrected, by the names and within the limits of `MEASURED`.
    boxes : dict or None
        A layout set by hand, as `boxes_of` writes it.
    blind : bool
        Whether every version was saved before predictions and other readings were shown.
    role : Role
    file : str or None
        The file's name, only where the person wants it kept.
    has_picture : bool
        Whether the file itself is kept.
    id : str
        Made with the reading, so that saving it twice keeps it once.
    version : int
        1 from the first save on, one more with each change; 0 before.
    created_at, changed_at : str
        UTC, ISO 8601; empty before the first save.
    """

    sha256: str
    reader: str
    label: str
    findings: tuple[str, ...] = ()
    comment: str = ""
    measurements: Mapping[str, float] = field(default_factory=dict)
    boxes: dict[str, Any] | None = None
    blind: bool = False
    role: Role = Role.READER
    file: str | None = None
    has_picture: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)
    version: int = 0
    created_at: str = ""
    changed_at: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.reader) <= STORE.name_letters or len(self.comment) > STORE.comment_letters:
            raise ValueError("a reading needs a name, and name and comment have a limit")
        if self.label not in CLASSES or not set(self.findings) <= set(FINDINGS):
            raise ValueError("an unknown class or finding")
        for name, value in self.measurements.items():
            if not MEASURED[name].low <= value <= MEASURED[name].high:
                raise ValueError(f"{name} is out of its limits")

    @property
    def content(self) -> dict[str, Any]:
        """What the audit trail keeps of a version: all that the person recorded, but neither file nor picture."""
        return {
            "label": self.label,
            "findings": list(self.findings),
            "comment": self.comment,
            "measurements": dict(self.measurements),
            "boxes": self.boxes,
            "blind": self.blind,
            "file_kept": self.file is not None,
            "picture_kept": self.has_picture,
        }


@dataclass(frozen=True)
class Change:
    """One line of the audit trail.

    Attributes
    ----------
    sha256, reading_id : str
    version : int
        That the change led to.
    at : str
        UTC, ISO 8601.
    who : str
    role : Role
    before : dict or None
        The content that was replaced; None for a new reading.
    """

    sha256: str
    reading_id: str
    version: int
    at: str
    who: str
    role: Role
    before: dict[str, Any] | None


@dataclass(frozen=True)
class KeptPrediction:
    """What one network predicted for a report that somebody read.

    Attributes
    ----------
    network : str
        One of `models.networks.MODEL_KEYS`.
    version : str
        Of its weights.
    label : str
        The most probable class; a prediction only where `state` is ``predicted``.
    state : str
    probabilities : tuple of float
        Of `CLASSES`, in [0, 1].
    """

    network: str
    version: str
    label: str
    state: str
    probabilities: tuple[float, ...]
