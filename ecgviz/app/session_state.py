"""What one browser session holds beside the values of its controls, as one typed object under one key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

import streamlit as st

if TYPE_CHECKING:
    from ecgviz.study import Corrections, HandMeasurement, Study
    from preprocessing.errors import EcgImageError
    from preprocessing.measuring import Measured

    # The sha256, preset and corrections under which a report was read.
    OutcomeKey = tuple[str, str, Corrections | None]

Value = TypeVar("Value")
KEY = "ecgviz"


@dataclass(frozen=True)
class Report:
    """The file that a session has open: its own copy of the bytes.

    Only what was simulated has a title, and the class that it was drawn as where it shows a heart. `pdf` is the PDF of
    several pages whose page `page`, counted from 1, this is, where that is not the first; `is_chosen` tells that a
    person chose that page.
    """

    file: str
    data: bytes
    sha256: str
    title: str = ""
    drawn_as: str = ""
    pdf: bytes = b""
    page: int = 1
    is_chosen: bool = False


@dataclass(frozen=True)
class Draft:
    """A layout that a person is setting by hand and has not read the report with yet."""

    sha256: str
    corrections: Corrections


@dataclass
class SessionState:
    """What a session holds.

    Attributes
    ----------
    reports : dict of str to Report
        The open reports by sha256, the oldest first.
    current : str or None
        The sha256 of the one that every page is about.
    corrections : dict of str to Corrections
        What was set by hand for an open report.
    draft : Draft or None
    uploader_turn : int
        How often the uploader was emptied.
    by_hand : dict of str to tuple of HandMeasurement
        What a person measured on a report, by sha256.
    before_edit : dict of str to dict
        The measurements of a report before its last edit by hand, by sha256.
    last_upload : str or None
        Streamlit's id of the last upload that was opened.
    outcomes : dict of OutcomeKey to Study or EcgImageError
        What the last readings came to, the one used longest ago first.
    address_read : bool
        Whether the address of the session's first page was followed.
    slots : dict of str to object
        What rooms above this one hold, each reached by its `SessionSlot`.
    """

    reports: dict[str, Report] = field(default_factory=dict)
    current: str | None = None
    corrections: dict[str, Corrections] = field(default_factory=dict)
    draft: Draft | None = None
    uploader_turn: int = 0
    by_hand: dict[str, tuple[HandMeasurement, ...]] = field(default_factory=dict)
    before_edit: dict[str, dict[str, Measured]] = field(default_factory=dict)
    last_upload: str | None = None
    outcomes: dict[OutcomeKey, Study | EcgImageError] = field(default_factory=dict)
    address_read: bool = False
    slots: dict[str, object] = field(default_factory=dict)


def state() -> SessionState:
    """Return what this session holds."""
    return cast(SessionState, st.session_state.setdefault(KEY, SessionState()))


@dataclass(frozen=True)
class SessionSlot(Generic[Value]):
    """A typed place in the session for a feature that lies above the app, such as a batch or a quiz.

    Parameters
    ----------
    name : str
        The only one of that name.
    default : callable
        Makes the first value.

    Examples
    --------
    >>> score = SessionSlot("example_score", lambda: 0)
    >>> score.value
    0
    >>> score.set(2)
    >>> score.value
    2
    >>> score.clear()
    >>> score.value
    0
    """

    name: str
    default: Callable[[], Value]

    @property
    def value(self) -> Value:
        """What the session holds here."""
        slots = state().slots
        if self.name not in slots:
            slots[self.name] = self.default()
        return cast(Value, slots[self.name])

    def set(self, value: Value) -> None:
        """Hold something else."""
        state().slots[self.name] = value

    def clear(self) -> None:
        """Begin again."""
        state().slots.pop(self.name, None)
